"""Where in a type the generator is: for the path in errors, and for field names as hints."""

import re
import typing
from collections import deque
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from ntro_testkit.fakes.unavailable import EndlessTypeError, MockUnavailable

Schema = Mapping[str, Any]
"""A node of pydantic's core schema: what the validator checks, with every annotation resolved."""

_CONTAINERS = (list, tuple, set, frozenset, deque, Sequence, Set)
WAY_OUT = "give a value: mocks={...} for an activity or child, --input for a run"


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a type, from the annotation asked for down to one field or element."""

    path: str
    annotation: Any
    hint: str = ""
    config: Schema | None = None
    enclosing: frozenset[str] = frozenset()
    """The named types being built around this place: meeting one again is recursion."""

    def field(self, name: str, annotation: Any) -> "Place":
        """Step into a field of a record."""
        return replace(self, path=f"{self.path}.{name}", annotation=annotation, hint=name)

    def element(self, index: int = 0, label: str = "[]") -> "Place":
        """Step into an element; `index` says which argument of the annotation describes it."""
        arguments = typing.get_args(_opened(self.annotation))
        annotation = arguments[index] if index < len(arguments) else None
        return replace(self, path=self.path + label, annotation=annotation)

    def member(self, index: int, count: int) -> "Place":
        """Step into one member of a union of `count` members (None not counted)."""
        members = [
            argument
            for argument in typing.get_args(_opened(self.annotation))
            if argument is not type(None)
        ]
        # pydantic flattens nested unions; then the annotation as a whole is the honest answer
        return replace(self, annotation=members[index]) if len(members) == count else self

    def is_bare_container(self) -> bool:
        """Tell whether the annotation is a `list`, `set` or the like that names no element type."""
        annotation = _opened(self.annotation)
        origin = typing.get_origin(annotation) or annotation
        return origin in _CONTAINERS and not typing.get_args(annotation)

    def inside(self, name: str) -> "Place":
        """Step into a named type, or raise where that is one this place is already inside of."""
        if name in self.enclosing:
            reason = "the type requires itself, so no finite value exists"
            raise EndlessTypeError(f"no fake for `{self}`: {reason}; {WAY_OUT}")
        return replace(self, enclosing=self.enclosing | {name})

    def unavailable(self, reason: str) -> MockUnavailable:
        """Build the error for this place."""
        return MockUnavailable(f"no fake for `{self}`: {reason}; {WAY_OUT}")

    def __str__(self) -> str:
        described = describe(self.annotation) if self.annotation is not None else ""
        return self.path if described in {"", self.path} else f"{self.path}: {described}"


def describe(annotation: Any) -> str:
    """Write an annotation the way its author did, without module names."""
    annotation = bare(annotation)
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return annotation.__name__
    try:
        text = repr(annotation)
    except RecursionError:
        text = type(annotation).__name__
    text = re.sub(r"ForwardRef\('([^']*)'[^)]*\)", r"\1", text)
    return re.sub(r"\b(?:[A-Za-z_]\w*\.)+(?=\w)", "", text)


def bare(annotation: Any) -> Any:
    """Return an annotation without its `Annotated`."""
    while typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    return annotation


def _opened(annotation: Any) -> Any:
    """Return what an annotation stands for, below `Annotated`, aliases and NewTypes."""
    while True:
        annotation = bare(annotation)
        for attribute in ("__value__", "__supertype__"):
            if hasattr(annotation, attribute):
                annotation = getattr(annotation, attribute)
                break
        else:
            return annotation
