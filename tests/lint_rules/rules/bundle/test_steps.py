"""NTR521, NTR522, NTR523, NTR534: the steps of `runbook.md` against those of the class."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.bundle.declared import MANIFEST, POST, REVIEW, WORKFLOW

STEP = '@runbook.step(name="post", title="Post slip", icon="Database")'


# --- NTR521 step-missing -------------------------------------------------------------------------


def test_a_step_that_is_not_listed_is_reported_with_its_place_in_the_list() -> None:
    [found] = planted("NTR521", (MANIFEST, REVIEW, ""))
    assert said([found]) == ["runbook.md:12 NTR521"]
    assert "lacks the step `review` of `PettyCashWorkflow`" in found.message
    assert found.alternative == "`id: review` after `upload`"
    assert found.trace[0].place.path.endswith("workflow.py")
    assert found.trace[0].place.line == 61


def test_several_missing_steps_are_one_finding() -> None:
    [found] = planted("NTR521", (MANIFEST, REVIEW, ""), (MANIFEST, POST, ""))
    assert "the steps `review`, `post`" in found.message
    assert found.alternative == "`id: review`, `id: post`"


def test_no_steps_at_all_is_one_finding() -> None:
    [found] = planted("NTR521", files={MANIFEST: _manifest("")})
    assert "the steps `upload`, `review`, `post`" in found.message


@pytest.mark.parametrize("steps", ["steps:\n", "steps: ~\n", "steps: upload\n", "steps: {a: b}\n"])
def test_steps_that_are_no_list_are_left_to_the_rule_about_values(steps: str) -> None:
    assert planted("NTR52", files={MANIFEST: _manifest(steps)}) == []


def test_a_list_under_a_misspelt_key_is_not_called_missing() -> None:
    assert planted("NTR521", (MANIFEST, "\nsteps:\n", "\nstep:\n")) == []


def test_a_step_that_is_only_misspelt_is_not_called_missing() -> None:
    assert planted("NTR521", (MANIFEST, "id: post", "id: posting")) == []


def test_a_name_that_is_not_written_out_is_no_missing_step() -> None:
    edits = (WORKFLOW, STEP, '@runbook.step(name="po" + "st", title="Post slip", icon="D")')
    assert planted("NTR521", edits, (MANIFEST, POST, "")) == []


def test_a_step_of_a_base_class_need_not_be_listed() -> None:
    base = """class Base(NtroWorkflow):
    @runbook.step(name="close", title="Close")
    async def _close(self) -> None: ...


@runbook.defn
class PettyCashWorkflow(Base):"""
    edit = (WORKFLOW, "@runbook.defn\nclass PettyCashWorkflow(NtroWorkflow):", base)
    assert planted("NTR521", edit) == []


def test_steps_that_a_decorator_of_the_author_makes_are_neither_missing_nor_unknown() -> None:
    stage = """def stage(name: str, title: str) -> Any:
    return runbook.step(name=name, title=title, icon="Circle")


@runbook.defn
class"""
    edits = [
        (WORKFLOW, "@runbook.defn\nclass", stage),
        (WORKFLOW, STEP, '@stage("post", "Post slip")'),
    ]
    assert planted("NTR5", *edits) == []


# --- NTR522 step-unknown -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "id_, instead",
    [("posting", "`post`"), ("Post", "`post`"), ("reveiw", "`review`"), ("42x", "one of `upload`")],
)
def test_an_id_that_is_no_step_is_reported_with_the_nearest(id_: str, instead: str) -> None:
    [found] = planted("NTR522", (MANIFEST, POST, POST + _entry(id_)))
    assert f"has no step `{id_}`" in found.message
    assert (found.alternative or "").startswith(instead)
    assert said([found]) == ["runbook.md:43 NTR522"]


def test_the_place_of_the_step_that_was_meant_is_told() -> None:
    [found] = planted("NTR522", (MANIFEST, "id: post", "id: posting"))
    assert (found.trace[0].text, found.trace[0].place.line) == ("the step `post`", 86)


def test_a_class_without_steps_is_one_finding() -> None:
    source = """
from ntro.workflow import NtroWorkflow, runbook
from .models import PettyCashContext

@runbook.defn
class PettyCashWorkflow(NtroWorkflow):
    @runbook.run
    async def run(self, ctx: PettyCashContext) -> None: ...
