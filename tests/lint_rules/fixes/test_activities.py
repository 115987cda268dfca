"""A direct call of an activity becomes a call through the facade."""

from __future__ import annotations

import pytest

from tests.lint_rules.fixes.marked import fixed, refusal

HEAD = (
    "from datetime import timedelta\nfrom ntro.workflow import runbook\n"
    "from .activities import act\n"
)
TIMEOUT = "start_to_close_timeout=timedelta(minutes=5)"

GOOD = {
    "one argument": ("act(x)", f"runbook.execute_activity(act, x, {TIMEOUT})"),
    "no argument": ("act()", f"runbook.execute_activity(act, {TIMEOUT})"),
    "a comma": ("act(x,)", f"runbook.execute_activity(act, x, {TIMEOUT})"),
    "parentheses": ("(act)((x))", f"runbook.execute_activity((act), (x), {TIMEOUT})"),
    "over lines": (
        "act(\n    x,\n  )",
        f"runbook.execute_activity(\n    act,\n    x,\n    {TIMEOUT},\n  )",
    ),
    "over lines, without a comma": (
        "act(\n    x\n  )",
        f"runbook.execute_activity(\n    act,\n    x, {TIMEOUT}\n  )",
    ),
    "a comment first": (
        "act(  # why\n    x,\n  )",
        f"runbook.execute_activity(act,   # why\n    x,\n    {TIMEOUT},\n  )",
    ),
    "a call inside": (
        "act(Input(\n    x=x,\n  ))",
        f"runbook.execute_activity(act, Input(\n    x=x,\n  ), {TIMEOUT})",
    ),
}


@pytest.mark.parametrize(("before", "after"), GOOD.values(), ids=GOOD)
def test_an_awaited_activity_is_executed(before: str, after: str) -> None:
    marked = f"{HEAD}async def f(x):\n  return await «execute-activity|{before}»\n"
    assert fixed(marked) == f"{HEAD}async def f(x):\n  return await {after}\n"


def test_an_activity_given_to_asyncio_is_executed() -> None:
    marked = f"{HEAD}async def f(x):\n  await asyncio.gather(«execute-activity|act(x)»)\n"
    expected = f"  await asyncio.gather(runbook.execute_activity(act, x, {TIMEOUT}))\n"
    assert fixed(marked).endswith(expected)


def test_an_activity_by_its_module_is_executed() -> None:
    marked = (
        "from . import activities\nasync def f(x):\n  await «execute-activity|activities.act(x)»\n"
    )
    expected = f"  await runbook.execute_activity(activities.act, x, {TIMEOUT})\n"
    assert fixed(marked).endswith(expected)


SEVERAL = {
    "on one line": ("act(x, y)", f"workflow.execute_activity(act, args=[x, y], {TIMEOUT})"),
    "a comma": ("act(x, y,)", f"workflow.execute_activity(act, args=[x, y, ], {TIMEOUT})"),
    "over lines": (
        "act(\n    x,\n    y,\n  )",
        "workflow.execute_activity(\n    act,\n    args=[\n    x,\n    y,\n    ],\n"
        f"    {TIMEOUT},\n  )",
    ),
    "one": ("act(x)", f"workflow.execute_activity(act, x, {TIMEOUT})"),
}


@pytest.mark.parametrize(("before", "after"), SEVERAL.values(), ids=SEVERAL)
def test_temporalio_takes_several_arguments_as_a_list(before: str, after: str) -> None:
    marked = f"from acts import act\nasync def f(x, y):\n  await «execute-activity|{before}»\n"
    assert fixed(marked, "temporalio").endswith(f"async def f(x, y):\n  await {after}\n")


BAD = {
    "two arguments": (
        "await «execute-activity|act(x, x)»",
        "it has more arguments than the fix can carry over",
    ),
    "keywords": (
        "await «execute-activity|act(x=x)»",
        "the argument `x` cannot be carried over",
    ),
    "not awaited": (
        "y = «execute-activity|act(x)»",
        "it is not awaited on the spot",
    ),
    "a method of a new object": (
        "await «execute-activity|Acts().act(x)»",
        "the activity is not called by its name",
    ),
    "a method of an object": (
        "await «execute-activity|x.act(x)»",
        "the activity is neither imported nor a function of the module",
    ),
    "a name with another value": (
        "await «execute-activity|x(1)»",
        "the activity is neither imported nor a function of the module",
    ),
    "a generator": (
        "await «execute-activity|act(y for y in x)»",
        "it is given a generator without parentheses of its own",
    ),
}


@pytest.mark.parametrize(("before", "reason"), BAD.values(), ids=BAD)
def test_what_cannot_be_passed_on_is_left(before: str, reason: str) -> None:
    assert refusal(f"{HEAD}async def f(x):\n  {before}\n") == reason
