"""NTR314: the class replaces a handler that the platform asks of NtroWorkflow."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.gates.parts import HANDLER, WORKFLOW, block

HEAD = (WORKFLOW, "from .activities", "from temporalio import workflow\n\nfrom .activities")


def added(method: str) -> list[Finding]:
    text = HANDLER.rstrip("\n") + "\n\n" + block(method, 4) + "\n"
    return planted("NTR314", (WORKFLOW, HANDLER, text), HEAD)


BAD = {
    "a signal": (
        "@runbook.signal\ndef user_action(self, action: dict) -> None:\n    self._a = action",
        "its gates never open",
    ),
    "a signal of the first generation": (
        "@workflow.signal\nasync def user_action(self, action: dict) -> None:\n    self._a = 1",
        "its gates never open",
    ),
    "no decorator": (
        "def user_action(self, action: dict) -> None:\n    self._a = action",
        "the worker refuses the class",
    ),
    "a registered name": (
        "@runbook.signal(name='user_action')\ndef on_answer(self, action: dict) -> None: ...",
        "`user_action` is registered twice",
    ),
    "a query": (
        "@runbook.query\ndef current_pending_action(self) -> dict:\n    return {}",
        "nobody is told what the run waits for",
    ),
    "no decorator, though it calls super": (
        "def user_action(self, action: dict) -> None:\n    super().user_action(action)",
        "the worker refuses the class",
    ),
    "a query without its decorator": (
        "def current_steps(self) -> list:\n    return []",
        "without `@runbook.query`",
    ),
    "the super of something else": (
        "@runbook.query\ndef current_steps(self) -> list:\n    return super().steps()",
        "`current_steps` replaces the SDK's",
    ),
}


@pytest.mark.parametrize(("method", "message"), BAD.values(), ids=BAD)
def test_what_replaces_the_base_is_reported(method: str, message: str) -> None:
    [found] = added(method)
    assert message in found.message
    assert found.severity == "error"


GOOD = {
    "a call of super": (
        "@runbook.signal\ndef user_action(self, action: dict) -> None:\n"
        "    super().user_action(action)"
    ),
    "a call of the base by name": (
        "@runbook.signal\ndef user_action(self, action: dict) -> None:\n"
        "    NtroWorkflow.user_action(self, action)"
    ),
    "a query that adds": (
        "@runbook.query\ndef current_ui_state(self) -> dict:\n"
        "    return {**super().current_ui_state(), 'slips': len(self._uploads)}"
    ),
    "another name": "@runbook.query\ndef slips(self) -> int:\n    return len(self._uploads)",
    "the hook for rows": "def on_row_action(self, action: dict) -> None:\n    return",
    "a decorator that is not known": "@audited\ndef current_steps(self) -> list:\n    return []",
}


@pytest.mark.parametrize("method", GOOD.values(), ids=GOOD)
def test_what_keeps_the_base_is_left_alone(method: str) -> None:
    assert added(method) == []


def test_an_override_in_a_base_of_the_project_is_reported_there() -> None:
    base = "class Answers:\n    def current_steps(self) -> list:\n        return []\n\n\n"
    found = planted(
        "NTR314",
        (WORKFLOW, "@runbook.defn\n", base + "@runbook.defn\n"),
        (WORKFLOW, "(NtroWorkflow)", "(Answers, NtroWorkflow)"),
    )
    assert [f.place.line for f in found] == [27]


def test_a_class_without_the_base_may_use_any_name() -> None:
    method = "@runbook.signal\ndef user_action(self, action: dict) -> None: ...\n"
    text = HANDLER.rstrip("\n") + "\n\n" + block(method, 4) + "\n"
    found = planted(
        "NTR314", (WORKFLOW, HANDLER, text), (WORKFLOW, "(NtroWorkflow)", "(Answering)")
    )
    assert found == []
