"""Sleeping and waiting: timers and lists where an `await` can stand."""

from __future__ import annotations

import pytest

from tests.lint_rules.fixes.marked import fixed, refusal

SLEEPS = {
    "a statement": ("«time-sleep|time.sleep(1)»", "await asyncio.sleep(1)"),
    "an attribute of it": ("«time-sleep|time.sleep(1)».x", "(await asyncio.sleep(1)).x"),
    "called": ("«time-sleep|time.sleep(1)»()", "(await asyncio.sleep(1))()"),
    "subscripted": ("«time-sleep|time.sleep(1)»[0]", "(await asyncio.sleep(1))[0]"),
    "an index": ("x[«time-sleep|time.sleep(1)»]", "x[await asyncio.sleep(1)]"),
    "awaited": ("await «time-sleep|time.sleep(1)»", "await (await asyncio.sleep(1))"),
    "an operand": ("-«time-sleep|time.sleep(1)» ** 2", "-await asyncio.sleep(1) ** 2"),
    "an argument": ("g(«time-sleep|time.sleep(1)»)", "g(await asyncio.sleep(1))"),
    "parentheses": ("«time-sleep|(time.sleep)((1))»", "await (asyncio.sleep)((1))"),
    "over lines": (
        "«time-sleep|time.sleep(  # why\n    x,\n  )»",
        "await asyncio.sleep(  # why\n    x,\n  )",
    ),
    "one inside another": (
        "«time-sleep|time.sleep(«time-sleep|time.sleep(1)»)»",
        "await asyncio.sleep(await asyncio.sleep(1))",
    ),
    "the first iterable of a comprehension": (
        "[y for y in «time-sleep|time.sleep(1)»]",
        "[y for y in await asyncio.sleep(1)]",
    ),
    "a default of an inner function": (
        "def g(y=«time-sleep|time.sleep(1)»): pass",
        "def g(y=await asyncio.sleep(1)): pass",
    ),
}


@pytest.mark.parametrize(("before", "after"), SLEEPS.values(), ids=SLEEPS)
def test_a_sleep_becomes_a_timer(before: str, after: str) -> None:
    marked = f"import time\nasync def f(x):\n  {before}\n"
    assert fixed(marked) == f"import asyncio\nasync def f(x):\n  {after}\n"


def test_a_sleep_by_its_name_uses_what_is_imported() -> None:
    before = "from asyncio import sleep as pause\nfrom time import sleep\n"
    body = "async def f():\n  «time-sleep|sleep(1)»\n"
    after = "from asyncio import sleep as pause\nasync def f():\n  await pause(1)\n"
    assert fixed(before + body) == after


NO_SLEEPS = {
    "a plain function": (
        "def f():\n  «time-sleep|time.sleep(1)»",
        "the function around is not async",
    ),
    "a plain function in an async one": (
        "async def f():\n  def g():\n    «time-sleep|time.sleep(1)»",
        "the function around is not async",
    ),
    "a lambda": (
        "async def f():\n  g = lambda: «time-sleep|time.sleep(1)»",
        "`await` cannot stand in a lambda",
    ),
    "a comprehension": (
        "async def f(y):\n  [«time-sleep|time.sleep(1)» for x in y]",
        "`await` cannot stand in a comprehension",
    ),
    "a class": (
        "async def f():\n  class C:\n    x = «time-sleep|time.sleep(1)»",
        "`await` cannot stand in a class",
    ),
    "the module": ("«time-sleep|time.sleep(1)»", "`await` cannot stand in a module"),
    "no argument": (
        "async def f():\n  «time-sleep|time.sleep()»",
        "it does not say how long",
    ),
    "starred": (
        "async def f(x):\n  «time-sleep|time.sleep(*x)»",
        "it passes arguments with `*`",
    ),
}


@pytest.mark.parametrize(("before", "reason"), NO_SLEEPS.values(), ids=NO_SLEEPS)
def test_a_sleep_that_cannot_be_awaited_is_left(before: str, reason: str) -> None:
    assert refusal(f"import time\n{before}\n") == reason


WAITS = {
    "a name": ("asyncio.wait(tasks)", "asyncio.gather(*tasks, return_exceptions=True)"),
    "parentheses": ("asyncio.wait((tasks))", "asyncio.gather(*(tasks), return_exceptions=True)"),
    "a comma": ("asyncio.wait(tasks,)", "asyncio.gather(*tasks, return_exceptions=True)"),
    "a choice": (
        "asyncio.wait(a if b else c)",
        "asyncio.gather(*a if b else c, return_exceptions=True)",
    ),
    "over lines": (
        "asyncio.wait(\n    [a, b],  # both\n  )",
        "asyncio.gather(\n    *[a, b],  # both\n    return_exceptions=True,\n  )",
    ),
    "over lines, without a comma": (
        "asyncio.wait(\n    [a, b]  # both\n  )",
        "asyncio.gather(\n    *[a, b], return_exceptions=True  # both\n  )",
    ),
}


@pytest.mark.parametrize(("before", "after"), WAITS.values(), ids=WAITS)
def test_a_wait_whose_result_nobody_reads_gathers(before: str, after: str) -> None:
    marked = f"import asyncio\nasync def f():\n  await «asyncio-wait|{before}»\n"
    assert fixed(marked) == f"import asyncio\nasync def f():\n  await {after}\n"


NO_WAITS = {
    "its result is read": (
        "done, _ = await «asyncio-wait|asyncio.wait(x)»",
        "its result is used, and ntro has no `wait` that returns lists",
    ),
    "not awaited here": (
        "g(«asyncio-wait|asyncio.wait(x)»)",
        "its result is used, and ntro has no `wait` that returns lists",
    ),
    "a time-out": (
        "await «asyncio-wait|asyncio.wait(x, timeout=1)»",
        "the argument `timeout` cannot be carried over",
    ),
    "a generator": (
        "await «asyncio-wait|asyncio.wait(y for y in x)»",
        "what it waits for cannot be unpacked as it is written",
    ),
    "a walrus": (
        "await «asyncio-wait|asyncio.wait(y := x)»",
        "what it waits for cannot be unpacked as it is written",
    ),
    "as_completed": (
        "for y in «asyncio-as-completed|asyncio.as_completed(x)»: await y",
        "ntro has no `as_completed`",
    ),
}


@pytest.mark.parametrize(("before", "reason"), NO_WAITS.values(), ids=NO_WAITS)
def test_a_wait_that_ntro_cannot_do_is_left(before: str, reason: str) -> None:
    assert refusal(f"import asyncio\nasync def f(x):\n  {before}\n") == reason


def test_temporalio_has_waits_of_its_own() -> None:
    before = """\
        import asyncio

        from temporalio import workflow


        async def f(x):
            done, rest = await «asyncio-wait|asyncio.wait(x, timeout=1)»
            for y in «asyncio-as-completed|asyncio.as_completed(rest)»:
                await y
    """
    after = """\
from temporalio import workflow


async def f(x):
    done, rest = await workflow.wait(x, timeout=1)
    for y in workflow.as_completed(rest):
        await y
"""
    assert fixed(before, "temporalio").rstrip(" ") == after


def test_tasks_cannot_be_iterated_asynchronously_in_temporalio() -> None:
    before = (
        "import asyncio\nasync def f(x):\n"
        "  async for y in «asyncio-as-completed|asyncio.as_completed(x)»: await y\n"
    )
    reason = "`workflow.as_completed` cannot be iterated with `async for`"
    assert refusal(before, "temporalio") == reason
