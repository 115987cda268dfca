"""Functions that hold a hazard, and the ways in which they come to be called."""

from __future__ import annotations

import asyncio
import functools
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

import hazard_module
from ntro.workflow import NtroWorkflow, activity, runbook

SHORT = timedelta(minutes=5)


@activity.defn
async def book(values: list[object]) -> list[object]:
    return [*values, hazard_module.hazard_function()]


def helper() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD/payload


def outer_helper() -> object:
    return helper()


def draw_with(source: Callable[[], object] = hazard_module.hazard_function) -> object:
    return source()  # expect: HAZARD/payload


def given(source: Callable[[], object]) -> object:
    return source()


def passed_on() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD


def make() -> Callable[[], object]:
    def made() -> object:
        return hazard_module.hazard_function()  # expect: HAZARD

    return made


def countdown(number: int) -> object:
    if number:
        return countdown(number - 1)
    return hazard_module.hazard_function()  # expect: HAZARD/payload


def traced(function: Callable[[], object]) -> Callable[[], object]:
    @functools.wraps(function)
    def wrapper() -> object:
        hazard_module.hazard_function()  # expect: HAZARD
        return function()

    return wrapper


def labelled(label: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    def decorate(function: Callable[[], object]) -> Callable[[], object]:
        def wrapper() -> object:
            return label, function(), hazard_module.hazard_function()  # expect: HAZARD

        return wrapper

    return decorate


def unused_decorator(function: Callable[[], object]) -> Callable[[], object]:
    def wrapper() -> object:
        return function(), hazard_module.hazard_function()

    return wrapper


@traced
def decorated() -> object:
    return "fixed"


@labelled("fee")
def labelled_function() -> object:
    return "fixed"


@unused_decorator
def decorated_but_never_called() -> object:
    return "fixed"


@functools.lru_cache
def remembered() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD/payload


def numbers() -> Iterator[object]:
    yield 1
    yield hazard_module.hazard_function()  # expect: HAZARD


async def later_numbers() -> AsyncIterator[object]:
    yield 1
    yield hazard_module.hazard_function()  # expect: HAZARD


@contextmanager
def section() -> Iterator[None]:
    hazard_module.hazard_function()  # expect: HAZARD
    yield


@asynccontextmanager
async def later_section() -> AsyncIterator[None]:
    yield
    hazard_module.hazard_function()  # expect: HAZARD


async def soon() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD/payload


async def forked() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD


def of(item: object, salt: int = 0) -> object:
    return item, salt, hazard_module.hazard_function()  # expect: HAZARD


def keeps(item: object) -> bool:
    return item != hazard_module.hazard_function()  # expect: HAZARD


def first_of(items: list[object], wanted: Callable[[object], bool]) -> object:
    return next(item for item in items if wanted(item))


def is_wanted(item: object) -> bool:
    return item == hazard_module.hazard_function()  # expect: HAZARD


def is_plain(item: object) -> bool:
    return item == "plain"


async def each(items: list[object], function: Callable[[object], Awaitable[object]]) -> None:
    for item in items:
        await function(item)


async def handle(item: object) -> object:
    return item, hazard_module.hazard_function()  # expect: HAZARD


async def send(values: list[object]) -> object:
    return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


@runbook.defn
class Functions(NtroWorkflow):
    @runbook.run
    async def run(self, items: list[object]) -> list[object]:
        values = [
            outer_helper(),
            draw_with(),
            draw_with(lambda: 0),
            given(passed_on),
            make()(),
            countdown(3),
            decorated(),
            labelled_function(),
            remembered(),
            list(numbers()),
            [number async for number in later_numbers()],
            await soon(),
            first_of(items, is_wanted),
            first_of(items, is_plain),
        ]
        await each(items, handle)
        return values

    @runbook.step(name="managers", title="Managers")
    async def managers(self, items: list[object]) -> None:
        with section():
            await send(items)
        async with later_section():
            await send(items)

    @runbook.step(name="tasks", title="Tasks")
    async def tasks(self, items: list[object]) -> None:
        task = asyncio.create_task(forked())
        await asyncio.gather(task, send(items))
        await self.run_step("fork", forked)
        await runbook.wait_condition(
            lambda: bool(hazard_module.hazard_function())  # expect: HAZARD/sequence
        )

    @runbook.step(name="iterations", title="Iterations")
    async def iterations(self, items: list[object]) -> None:
        await send(list(map(of, items)))
        await send(list(filter(keeps, items)))
        await send(sorted(items, key=of))
        await send([max(items, key=of)])
        await send([functools.reduce(of, items)])
        await send(list(itertools.starmap(of, [items])))
        items.sort(key=lambda item: hazard_module.hazard_function())  # expect: HAZARD
        await send([functools.partial(of, salt=1)(items[0])])
        await send([functools.partial(hazard_module.hazard_function)()])  # expect: HAZARD

    @runbook.step(name="nested", title="Nested")
    async def nested(self, items: list[object]) -> None:
        source = hazard_module.hazard_function

        def closure() -> object:
            return source()  # expect: HAZARD/payload

        def with_default(
            value: object = hazard_module.hazard_function(),  # expect: HAZARD
        ) -> object:
            return value

        def never_called() -> object:
            return hazard_module.hazard_function()

        draw = lambda: hazard_module.hazard_function()  # expect: HAZARD/payload
        bound = functools.partial(of, items)
        values = [closure(), with_default(), draw(), bound()]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


def called_by_nobody() -> object:
    return hazard_module.hazard_function()


async def called_by_an_activity() -> object:
    return hazard_module.hazard_function()


@activity.defn
async def collect(count: int) -> list[object]:
    values = [await called_by_an_activity() for _ in range(count)]
    return sorted(values, key=lambda value: (value, hazard_module.hazard_function()))


if __name__ == "__main__":
    hazard_module.hazard_function()
