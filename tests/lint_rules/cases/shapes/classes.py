"""Methods that hold a hazard, and the ways in which Python comes to call them."""

from __future__ import annotations

import abc
import functools
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import hazard_module
from pydantic import BaseModel, Field, computed_field, field_validator, model_validator
from temporalio import activity, workflow

SHORT = timedelta(minutes=5)


@activity.defn
async def book(values: list[object]) -> list[object]:
    return [*values, hazard_module.hazard_function(), OnlyInActivities().draw()]


class OnlyInActivities:
    def __init__(self) -> None:
        self.first = hazard_module.hazard_function()

    def draw(self) -> object:
        return hazard_module.hazard_function()


class Source:
    def draw(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD/payload

    def never_called(self) -> object:
        return hazard_module.hazard_function()

    @property
    def value(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD/payload

    @functools.cached_property
    def remembered(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD/payload

    @staticmethod
    def plain() -> object:
        return hazard_module.hazard_function()  # expect: HAZARD/payload

    @classmethod
    def of_class(cls) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD/payload


class Fixed(Source):
    def draw(self) -> object:
        return 0


class Longer(Source):
    def draw(self) -> object:
        return super().draw(), hazard_module.hazard_function()  # expect: HAZARD/payload


class Overridden:
    def draw(self) -> object:
        return hazard_module.hazard_function()


class Override(Overridden):
    def draw(self) -> object:
        return 0


class Template(abc.ABC):
    @abc.abstractmethod
    def part(self) -> object: ...

    def whole(self) -> object:
        return "whole", self.part()


class Concrete(Template):
    def part(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD/payload


class Constructed:
    def __init__(self) -> None:
        self.value = hazard_module.hazard_function()  # expect: HAZARD


class Created:
    def __new__(cls) -> Created:
        hazard_module.hazard_function()  # expect: HAZARD
        return super().__new__(cls)


class Called:
    def __call__(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD/payload


class Managed:
    def __enter__(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD

    def __exit__(self, *error: object) -> None:
        hazard_module.hazard_function()  # expect: HAZARD


class LaterManaged:
    async def __aenter__(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD

    async def __aexit__(self, *error: object) -> None:
        hazard_module.hazard_function()  # expect: HAZARD


class Looped:
    def __iter__(self) -> Iterator[object]:
        return iter([hazard_module.hazard_function()])  # expect: HAZARD


class Stepped:
    def __iter__(self) -> Stepped:
        return self

    def __next__(self) -> object:
        raise StopIteration(hazard_module.hazard_function())  # expect: HAZARD


class LaterLooped:
    async def __aiter__(self) -> AsyncIterator[object]:
        yield hazard_module.hazard_function()  # expect: HAZARD


class Awaited:
    def __await__(self) -> Generator[None, None, object]:
        yield
        return hazard_module.hazard_function()  # expect: HAZARD


class Shown:
    def __format__(self, spec: str) -> str:
        return str(hazard_module.hazard_function())  # expect: HAZARD


class Spelled:
    def __str__(self) -> str:
        return str(hazard_module.hazard_function())  # expect: HAZARD


class Represented:
    def __repr__(self) -> str:
        return str(hazard_module.hazard_function())  # expect: HAZARD


class Compared:
    def __eq__(self, other: object) -> bool:
        return other == hazard_module.hazard_function()  # expect: HAZARD


class Ordered:
    def __lt__(self, other: object) -> bool:
        return other == hazard_module.hazard_function()  # expect: HAZARD


class Added:
    def __add__(self, other: object) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD

    def __mul__(self, other: object) -> object:
        return hazard_module.hazard_function()


class Sized:
    def __len__(self) -> int:
        return int(hazard_module.hazard_function())  # expect: HAZARD


class Tested:
    def __bool__(self) -> bool:
        return bool(hazard_module.hazard_function())  # expect: HAZARD


class Containing:
    def __contains__(self, item: object) -> bool:
        return item == hazard_module.hazard_function()  # expect: HAZARD


class Indexed:
    def __getitem__(self, key: str) -> object:
        return key, hazard_module.hazard_function()  # expect: HAZARD


class Written:
    def __setitem__(self, key: str, value: object) -> None:
        self.last = hazard_module.hazard_function()  # expect: HAZARD


class Dynamic:
    def __getattr__(self, name: str) -> object:
        return name, hazard_module.hazard_function()  # expect: HAZARD


@dataclass
class Stamped:
    name: str
    made: object = field(default_factory=hazard_module.hazard_function)  # expect: HAZARD
    again: object = field(
        default_factory=lambda: hazard_module.hazard_function(),  # expect: HAZARD
    )

    def __post_init__(self) -> None:
        self.third = hazard_module.hazard_function()  # expect: HAZARD


class Model(BaseModel):
    name: str
    made: object = Field(default_factory=hazard_module.hazard_function)  # expect: HAZARD

    @field_validator("name")
    @classmethod
    def check_name(cls, value: str) -> str:
        return f"{value}{hazard_module.hazard_function()}"  # expect: HAZARD

    @model_validator(mode="after")
    def check_model(self) -> Model:
        self.made = hazard_module.hazard_function()  # expect: HAZARD
        return self

    @computed_field
    @property
    def shown(self) -> str:
        return str(hazard_module.hazard_function())  # expect: HAZARD


class ModelOfActivities(BaseModel):
    made: object = Field(default_factory=hazard_module.hazard_function)

    @field_validator("made")
    @classmethod
    def check_made(cls, value: object) -> object:
        return value or hazard_module.hazard_function()


@activity.defn
async def fetch(name: str) -> ModelOfActivities:
    return ModelOfActivities(made=name)


class Parts:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.drawn: Callable[[], object] = hazard_module.hazard_function


class Base:
    async def inherited(self) -> object:
        return hazard_module.hazard_function()  # expect: HAZARD/payload

    async def template(self) -> object:
        return await self.detail()

    async def detail(self) -> object:
        return hazard_module.hazard_function()


def drawn_by(source: Source) -> object:
    return source.draw()


def drawn_perhaps(source: "Source | None") -> object:
    return source.value if source else None


@workflow.defn
class Methods(Base):
    def __init__(self) -> None:
        self.source = Source()
        self.parts = Parts(self.source)
        self.concrete: Template = Concrete()
        self.called = Called()

    async def detail(self) -> object:
        return "fixed", hazard_module.hazard_function()  # expect: HAZARD/payload

    @workflow.run
    async def run(self, account: str) -> list[object]:
        values = [
            self.source.draw(),
            self.source.value,
            self.source.remembered,
            self.parts.drawn(),  # expect: HAZARD/payload
            self.concrete.whole(),
            self.called(),
            Source.plain(),
            Source.of_class(),
            Fixed().draw(),
            Longer().draw(),
            Override().draw(),
            drawn_by(self.source),
            drawn_perhaps(self.source),
            await self.inherited(),
            await self.template(),
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)


@workflow.defn
class Dunders:
    @workflow.run
    async def run(self, account: str) -> list[object]:
        dynamic, indexed, written = Dynamic(), Indexed(), Written()
        written[account] = account
        values = [
            Constructed().value,
            Created(),
            f"{Shown()}",
            str(Spelled()),
            repr(Represented()),
            Compared() == account,
            Ordered() < account,
            Added() + account,
            len(Sized()),
            bool(Tested()),
            account in Containing(),
            indexed[account],
            dynamic.anything,
            [*Looped()],
            list(Stepped()),
            [item async for item in LaterLooped()],
            await Awaited(),
            Stamped(account),
            Model(name=account),
        ]
        with Managed():
            values.append(account)
        async with LaterManaged():
            values.append(account)
        return await workflow.execute_activity(book, len(values), start_to_close_timeout=SHORT)
