"""Attributes that the facade and the base class lack, and those that only look so."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.facade.planting import (
    WORKFLOW,
    above,
    importing,
    in_activity,
    in_run,
    only,
    pinned,
    shown,
)

CODE = "NTR204"

MISSING = {
    "sleep": ("await runbook.sleep(60)", "asyncio.sleep"),
    "patched": ('if runbook.patched("two"): ...', "new version"),
    "continue_as_new": ("runbook.continue_as_new(ctx)", "run_child_workflow"),
    "unsafe": ("if runbook.unsafe.is_replaying(): ...", "logger"),
    "a typo": ("await runbook.wait_conditions(lambda: True)", "`runbook.wait_condition`"),
    "not called": ("pause = runbook.sleep", "asyncio.sleep"),
}


@pytest.mark.parametrize(("body", "alternative"), MISSING.values(), ids=MISSING)
def test_what_the_facade_lacks_is_reported_with_what_to_write(body: str, alternative: str) -> None:
    edit = in_run(body)
    found = only(CODE, edit)
    assert shown(found, edit).startswith("runbook.")
    assert found.severity == "error"
    assert "and the run hangs" in found.message
    assert alternative in (found.alternative or "")


@pytest.mark.parametrize(
    ("imported", "body"),
    [
        ("from ntro.workflow import runbook as rb", "rb.sleep(1)"),
        ("import ntro.workflow as nw", "nw.runbook.sleep(1)"),
        ("import ntro.workflow", "ntro.workflow.runbook.sleep(1)"),
        ("from ntro import workflow as flow", "flow.runbook.sleep(1)"),
    ],
)
def test_the_facade_is_known_under_any_name(imported: str, body: str) -> None:
    assert len(planted(CODE, importing(imported), in_run(body))) == 1


def test_a_facade_handed_on_by_another_module_is_the_facade() -> None:
    files = {"templates/common.py": "from ntro.workflow import runbook as facade\n"}
    edits = (importing("from .common import facade"), in_run("facade.sleep(1)"))
    assert len(planted(CODE, *edits, files=files)) == 1


def test_a_helper_in_another_module_is_found_with_its_chain() -> None:
    files = {
        "templates/pauses.py": "from ntro.workflow import runbook\n\n\n"
        "def pause():\n    return runbook.sleep(1)\n"
    }
    edits = (importing("from .pauses import pause"), in_run("await pause()"))
    found = only(CODE, *edits, files=files)
    assert said([found]) == ["pauses.py:5 NTR204"]
    assert [hop.text for hop in found.trace] == ["run -> pause"]


def test_the_activity_facade_has_few_names() -> None:
    edit = in_activity('activity.heartbeat("still there")')
    found = only(CODE, edit)
    assert shown(found, edit) == "activity.heartbeat"
    assert "temporalio.activity.heartbeat" in (found.alternative or "")


def test_a_decorator_that_does_not_exist_breaks_the_import() -> None:
    edit = (
        WORKFLOW,
        "    @runbook.run\n",
        "    @runbook.update\n    def u(self): ...\n\n    @runbook.run\n",
    )
    assert "raises AttributeError" in only(CODE, edit).message


OWN = {
    "wait_for_signal": ('await self.wait_for_signal("x")', "await_signal_with_action"),
    "sleep": ("await self.sleep(1)", "asyncio.sleep"),
    "a name of the facade": ("self.logger.info('x')", "`runbook.logger`"),
    "a typo": ("await self.wait_for_actions()", "`self.wait_for_action`"),
    "super": ("await super().wait_for_signal('x')", "await_signal_with_action"),
    "in a lambda": ("await runbook.wait_condition(lambda: self._postd)", "a name"),
}


@pytest.mark.parametrize(("body", "alternative"), OWN.values(), ids=OWN)
def test_what_neither_class_nor_base_has_is_reported(body: str, alternative: str) -> None:
    found = only(CODE, in_run(body))
    assert "`NtroWorkflow`" in found.message
    assert alternative == "a name" or alternative in (found.alternative or "")


SOUND = {
    "members of the facade": "runbook.logger.info('x %s', runbook.info().workflow_id)",
    "more of what they give": "runbook.info().anything_at_all",
    "asked for": 'if hasattr(runbook, "patched"): runbook.patched("x")',
    "read by name": 'getattr(runbook, "patched", None); runbook.patched',
    "tried": "try:\n    runbook.patched('x')\nexcept AttributeError: ...",
    "written": "runbook.extra = 1",
    "a name of its own": "runbook = ctx\nrunbook.sleep",
    "members of the base": "self.set_user_feedback(kind='a', payload={})",
    "private members of the base": "self._pending_payload",
    "given in place": "self._later = 1\nself._later",
    "given to something": "object.late = 1\nself.late",
    "asked for, of itself": 'if hasattr(self, "extra"): self.extra',
    "dunders": "self.__class__.__name__",
}


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND)
def test_what_exists_or_may_exist_is_left_alone(body: str) -> None:
    assert planted(CODE, in_run(body)) == []


@pytest.mark.parametrize(
    "around",
    [
        "class Mixin:\n    def helper(self): ...",
        "from elsewhere import Mixin",
        "class Mixin:\n    helper: int",
        "class Mixin:\n    def __getattr__(self, name): ...",
        "class Mixin:\n    def fill(self): self.helper = 1",
        "class Mixin:\n    def fill(self): setattr(self, 'a', 1)",
        "Mixin = make()",
    ],
)
def test_a_base_class_that_may_have_the_name_is_believed(around: str) -> None:
    base = (WORKFLOW, "PettyCashWorkflow(NtroWorkflow)", "PettyCashWorkflow(Mixin, NtroWorkflow)")
    assert planted(CODE, above(around), base, in_run("self.helper")) == []


def test_a_decorator_of_ones_own_may_add_anything() -> None:
    edit = (WORKFLOW, "@runbook.defn\n", "@with_helpers\n@runbook.defn\n")
    assert planted(CODE, edit, in_run("self.helper")) == []


def test_the_other_generation_of_decorators_counts_too() -> None:
    edits = (
        importing("from temporalio import workflow"),
        (WORKFLOW, "@runbook.defn\n", "@workflow.defn\n"),
        in_run("await self.wait_for_signal('x')"),
    )
    assert len(planted(CODE, *edits)) == 1


def test_a_pin_too_old_for_the_facade_is_no_fault_of_the_code() -> None:
    assert planted(CODE, pinned("0.1.1")) == []


def test_another_module_called_runbook_is_not_the_facade() -> None:
    edits = (importing("from .own import runbook as mine"), in_run("mine.sleep(1)"))
    assert planted(CODE, *edits, files={"templates/own.py": "class runbook: ...\n"}) == []
