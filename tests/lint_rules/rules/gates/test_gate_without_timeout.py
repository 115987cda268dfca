"""NTR312: a wait for a signal that nothing ever ends."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.gates.parts import UPLOAD, WORKFLOW, block

TIMEOUT = "            timeout=UPLOAD_TIMEOUT,\n"
HEAD = (
    WORKFLOW,
    "from .activities",
    "import asyncio\nfrom temporalio import workflow\n\nfrom .activities",
)


def waited(statements: str) -> list[Finding]:
    return planted("NTR312", (WORKFLOW, UPLOAD, block(statements)), HEAD)


@pytest.mark.parametrize("timeout", ["", "            timeout=None,\n"])
def test_a_signal_gate_without_a_limit_is_reported(timeout: str) -> None:
    found = planted("NTR3", (WORKFLOW, TIMEOUT, timeout))
    assert said(found) == ["workflow.py:38 NTR312"]
    assert found[0].message.startswith("this gate has no timeout")
    assert found[0].severity == "info"


BAD = [
    "await runbook.wait_condition(lambda: bool(self._uploads))",
    "await workflow.wait_condition(lambda: bool(self._uploads))",
    "await runbook.wait_condition(lambda: bool(self._uploads), timeout=None)",
]


@pytest.mark.parametrize("statement", BAD)
def test_a_condition_without_a_limit_is_reported(statement: str) -> None:
    [found] = waited(statement)
    assert found.message.startswith("this condition has no timeout")


GOOD = [
    "await runbook.wait_condition(lambda: bool(self._uploads), timeout=UPLOAD_TIMEOUT)",
    "await runbook.wait_condition(lambda: bool(self._uploads), **LIMITS)",
    "await asyncio.wait_for(runbook.wait_condition(lambda: bool(self._uploads)), 60)",
    "async with asyncio.timeout(60):\n    await runbook.wait_condition(lambda: self._uploads)",
    "await workflow.wait_condition(workflow.all_handlers_finished)",
]


@pytest.mark.parametrize("statements", GOOD)
def test_a_wait_that_ends_is_left_alone(statements: str) -> None:
    assert waited(statements) == []


def test_a_limit_that_partial_gave_before_is_a_limit() -> None:
    wait = UPLOAD.replace("await self.await_signal_with_action(", "await wait(")
    made = "wait = partial(self.await_signal_with_action, timeout=UPLOAD_TIMEOUT)\n"
    head = (
        WORKFLOW,
        "from typing import Any",
        "from functools import partial\nfrom typing import Any",
    )
    edits = [(WORKFLOW, UPLOAD, block(made) + wait.replace(TIMEOUT, "")), head]
    assert planted("NTR3", *edits) == []


def test_a_review_gate_takes_no_limit_and_is_left_alone() -> None:
    assert planted("NTR312") == []
