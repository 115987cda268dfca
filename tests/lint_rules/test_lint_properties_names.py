"""What a name is bound to when Python runs a program, the linter has thought of."""

from __future__ import annotations

import contextlib
import sys
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lint_rules.linted import lint_texts

HEAD = """\
from contextlib import nullcontext
from time import time as hazard
from temporalio import workflow

def safe(): return 0
def coin(): return given
def fail(): return given

@workflow.defn
class Flow:
    @workflow.run
    def run(self):
"""
SIMPLE = ["{n} = hazard", "{n} = safe", "{n} = {o}", "{n}()", "[{n}() for _ in range(2)]"]
BLOCKS = [
    "if coin():\n{b}",
    "if coin():\n{b}\nelse:\n{b}",
    "for _ in range(2):\n{b}",
    "for _ in range(2):\n{b}\nelse:\n{b}",
    "for {n} in [hazard, safe]:\n{b}",
    "while coin():\n{b}",
    "with nullcontext():\n{b}",
    "try:\n{b}\n fail()\n{b}\nexcept ValueError:\n{b}\nfinally:\n{b}",
    "if coin():\n return",
    "{n}, {o} = safe, hazard",
]


class Names:
    """Writes the body of a function that binds and calls three names."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def body(self) -> list[str]:
        blocks = "\n".join(self._block(3) for _ in range(self._chance.randint(1, 3)))
        return ["f = g = safe", "h = hazard", *blocks.split("\n"), "f()", "g()", "h()"]

    def _block(self, depth: int) -> str:
        pool = SIMPLE if depth == 0 or self._chance.random() < 0.6 else BLOCKS
        first, second = self._chance.choices("fgh", k=2)
        text = self._chance.choice(pool).replace("{n}", first).replace("{o}", second)
        while "{b}" in text:
            inner = "\n".join(self._block(depth - 1) for _ in range(self._chance.randint(1, 3)))
            text = text.replace("{b}", "\n".join(f" {line}" for line in inner.split("\n")), 1)
        return text


def called(body: list[str]) -> set[int]:
    """Return the lines on which some of many runs of a body call the hazard."""
    lines: set[int] = set()
    chance = Random(0)

    def fail() -> None:
        if chance.random() < 0.5:
            raise ValueError

    names = {
        "hazard": lambda: lines.add(sys._getframe(1).f_lineno),
        "safe": lambda: 0,
        "coin": lambda: chance.random() < 0.5,
        "fail": fail,
        "nullcontext": contextlib.nullcontext,
    }
    text = "def run():\n" + "\n".join(f" {line}" for line in body)
    exec(compile(text, "run", "exec"), names)
    for _ in range(60):
        with contextlib.suppress(ValueError):
            names["run"]()  # type: ignore[operator]
    return {line - 1 for line in lines}


def found(body: list[str]) -> set[int]:
    """Return the lines of a body on which the linter sees a call of the hazard."""
    text = HEAD + "\n".join(f"        {line}" for line in body)
    report = lint_texts({"flow.py": text + "\n"})
    return {f.place.line - HEAD.count("\n") for f in report.findings if f.code == "NTR101"}


bodies = st.randoms(use_true_random=False).map(lambda chance: Names(chance).body())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies)
def test_every_call_that_happens_is_seen(body: list[str]) -> None:
    assert called(body) <= found(body)


@pytest.mark.parametrize(
    "body",
    [
        ["f = hazard", "f = safe", "f()"],
        ["f = safe", "for _ in range(2):", " f()", " f = safe"],
        ["if coin():", " f = safe", "else:", " f = safe", "f()"],
        ["f = hazard", "for f in [safe]:", " f()"],
        ["f = hazard", "del f", "f = safe", "f()"],
    ],
)
def test_a_call_that_never_happens_is_not_seen(body: list[str]) -> None:
    assert called(body) == found(body) == set()


@pytest.mark.xfail(reason="a closure is taken to be called when everything is bound")
def test_a_closure_sees_what_is_bound_when_it_is_called() -> None:
    body = ["f = hazard", "def q():", " f()", "q()", "f = safe"]
    assert called(body) == {3}
    assert found(body) == {3}