"""
    [found] = planted("NTR522", files={WORKFLOW: source})
    assert "`PettyCashWorkflow` has no steps" in found.message
    assert said([found]) == ["runbook.md:12 NTR522"]


@pytest.mark.parametrize(
    "call",
    [
        'await self.run_step("archive", post_slip, ctx)',
        'await self.run_child_workflow(slug="x", input=ctx, step_id="archive")',
        'await self.run_child_workflows(slug="x", inputs=[ctx], step_id=ARCHIVE)',
        "await self.run_step(name_of(ctx), post_slip, ctx)",
    ],
)
def test_an_id_that_the_code_passes_or_may_pass_is_a_step(call: str) -> None:
    edits = (
        (MANIFEST, POST, POST + _entry("archive")),
        (WORKFLOW, "        posted = await", f"        {call}\n        posted = await"),
        (WORKFLOW, "ATTEMPT = timedelta", 'ARCHIVE = "archive"\nATTEMPT = timedelta'),
    )
    assert planted("NTR522", *edits) == []


@pytest.mark.parametrize(
    "change",
    [
        (WORKFLOW, STEP, '@runbook.step(name=name_of("x"), title="Post slip")'),
        (WORKFLOW, "PettyCashWorkflow(NtroWorkflow)", "PettyCashWorkflow(NtroWorkflow, Mixin)"),
        (WORKFLOW, "PettyCashWorkflow(NtroWorkflow)", "PettyCashWorkflow(acme.Runbook)"),
    ],
)
def test_steps_that_may_be_hidden_are_not_called_unknown(change: tuple[str, str, str]) -> None:
    more = (WORKFLOW, "from typing import Any\n", "from typing import Any\nimport acme\n")
    assert planted("NTR522", change, more, (MANIFEST, POST, POST + _entry("archive"))) == []


@pytest.mark.parametrize("module", ["ntro.workflow", "ntro.workflow.decorators"])
def test_the_first_generation_is_read_too(module: str) -> None:
    runbook = "import NtroWorkflow, runbook\n"
    edits = (
        (WORKFLOW, runbook, f"{runbook}from {module} import ui_step\n"),
        (WORKFLOW, STEP, STEP.replace("runbook.step", "ui_step")),
    )
    assert planted("NTR522", *edits) == []
    [found] = planted("NTR522", *edits, (MANIFEST, "id: post", "id: posting"))
    assert found.alternative == "`post`"


# --- NTR523 declared-step-order ------------------------------------------------------------------


def test_a_step_out_of_order_is_reported_once_with_the_whole_order() -> None:
    [found] = planted("NTR523", (MANIFEST, REVIEW + POST, POST + REVIEW))
    assert said([found]) == ["runbook.md:22 NTR523"]
    assert "the code defines it after all others" in found.message
    assert found.alternative == "the order of the code: `upload`, `review`, `post`"


def test_only_what_was_moved_is_reported() -> None:
    text = (planted_text := _text()).replace(REVIEW + POST, "")
    start = planted_text.index("  - id: upload")
    moved = text[:start] + POST + text[start:].replace("templates:\n", REVIEW + "templates:\n", 1)
    [found] = planted("NTR523", files={MANIFEST: moved})
    assert "`post` is listed out of order" in found.message


def test_steps_that_are_missing_or_unknown_do_not_change_the_order() -> None:
    assert planted("NTR523", (MANIFEST, REVIEW, _entry("archive"))) == []


# --- NTR534 step-listed-twice --------------------------------------------------------------------


def test_an_id_that_an_earlier_entry_has_is_reported_with_that_entry() -> None:
    [found] = planted("NTR534", (MANIFEST, POST, POST + _entry("post")))
    assert said([found]) == ["runbook.md:43 NTR534"]
    assert found.message == "the step `post` is listed twice"
    assert found.trace[0].place.line == 29


def test_an_entry_that_an_alias_repeats_has_no_place_of_its_own_and_is_left_alone() -> None:
    steps = "steps:\n  - &first\n    id: upload\n  - *first\n"
    assert planted("NTR534", files={MANIFEST: _manifest(steps)}) == []


@pytest.mark.parametrize(
    "steps",
    [
        "steps: upload\n",
        "steps:\n",
        "steps: {id: upload}\n",
        "steps: [upload, upload]\n",
        "steps:\n  - label: x\n  - label: x\n",
        "steps:\n  - id: 7\n  - id: 7\n",
        "steps:\n  - id:\n  - id:\n",
    ],
)
def test_what_is_no_list_of_steps_with_ids_is_left_to_other_rules(steps: str) -> None:
    assert planted("NTR534", files={MANIFEST: _manifest(steps)}) == []


def _entry(id_: str) -> str:
    return f"  - id: {id_}\n    label: One more\n    description: One more stage.\n"


def _text() -> str:
    from tests.lint_rules.petty_cash import PETTY_CASH

    return (PETTY_CASH / MANIFEST).read_text("utf-8")


def _manifest(steps: str) -> str:
    """Return the manifest with other steps."""
    text = _text()
    start, end = text.index("steps:\n"), text.index("templates:\n")
    return text[:start] + steps + text[end:]
