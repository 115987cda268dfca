"""What an expression can mean: plain values that point into the facts of modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Origin = Literal["builtin", "stdlib", "third party"]


@dataclass(frozen=True, slots=True)
class External:
    """Something outside the project, by its qualified name: `time.time`, `pathlib.Path.open`."""

    name: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class ProjectModule:
    """A module of the project."""

    name: str


@dataclass(frozen=True, slots=True)
class ProjectFunction:
    """A function, method or lambda of the project.

    `receiver` is the class through which a method was found; overrides are looked up there.
    """

    module: str
    number: int
    receiver: ProjectClass | None = None


@dataclass(frozen=True, slots=True)
class ProjectClass:
    """A class of the project."""

    module: str
    number: int


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class."""

    of: ProjectClass | External


@dataclass(frozen=True, slots=True)
class Super:
    """`super()` in a method: members of `of` after the class `after`."""

    of: ProjectClass
    after: ProjectClass


@dataclass(frozen=True, slots=True)
class Partial:
    """A callable that calls another: `functools.partial(f, ..)`; `at` is the call that made it."""

    target: Meaning
    module: str
    at: int


@dataclass(frozen=True, slots=True)
class Getter:
    """`operator.attrgetter("name")`, which reads an attribute of what it is called with."""

    attribute: str


@dataclass(frozen=True, slots=True)
class Namespace:
    """`vars(x)`, `x.__dict__` or `globals()`: a subscript of it is an attribute of `of`."""

    of: Meaning


@dataclass(frozen=True, slots=True)
class Written:
    """A value written out in a module; `expression` is its number there."""

    module: str
    expression: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that cannot be told, and why."""

    reason: str


Meaning = (
    External
    | ProjectModule
    | ProjectFunction
    | ProjectClass
    | Instance
    | Super
    | Partial
    | Getter
    | Namespace
    | Written
    | Unknown
)
Meanings = tuple[Meaning, ...]
"""Every meaning an expression can have; more than one when bindings depend on conditions."""
