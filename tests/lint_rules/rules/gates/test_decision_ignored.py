"""NTR301: the answer to a review gate decides nothing."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.bundles import ROOT
from tests.lint_rules.linted import lint_texts
from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.gates.parts import (
    DECIDED,
    GATE,
    HELPER,
    HINT,
    RUN,
    WORKFLOW,
    block,
    decided,
    edit,
)

IGNORED = {
    "never read": "",
    "only logged": 'runbook.logger.info("reviewed: %s", answer)',
    "only logged in a text": 'runbook.logger.info(f"reviewed: {answer}")',
    "kept where nobody reads it": "self._answer = answer",
    "kept under another name": "decision = answer\nlater = decision",
    "put into a list nobody reads": "answers = []\nanswers.append(answer)",
    "only its comments are logged": 'runbook.logger.info(answer.get("comments"))',
    "copied and forgotten": "kept = {**answer}",
}


@pytest.mark.parametrize("statements", IGNORED.values(), ids=IGNORED)
def test_an_answer_that_decides_nothing_is_reported_at_its_gate(statements: str) -> None:
    found = decided("NTR3", statements)
    assert said(found) == ["workflow.py:72 NTR301"]
    assert "a rejection" in found[0].message
    assert found[0].severity == "error"
    assert found[0].place.column == 24


def test_the_keys_that_alone_are_read_are_named() -> None:
    [found] = decided("NTR3", 'why = answer.get("reason")\nrunbook.logger.info(why)')
    assert found.message == "only `reason` of the answer is read: a rejection changes nothing"


def test_a_gate_whose_result_is_thrown_away_is_reported() -> None:
    gate = GATE.replace("answer = await", "await")
    run = RUN.replace("slip, answer = ", "slip = ").replace(
        block(
            'if decision_of(answer) == "rejected":\n    return PettyCashResult(status="rejected")'
        ),
        "",
    )
    edits = [
        (WORKFLOW, GATE + "        return slip, answer\n", gate + "        return slip\n"),
        (WORKFLOW, RUN, run),
    ]
    assert said(planted("NTR3", *edits)) == ["workflow.py:72 NTR301"]


def test_a_gate_that_run_step_opens_is_a_gate_too() -> None:
    gate = 'answer = await self.run_step("review", self.wait_for_action, payload=slip)'
    edits = [edit(GATE, gate), edit(DECIDED_BY_NOBODY, "")]
    assert [f.code for f in planted("NTR3", *edits)] == ["NTR301"]


def test_a_gate_that_a_helper_returns_unawaited_is_followed() -> None:
    gate = "answer = await self._ask(slip)"
    helper = (
        "    def _ask(self, slip: Slip) -> Any:\n"
        "        return self.wait_for_action(payload=slip)\n\n    @runbook.run\n"
    )
    method = (WORKFLOW, "    @runbook.run\n", helper)
    assert planted("NTR3", edit(GATE, gate), method) == []
    assert [f.code for f in planted("NTR3", edit(GATE, gate), method, edit(DECIDED, ""))] == [
        "NTR301"
    ]


def test_the_first_generation_of_decorators_is_followed_too() -> None:
    texts = {
        f"facade-old/{path.relative_to(OLD).as_posix()}": path.read_text("utf-8")
        for path in OLD.rglob("*")
        if path.suffix in (".py", ".md", ".txt") and "tests" not in path.parts[-2:]
    }
    assert lint_texts(texts, select=("NTR3",)).findings == ()
    workflow = "facade-old/templates/workflow.py"
    texts[workflow] = texts[workflow].replace('if decision_of(answer) == "rejected":', "if False:")
    found = lint_texts(texts, select=("NTR3",)).findings
    assert [f.code for f in found] == ["NTR301"]


OLD = ROOT / "fixtures/runbooks/facade-old"

DECIDED_BY_NOBODY = block(
    'if decision_of(answer) == "rejected":\n    return PettyCashResult(status="rejected")'
)

READ = {
    "compared in place": """
        if answer.get("type") == "rejected":
            return PettyCashResult(status="rejected")
        """,
    "raised": """
        if answer["type"] == "rejected":
            raise WorkflowError("rejected")
        """,
    "kept and read later": """
        self._answer = answer
        if decision_of(self._answer) == "rejected":
            return PettyCashResult(status="rejected")
        """,
    "sent to an activity": """
        await runbook.execute_activity(post_slip, answer, start_to_close_timeout=ATTEMPT)
        """,
    "part of the result": """
        return PettyCashResult(status="posted", entry_id=str(answer))
        """,
    "given to a class": """
        slip = Slip(payee=str(answer), amount=slip.amount)
        """,
    "given to what is not known": """
        await notify(answer)
        """,
    "read by a table of methods": """
        await {"approved": self._post}[answer["type"]](ctx, slip)
        """,
    "kept in a dict that is read": """
        answers = {}
        answers["review"] = answer
        if answers["review"]["type"] == "rejected":
            return PettyCashResult(status="rejected")
        """,
    "a flag that a helper works out": """
        rejected = decision_of(answer) == "rejected"
        if rejected:
            return PettyCashResult(status="rejected")
        """,
    "a condition before an await": """
        decision_of(answer) == "rejected" or await self._post(ctx, slip)
        """,
    "an exit of a loop": """
        while decision_of(answer) != "rejected":
            break
        """,
    "its corrections decide": """
        if answer.get("corrections"):
            return PettyCashResult(status="rejected")
        """,
    "an assertion": "assert decision_of(answer) != 'rejected'",
}


@pytest.mark.parametrize("statements", READ.values(), ids=READ)
def test_an_answer_that_decides_something_or_is_lost_is_left_alone(statements: str) -> None:
    assert decided("NTR301", statements) == []


WRAPPED = {
    "by one that chooses among functions": """
        @singledispatch
        def decision_of(answer: object) -> str:
            return "rejected"


        @decision_of.register
        def _(answer: dict) -> str:
            word = answer.get("type") or answer.get("kind") or answer.get("action")
            return "approved" if word in ("approve", "approved") else "rejected"
        """,
    "by one of the author": """
        def parsed(judge: Any) -> Any:
            return lambda answer: judge(SimpleNamespace(**answer))


        @parsed
        def decision_of(answer: Any) -> str:
            return "approved" if answer.type == "approved" else "rejected"
        """,
}


@pytest.mark.parametrize("helper", WRAPPED.values(), ids=WRAPPED)
def test_a_helper_that_is_decorated_may_be_given_something_else(helper: str) -> None:
    imports = "from functools import singledispatch\nfrom types import SimpleNamespace\n"
    head = (WORKFLOW, "from typing import Any", f"{imports}from typing import Any")
    text = dedent(helper).strip("\n") + "\n"
    # Decorators run when the module is imported, so the helper stands before the class.
    edits = [
        head,
        (WORKFLOW, HELPER, ""),
        (WORKFLOW, "@runbook.defn\n", text + "\n\n@runbook.defn\n"),
    ]
    assert planted("NTR3", *edits) == []


@pytest.mark.parametrize(
    ("actions", "wanted"),
    [
        ('[{"kind": "approve", "label": "Continue"}]', []),
        ('[{"kind": "approve"}, {"kind": "reject"}]', ["NTR301"]),
        ("BUTTONS", ["NTR301"]),
    ],
)
def test_a_gate_without_a_button_to_reject_asks_for_no_decision(
    actions: str, wanted: list[str]
) -> None:
    hint = '{"component": "SUMMARY", "config": {"actions": ' + actions + "}},\n"
    found = planted("NTR301", (WORKFLOW, HINT, hint), edit(DECIDED_BY_NOBODY, ""))
    assert [f.code for f in found] == wanted


def test_a_step_that_nobody_calls_is_no_ignored_decision() -> None:
    run = RUN.replace("slip, answer = await self._review(ctx, document_ref)", "slip, answer = ctx")
    assert planted("NTR301", (WORKFLOW, RUN, run)) == []
