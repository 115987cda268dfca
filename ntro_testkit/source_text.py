"""Values as Python source, laid out as ruff and black lay it out."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from itertools import accumulate
from uuid import UUID
from zoneinfo import ZoneInfo

WIDTH = 88
"""Columns of a line, as black has it unless it is told otherwise."""


class Unprintable(ValueError):  # noqa: N818 - says what is the matter with a value
    """A value that has no source text."""


@dataclass(frozen=True, slots=True)
class Part:
    """One member of an expression in brackets: what stands before it, and itself."""

    before: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Expression:
    """Source text, or something in brackets: `opening`, parts, `closing`."""

    opening: str
    parts: tuple[Part, ...] = ()
    closing: str = ""
    comma: str = ""
    """What follows the only part where it must: `(1,)`."""

    def line(self) -> str:
        """Return it in one line."""
        inner = ", ".join(part.before + part.expression.line() for part in self.parts)
        return f"{self.opening}{inner}{self.comma}{self.closing}"

    def text(self, indent: int = 0, before: int = 0, after: int = 0) -> str:
        """Return it in as few lines as fit, where `before` and `after` columns are taken."""
        line = self.line()
        if not self.parts or indent + before + len(line) + after <= WIDTH:
            return line
        margin = " " * (indent + 4)
        inner = "".join(
            f"{margin}{part.before}{part.expression.text(indent + 4, len(part.before), 1)},\n"
            for part in self.parts
        )
        return f"{self.opening}\n{inner}{' ' * indent}{self.closing}"


@dataclass(slots=True)
class Printer:
    """Turns values into expressions, and notes what they need imported: module -> names."""

    imports: dict[str, set[str]] = field(default_factory=dict)

    def value(self, value: object) -> Expression:
        """Return the expression of a value. Raises `Unprintable`."""
        if type(value) in _PLAIN:
            return Expression(repr(value))
        if type(value) is str:
            return Expression(_quoted(value))
        if type(value) is float:
            return Expression(repr(value) if math.isfinite(value) else f'float("{value}")')
        if isinstance(value, Enum):
            return Expression(f"{self.named(type(value))}.{value.name}")
        if isinstance(value, Mapping):
            pairs = ((self.value(key).line(), item) for key, item in value.items())
            parts = (Part(f"{key}: ", self.value(item)) for key, item in pairs)
            return Expression("{", tuple(parts), "}")
        if isinstance(value, list | tuple | set | frozenset):
            return self._collection(value)
        return self._instance(value)

    def call(self, function: str, arguments: Iterator[tuple[str, object]]) -> Expression:
        """Return a call with these arguments by name. Raises `Unprintable`."""
        parts = (Part(f"{name}=" if name else "", self.value(each)) for name, each in arguments)
        return Expression(f"{function}(", tuple(parts), ")")

    def named(self, kind: type) -> str:
        """Return the name of a class, and import it. Raises `Unprintable` for an inner one."""
        home = _home(kind)
        if home != "builtins":
            self.imports.setdefault(home, set()).add(kind.__name__)
        return kind.__name__

    def _collection(
        self, value: list[object] | tuple[object, ...] | set[object] | frozenset[object]
    ) -> Expression:
        if isinstance(value, list | tuple):
            parts = tuple(Part("", self.value(each)) for each in value)
            if isinstance(value, list):
                return Expression("[", parts, "]")
            return Expression("(", parts, ")", "," if len(parts) == 1 else "")
        if not value:
            return Expression(f"{type(value).__name__}()")
        members = sorted((self.value(each) for each in value), key=Expression.line)
        inner = Expression("{", tuple(Part("", each) for each in members), "}")
        if isinstance(value, set):
            return inner
        return Expression("frozenset(", (Part("", inner),), ")")

    def _instance(self, value: object) -> Expression:
        match value:
            case datetime():
                return self._moment(value)
            case date():
                arguments: list[tuple[str, object]] = [
                    ("", value.year),
                    ("", value.month),
                    ("", value.day),
                ]
            case timedelta():
                arguments = [("seconds", value.total_seconds())]
                if timedelta(seconds=value.total_seconds()) != value:
                    raise Unprintable(f"{value!r} is too long to be written in seconds")
            case Decimal() | UUID():
                arguments = [("", str(value))]
            case type():
                return Expression(self.named(value))
            case BaseException():
                arguments = list(_raised_with(value))
            case _:
                raise Unprintable(f"a `{type(value).__name__}` has no source text")
        return self.call(self.named(type(value)), iter(arguments))

    def _moment(self, value: datetime) -> Expression:
        digits = [value.year, value.month, value.day, value.hour, value.minute]
        digits += [value.second, value.microsecond]
        while len(digits) > 3 and digits[-1] == 0:
            digits.pop()
        parts = [Part("", Expression(str(digit))) for digit in digits]
        if value.tzinfo is UTC:
            self.imports.setdefault("datetime", set()).add("UTC")
            parts.append(Part("tzinfo=", Expression("UTC")))
        elif isinstance(value.tzinfo, ZoneInfo) and value.tzinfo.key:
            zone = self.call(self.named(ZoneInfo), iter([("", value.tzinfo.key)]))
            parts.append(Part("tzinfo=", zone))
        elif value.tzinfo is not None:
            raise Unprintable(f"the time zone {value.tzinfo!r} has no source text")
        return Expression(f"{self.named(datetime)}(", tuple(parts), ")")


_PLAIN = {type(None), bool, int, bytes}


def _home(kind: type) -> str:
    """Return the module an author imports a class from, the outermost that offers it.

    Raises `Unprintable` where there is none; a bundle's own modules have other names in each run.
    """
    packages = accumulate(kind.__module__.split("."), "{}.{}".format)
    # Without temporalio the classes of `ntro.workflow` are the kit's, by another module name.
    for name in ("ntro.workflow", *packages):
        found = getattr(sys.modules.get(name), kind.__qualname__, None)
        if found is kind and not name.startswith("_"):
            return name
    raise Unprintable(f"`{kind.__qualname__}` cannot be imported")


def _raised_with(error: BaseException) -> Iterator[tuple[str, object]]:
    """Yield the arguments an exception was made with. Raises `Unprintable`.

    The SDK's failures keep theirs in attributes, those that are built in keep all of them, and
    nobody knows what an `__init__` of the author's own has made of its arguments.
    """
    init = type(error).__init__
    if init.__qualname__ in _KEEP_IN_ATTRIBUTES:
        yield "", getattr(error, "message", str(error))
        yield from (("", each) for each in getattr(error, "details", ()))
        for name in ("type", "non_retryable", "next_retry_delay", "category"):
            if getattr(error, name, None):
                yield name, getattr(error, name)
    elif hasattr(init, "__objclass__"):
        yield from (("", each) for each in error.__reduce__()[1])
    else:
        raise Unprintable(f"nobody knows what a `{type(error).__name__}` was made with")


_KEEP_IN_ATTRIBUTES = {"ApplicationError.__init__", "WorkflowError.__init__"}


def _quoted(text: str) -> str:
    """Return a string in double quotes, where that needs no more escapes."""
    quoted = repr(text)
    return f'"{quoted[1:-1]}"' if quoted[0] == "'" and '"' not in text else quoted
