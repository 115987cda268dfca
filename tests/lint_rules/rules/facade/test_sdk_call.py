"""Calls of the SDK that raise TypeError, and those that only look odd."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.facade.planting import (
    WORKFLOW,
    importing,
    in_activity,
    in_run,
    only,
    pinned,
    shown,
)

CODE = "NTR205"

WRONG = {
    "by position": ("await self.wait_for_action(slip)", "nothing by position", "payload=..."),
    "child by position": (
        'await self.run_child_workflow("a", {})',
        "nothing by position",
        "slug=..., input=...",
    ),
    "too many": ("await runbook.wait_condition(lambda: True, 5)", "only 1 by position", "predi"),
    "unknown name": ("await self.wait_for_action(payloads=slip)", "no `payloads=`", "`payload=`"),
    "missing name": ('await self.run_child_workflow(slug="a")', "needs `input`", "input=..."),
    "missing places": ("await self.run_step()", "needs `step_id` and `fn`", "step_id, fn"),
    "nothing at all": ("runbook.wait_condition()", "needs `predicate`", "predicate"),
    "arguments of now": ("runbook.now(5)", "nothing by position", "runbook.now()"),
    "keywords of now": ("runbook.now(tz=None)", "takes no `tz=`", "runbook.now()"),
    "twice": ('await self.run_step("a", post_slip, step_id="b")', "`step_id` twice", "step_id"),
    "super": ("await super().wait_for_action(slip)", "nothing by position", "payload=..."),
    "a class": ("raise WorkflowError()", "needs `message`", "message"),
}


@pytest.mark.parametrize(("body", "message", "alternative"), WRONG.values(), ids=WRONG)
def test_arguments_that_are_not_taken_are_reported(
    body: str, message: str, alternative: str
) -> None:
    found = only(CODE, importing("from ntro.workflow import WorkflowError"), in_run(body))
    assert message in found.message
    assert "the run hangs" in found.message
    assert alternative in (found.alternative or "")
    assert found.severity == "error"


DECORATORS = {
    "defn with a name": ("@runbook.defn\n", '@runbook.defn(name="x")\n', "no `name=`"),
    "defn called": ("@runbook.defn\n", "@runbook.defn()\n", "needs `cls`"),
    "run called": ("@runbook.run\n", "@runbook.run()\n", "needs `fn`"),
}

STEPS = {
    "step not called": (
        '@runbook.step(name="post", title="Post slip", icon="Database")',
        "@runbook.step",
    ),
    "step by position": (
        '@runbook.step(name="post", title="Post slip", icon="Database")',
        '@runbook.step("post", title="Post slip")',
    ),
    "step without a title": (
        '@runbook.step(name="post", title="Post slip", icon="Database")',
        '@runbook.step(name="post")',
    ),
    "step with more": ('icon="Database"', 'icon="Database", timeout=5'),
}


@pytest.mark.parametrize(("old", "new", "message"), DECORATORS.values(), ids=DECORATORS)
def test_decorators_are_calls(old: str, new: str, message: str) -> None:
    found = only(CODE, (WORKFLOW, old, new))
    assert message in found.message
    assert "it raises TypeError" in found.message


@pytest.mark.parametrize(("old", "new"), STEPS.values(), ids=STEPS)
def test_step_decorators_have_a_rule_of_their_own(old: str, new: str) -> None:
    assert planted(CODE, (WORKFLOW, old, new)) == []
    assert [finding.code for finding in planted("NTR415", (WORKFLOW, old, new))] == ["NTR415"]


def test_the_argument_itself_is_underlined() -> None:
    edit = in_run("await self.wait_for_action(slip, reason='x')")
    assert shown(only(CODE, edit), edit) == "slip"


def test_functions_of_other_modules_count_too() -> None:
    edit = in_activity(
        "from ntro.capabilities.checks import run_quality_check\n"
        "await run_quality_check(payload=1, check_slug='a', context={})"
    )
    assert "no `payload=`" in only(CODE, edit).message


RIGHT = {
    "by name": "await self.wait_for_action(payload=slip)",
    "spread": "await self.run_child_workflow(**options)",
    "starred": "await self.run_step(*steps)",
    "more for the activity": "await self.run_step('a', post_slip, 1, 2, retry_policy=None)",
    "options of a wait": "await runbook.wait_condition(lambda: True, timeout=5)",
    "options of an error": "raise WorkflowError('m', type='T', non_retryable=True, details=1)",
    "an own method": "self._post(ctx, slip, 1, 2)",
    "two activity arguments": "await runbook.execute_activity(post_slip, 1, 2)",
    "methods of what they give": "runbook.info().get(1, 2, 3)",
}


@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT)
def test_arguments_that_are_taken_or_unseen_are_left_alone(body: str) -> None:
    head = importing("from ntro.workflow import WorkflowError")
    assert planted(CODE, head, in_run(body)) == []


def test_an_overridden_helper_takes_what_it_says() -> None:
    method = "    async def wait_for_action(self, slip): ...\n\n    @runbook.run\n"
    edits = ((WORKFLOW, "    @runbook.run\n", method),)
    sound = (WORKFLOW, "        answer = await self.wait_for_action(", "        answer = await x(")
    assert planted(CODE, *edits, sound, in_run("await self.wait_for_action(slip)")) == []


def test_handlers_take_options_in_both_spellings() -> None:
    handler = "\n    def document_submitted"
    named = f'@runbook.signal(name="document_submitted"){handler}'
    assert planted(CODE, (WORKFLOW, f"@runbook.signal{handler}", named)) == []


def test_the_pinned_version_says_what_a_function_takes() -> None:
    assert planted(CODE, pinned("0.1.1"), in_run("await self.wait_for_action(slip)")) != []
