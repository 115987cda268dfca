"""Callables that are kept, listed, bound or handed over before somebody calls them."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import operator
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta

import hazard_module
from ntro.workflow import NtroWorkflow, activity, runbook

SHORT = timedelta(minutes=5)


@activity.defn
async def book(values: list[object]) -> list[object]:
    values.sort(key=of_activities)
    return list(map(of_activities, values))


def of_activities(item: object) -> object:
    return item, hazard_module.hazard_function()


def in_a_loop() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD


def in_a_table() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD


def in_an_unused_table() -> object:
    return hazard_module.hazard_function()


def until_none() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD


def when_done(task: asyncio.Task[object]) -> None:
    hazard_module.hazard_function()  # expect: HAZARD


def soon() -> None:
    hazard_module.hazard_function()  # expect: HAZARD


def is_due() -> bool:
    return bool(hazard_module.hazard_function())  # expect: HAZARD/sequence


def is_later(limit: int) -> bool:
    return limit == hazard_module.hazard_function()  # expect: HAZARD/sequence


def on_exit() -> None:
    hazard_module.hazard_function()  # expect: HAZARD


@contextlib.contextmanager
def entered() -> Iterator[None]:
    hazard_module.hazard_function()  # expect: HAZARD
    yield


def parts() -> Iterator[object]:
    yield hazard_module.hazard_function()  # expect: HAZARD


def whole() -> Iterator[object]:
    yield "first"
    yield from parts()


@functools.singledispatch
def shown(value: object) -> object:
    return value, hazard_module.hazard_function()  # expect: HAZARD


class Button:
    """Keeps what is to be called."""

    def __init__(self, press: Callable[[], object]) -> None:
        self.press = press
        self.hooks: list[Callable[[], object]] = []

    def pressed(self) -> object:
        return self.press()


class Toolbox:
    """Takes functions in as methods and attributes."""

    draw = staticmethod(hazard_module.hazard_function)
    fixed = staticmethod(str)

    def __init__(self) -> None:
        self.kept = hazard_module.hazard_function
        self.bound = self.named

    def named(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD


def pressed() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD


def spread(*functions: Callable[[], object], last: Callable[[], object]) -> list[object]:
    return [*(function() for function in functions), last()]


def spread_first() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD


def spread_last() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD


async def later() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD


async def inline(name: str) -> object:
    return name, hazard_module.hazard_function()  # expect: HAZARD


TABLE = {"draw": in_a_table}
UNUSED_TABLE = {"draw": in_an_unused_table}


@runbook.defn
class Callbacks(NtroWorkflow):
    @runbook.run
    async def run(self, items: list[object]) -> list[object]:
        tools = Toolbox()
        values = [
            [function() for function in (in_a_loop, str)],
            TABLE["draw"](),
            list(iter(until_none, None)),
            list(whole()),
            shown(items),
            Button(pressed).pressed(),
            tools.draw(),  # expect: HAZARD/payload
            tools.fixed(),
            tools.kept(),  # expect: HAZARD/payload
            tools.bound(),
            Toolbox.draw(),  # expect: HAZARD/payload
            operator.methodcaller("named")(tools),
            spread(spread_first, last=spread_last),
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="waits", title="Waits")
    async def waits(self, items: list[object]) -> None:
        await runbook.wait_condition(is_due)
        await runbook.wait_condition(functools.partial(is_later, 3))
        await self.await_signal_with_action(
            predicate=lambda: hazard_module.hazard_function() == 3,  # expect: HAZARD/sequence
            action={"kind": "submit_file", "args": {}},
            display_hint={"component": "LOADING"},
        )

    @runbook.step(name="loop", title="The loop")
    async def on_the_loop(self, items: list[object]) -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(soon)
        task = asyncio.ensure_future(later())
        task.add_done_callback(when_done)
        await asyncio.wait_for(task, timeout=5)
        await self.run_step("inline", inline, "name")
        await self.run_step("lambda", lambda: inline("name"))

    @runbook.step(name="stacks", title="Stacks")
    async def stacks(self, items: list[object]) -> None:
        with contextlib.ExitStack() as stack:
            stack.enter_context(entered())
            stack.callback(on_exit)
        await runbook.execute_activity(book, items, start_to_close_timeout=SHORT)

    @runbook.step(name="kept", title="Kept, never called")
    async def kept(self, items: list[object]) -> None:
        work: list[Awaitable[object]] = []
        names = [in_an_unused_table.__name__, len(UNUSED_TABLE), len(work)]
        await runbook.execute_activity(book, names, start_to_close_timeout=SHORT)
