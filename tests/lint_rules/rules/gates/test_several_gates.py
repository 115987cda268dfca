"""NTR310: a second gate in one step."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.gates.parts import GATE, WORKFLOW, block

WAIT = 'await self.wait_for_action(reason="x")'
MORE = "    async def _ask(self, reason: str) -> dict[str, Any]:\n        return " + WAIT + "\n\n"


def gated(statements: str) -> list[Finding]:
    return planted(
        "NTR310",
        (WORKFLOW, GATE, block(statements)),
        (WORKFLOW, "    @runbook.run\n", MORE + "    @runbook.run\n"),
    )


BAD = {
    "one after the other": f"answer = {WAIT}\nanswer = {WAIT}",
    "a helper called twice": "answer = await self._ask('a')\nanswer = await self._ask('b')",
    "a gate and a helper": f"answer = {WAIT}\nanswer = await self._ask('b')",
    "one of them in a branch": f"answer = {WAIT}\nif ctx.limit:\n    answer = {WAIT}",
    "the first in a branch": f"answer = {{}}\nif ctx.limit:\n    answer = {WAIT}\nanswer = {WAIT}",
    "both in a branch": f"answer = {{}}\nif ctx.limit:\n    answer = {WAIT}\n    answer = {WAIT}",
    "in an else of a try": (
        f"try:\n    answer = {WAIT}\nexcept TimeoutError:\n    raise\nelse:\n    answer = {WAIT}"
    ),
    "in a finally": f"try:\n    answer = {WAIT}\nfinally:\n    answer = {WAIT}",
    "a signal and a review": (
        "await self.await_signal_with_action(predicate=p, action=a)\n" + f"answer = {WAIT}"
    ),
}


TWO_SIGNALS = "await self.await_signal_with_action(predicate=p, action=a)\n" * 2


def test_two_signal_gates_lose_no_decision_but_a_snapshot() -> None:
    [found] = gated(TWO_SIGNALS + "answer = {}")
    assert found.message == "a second gate in the step `review`: only the first snapshot is kept"


@pytest.mark.parametrize("statements", BAD.values(), ids=BAD)
def test_two_gates_that_one_run_can_open_are_reported_once(statements: str) -> None:
    [found] = gated(statements)
    assert found.message == "a second gate in the step `review`: only the first decision is kept"
    assert found.severity == "warning"


def test_the_second_one_is_reported() -> None:
    assert said(gated(f"answer = {WAIT}\nanswer = {WAIT}")) == ["workflow.py:73 NTR310"]


GOOD = {
    "one": f"answer = {WAIT}",
    "if and else": f"if ctx.limit:\n    answer = {WAIT}\nelse:\n    answer = {WAIT}",
    "an elif": (
        f"if ctx.limit:\n    answer = {WAIT}\nelif slip:\n    answer = {WAIT}\n"
        f"else:\n    answer = {WAIT}"
    ),
    "a branch that returns": f"if ctx.limit:\n    return slip, {WAIT}\nanswer = {WAIT}",
    "a branch that raises": (
        f"if ctx.limit:\n    answer = {WAIT}\n    raise WorkflowError('x')\nanswer = {WAIT}"
    ),
    "cases": (
        f"match ctx.limit:\n    case 1:\n        answer = {WAIT}\n    case _:\n"
        f"        answer = {WAIT}"
    ),
    "after a time-out": (
        "try:\n    await self.await_signal_with_action(predicate=p, action=a, timeout=t)\n"
        f"except TimeoutError:\n    answer = {WAIT}"
    ),
}


@pytest.mark.parametrize("statements", GOOD.values(), ids=GOOD)
def test_gates_that_stand_instead_of_each_other_are_left_alone(statements: str) -> None:
    assert gated(statements) == []
