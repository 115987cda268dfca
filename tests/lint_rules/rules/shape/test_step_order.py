"""NTR408: the breadcrumb goes in the order of the code."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR408"

STEPS = """
@runbook.step(name="first", title="First")  # !
async def _a(self): ...

@runbook.step(name="second", title="Second")
async def _b(self): ...

@runbook.step(name="third", title="Third")
async def _c(self): ...

async def _both(self):
    await self._b()
    await self._c()

async def _stops(self, ctx):
    if ctx.period:
        await self._b()
        raise WorkflowError("no")
"""


def running(body: str, steps: str = STEPS) -> str:
    run = "@runbook.run\nasync def run(self, ctx: PettyCashContext):\n" + indent(body, "    ")
    return module(steps, run=run)


CERTAIN = {
    "one after the other": "await self._b()\nawait self._a()\nawait self._c()",
    "in a helper": "await self._both()\nawait self._a()",
    "as an argument": "await self._wrap(await self._b(), await self._a())",
    "inside its argument": "await self._a(await self._b())",
    "under a condition": "if ctx.period:\n    await self._b()\nawait self._a()",
    "both under one condition": "if ctx.period:\n    await self._b()\n    await self._a()",
    "in try": "try:\n    await self._b()\nfinally:\n    await self._a()",
    "twice": "await self._b()\nawait self._b()\nawait self._a()",
}
UNCERTAIN = {
    "in order": "await self._a()\nawait self._b()\nawait self._c()",
    "branches": "if ctx.period:\n    await self._b()\nelse:\n    await self._a()",
    "elif": (
        "if ctx.period:\n    await self._b()\nelif ctx.limit:\n    await self._c()\n"
        "else:\n    await self._a()"
    ),
    "cases": (
        "match ctx.period:\n    case 'x':\n        await self._b()\n"
        "    case _:\n        await self._a()"
    ),
    "a branch that returns": "if ctx.period:\n    await self._b()\n    return\nawait self._a()",
    "a helper that raises": "await self._stops(ctx)\nawait self._a()",
    "a handler": "try:\n    await self._b()\nexcept ActivityError:\n    await self._a()",
    "a loop": "while True:\n    await self._b()\n    await self._a()",
    "again later": "await self._b()\nawait self._a()\nawait self._b()",
    "a task": "task = asyncio.create_task(self._b())\nawait self._a()\nawait task",
    "gathered": "await asyncio.gather(self._b(), self._a())",
    "only one": "await self._b()",
    "nothing": "return None",
}


@pytest.mark.parametrize("body", CERTAIN.values(), ids=CERTAIN.keys())
def test_a_step_that_a_later_one_surely_comes_before_is_a_warning(body: str) -> None:
    [finding] = check(CODE, running(body))
    assert finding.severity == "warning"
    assert "`first` is defined before `second`, but runs after it" in finding.message


@pytest.mark.parametrize("body", UNCERTAIN.values(), ids=UNCERTAIN.keys())
def test_another_or_no_certain_order_is_fine(body: str) -> None:
    assert check(CODE, running(body, STEPS.replace("  # !", ""))) == []


def test_a_step_called_inside_another_comes_after_it() -> None:
    steps = """
@runbook.step(name="first", title="First")
async def _a(self):
    await self._b()

@runbook.step(name="second", title="Second")
async def _b(self): ...
"""
    assert check(CODE, running("await self._a()", steps)) == []


def test_helpers_that_call_each_other_come_to_an_end() -> None:
    steps = STEPS + "\nasync def _x(self):\n    await self._y()\n    await self._b()\n"
    steps += "\nasync def _y(self):\n    await self._x()\n    await self._a()\n"
    assert check(CODE, running("await self._x()", steps.replace("  # !", ""))) == []


def test_a_run_of_very_many_calls_has_no_order_that_is_told() -> None:
    helpers = "".join(
        f"\nasync def _h{n}(self):\n" + f"    await self._h{n + 1}()\n" * 3 for n in range(12)
    )
    steps = STEPS.replace("  # !", "") + helpers + "\nasync def _h12(self): ...\n"
    assert check(CODE, running("await self._h0()\nawait self._b()\nawait self._a()", steps)) == []
