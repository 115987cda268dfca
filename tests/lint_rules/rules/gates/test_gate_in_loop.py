"""NTR311: a gate in a loop."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.gates.parts import DECIDED, GATE, RUN, WORKFLOW, block

WAIT = 'await self.wait_for_action(reason="x")'


def gated(statements: str) -> list[Finding]:
    return planted("NTR311", (WORKFLOW, GATE, block(statements)))


BAD = {
    "a for": f"for _ in range(3):\n    answer = {WAIT}",
    "a while": f"answer = {{}}\nwhile not answer:\n    answer = {WAIT}",
    "a while that breaks": f"while True:\n    answer = {WAIT}\n    if answer:\n        break",
    "a branch in a loop": f"for row in slip.rows:\n    if row:\n        answer = {WAIT}",
    "a comprehension": f"answer = [{WAIT} for _ in range(3)][0]",
    "a try in a loop": f"for _ in range(2):\n    try:\n        answer = {WAIT}\n"
    "    except TimeoutError:\n        continue",
}


@pytest.mark.parametrize("statements", BAD.values(), ids=BAD)
def test_a_gate_that_a_loop_opens_again_is_reported(statements: str) -> None:
    [found] = gated(statements)
    assert found.message == "a gate in a loop: only the first decision is kept"
    assert found.severity == "warning"


def test_a_step_that_a_loop_calls_is_reported_at_its_gate_and_the_loop_shown() -> None:
    retried = RUN.replace(
        "        slip, answer = await self._review(ctx, document_ref)\n" + DECIDED,
        "        for _ in range(3):\n"
        "            slip, answer = await self._review(ctx, document_ref)\n"
        '            if decision_of(answer) == "approved":\n'
        "                break\n",
    )
    found = planted("NTR3", (WORKFLOW, RUN, retried))
    assert said(found) == ["workflow.py:72 NTR311"]
    assert found[0].message == "a loop opens this gate again: only the first decision is kept"
    assert found[0].trace[-1].text == "the loop"
    assert found[0].trace[-1].place.line == 103


GOOD = {
    "a loop before it": f"for _ in range(3):\n    pass\nanswer = {WAIT}",
    "a loop that ends at once": f"for _ in range(3):\n    answer = {WAIT}\n    break",
    "a loop that returns": f"while True:\n    return slip, {WAIT}",
    "a branch that returns": f"for row in slip.rows:\n    if row:\n        return slip, {WAIT}",
    "what a loop goes through": f"for part in ({WAIT}):\n    answer = part",
    "a signal gate": (
        "while not self._uploads:\n"
        "    await self.await_signal_with_action(predicate=p, action=a)\n"
        f"answer = {WAIT}"
    ),
    "the else of a loop": f"for _ in range(3):\n    pass\nelse:\n    answer = {WAIT}",
}


@pytest.mark.parametrize("statements", GOOD.values(), ids=GOOD)
def test_a_gate_that_opens_once_is_left_alone(statements: str) -> None:
    assert gated(statements) == []
