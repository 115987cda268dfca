"""Methods that Python calls on rarer occasions."""

from __future__ import annotations

import enum
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import NamedTuple

import hazard_module
from temporalio import activity, workflow

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return [value, Quiet().value, -Quiet()]


class Quiet:
    """Used by activities alone."""

    @property
    def value(self) -> object:
        return hazard_module.hazard_function()

    def __neg__(self) -> object:
        return hazard_module.hazard_function()


class Setting:
    @property
    def value(self) -> int:
        return 1

    @value.setter
    def value(self, value: int) -> None:
        self.set_at = hazard_module.hazard_function()  # expect: HAZARD

    @value.deleter
    def value(self) -> None:
        self.deleted_at = hazard_module.hazard_function()


class Descriptor:
    def __get__(self, owner: object, kind: type | None = None) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD


class Described:
    value = Descriptor()


class Missing(dict[str, object]):
    def __missing__(self, key: str) -> object:
        return key, hazard_module.hazard_function()  # expect: HAZARD


class Sum:
    def __iadd__(self, other: object) -> Sum:
        self.added = hazard_module.hazard_function()  # expect: HAZARD
        return self

    def __isub__(self, other: object) -> Sum:
        self.removed = hazard_module.hazard_function()
        return self


class Signed:
    def __neg__(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD

    def __abs__(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD

    def __pos__(self) -> object:
        return hazard_module.hazard_function()


class Whole:
    def __int__(self) -> int:
        return int(hazard_module.hazard_function())  # expect: HAZARD

    def __float__(self) -> float:
        return float(hazard_module.hazard_function())


class Backwards:
    def __reversed__(self) -> list[object]:
        return [hazard_module.hazard_function()]  # expect: HAZARD


class Steps:
    def __aiter__(self) -> Steps:
        return self

    async def __anext__(self) -> object:
        raise StopAsyncIteration(hazard_module.hazard_function())  # expect: HAZARD


class Pages:
    async def pages(self) -> AsyncIterator[object]:
        yield hazard_module.hazard_function()  # expect: HAZARD


class Deep:
    class Inner:
        def draw(self) -> object:
            return hazard_module.hazard_function()  # expect: HAZARD/payload

        def never_called(self) -> object:
            return hazard_module.hazard_function()


class Failure(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name, hazard_module.hazard_function())  # expect: HAZARD


class Pair(NamedTuple):
    left: str
    right: str

    @property
    def both(self) -> object:
        return self.left, hazard_module.hazard_function()  # expect: HAZARD/payload


class Colour(enum.Enum):
    RED = "red"

    def shade(self) -> object:
        return self.value, hazard_module.hazard_function()  # expect: HAZARD/payload

    def never_called(self) -> object:
        return hazard_module.hazard_function()


class Chained:
    def first(self) -> Chained:
        return self

    def second(self) -> Chained:
        self.at = hazard_module.hazard_function()  # expect: HAZARD
        return self


class Maker:
    @classmethod
    def make(cls) -> Maker:
        return cls()

    def draw(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD/payload


@workflow.defn
class Rare:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        setting, total = Setting(), Sum()
        setting.value = 3
        total += name
        values = [
            Described().value,
            Missing()[name],
            -Signed(),
            abs(Signed()),
            int(Whole()),
            list(reversed(Backwards())),
            Deep.Inner().draw(),
            Pair(name, name).both,
            Colour.RED.shade(),
            Chained().first().second(),
            Maker.make().draw(),
        ]
        async for step in Steps():
            values.append(step)
        async for page in Pages().pages():
            values.append(page)
        if not name:
            raise Failure(name)
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
