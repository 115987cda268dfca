"""Guesses for the types without parts: which function answers for which kind of schema."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from ntro_testkit.fakes import moments, numeric, text
from ntro_testkit.fakes.place import Place, Schema, bare
from ntro_testkit.fakes.plausible import plausible_texts

Guesser = Callable[[Schema, Place], Iterable[Any]]


def anything(schema: Schema, place: Place) -> Iterator[Any]:
    """Yield guesses for a schema that says nothing: None where all is allowed, else plain data."""
    if schema["type"] == "any":
        yield None
    yield from plausible_texts(place.hint)
    yield from (text.CONSTANT, 0, 1, 0.0, True, None, {}, [])


def opaque(schema: Schema, place: Place) -> Iterator[Any]:
    """Yield guesses for a validator that cannot be looked into; the annotation may tell more."""
    annotation = bare(place.annotation)
    constant = _CONSTANTS.get(annotation) if isinstance(annotation, type) else None
    if constant is not None:
        yield from itertools.islice(LEAVES[constant]({"type": constant}, place), 100)
    yield text.CONSTANT
    yield from anything(schema, place)


def instances(schema: Schema, place: Place) -> Iterator[Any]:
    """Yield those plain values that are instances of the class asked for (Hashable, Sized, ...)."""
    for guess in (text.CONSTANT, *anything(schema, place)):
        try:
            fits = isinstance(guess, schema["cls"])
        except TypeError:
            return
        if fits:
            yield guess


def _uuids(schema: Schema, _place: Place) -> Iterator[UUID]:
    version = schema.get("version")
    first = UUID(int=0) if version is None else UUID(f"00000000-0000-{version}000-8000-{0:012d}")
    yield from (UUID(int=first.int + count) for count in range(1000))


def _urls(schema: Schema, _place: Place) -> Iterator[str]:
    schemes = schema.get("allowed_schemes") or ["https"]
    for scheme in sorted(schemes, key=lambda scheme: scheme != "https"):
        yield f"{scheme}://example.com/"
        yield f"{scheme}://example.com/auto-mock"
        yield f"{scheme}://user@example.com:1234/auto-mock"
        yield f"{scheme}:///auto-mock"


LEAVES: dict[str, Guesser] = {
    "any": anything,
    "none": lambda _schema, _place: [None],
    "bool": lambda _schema, _place: [True, False],
    "int": numeric.integers,
    "float": numeric.floats,
    "decimal": numeric.decimals,
    "complex": lambda _schema, _place: [0j, 1j],
    "str": text.texts,
    "bytes": text.byte_strings,
    "date": moments.dates,
    "datetime": moments.datetimes,
    "time": moments.times,
    "timedelta": moments.timedeltas,
    "literal": lambda schema, _place: schema["expected"],
    "enum": lambda schema, _place: schema["members"],
    "uuid": _uuids,
    "url": _urls,
    "multi-host-url": _urls,
    "is-instance": instances,
    "function-plain": opaque,
}

_CONSTANTS: dict[Any, str] = {
    kind: kind.__name__.lower()
    for kind in (str, int, float, bool, bytes, Decimal, date, datetime, time, timedelta, UUID)
}

REFUSED = {
    "callable": "a function cannot travel as data",
    "is-subclass": "a class cannot travel as data",
    "generator": "an iterator can be read only once; declare `list[...]` instead",
}
"""Kinds of schema that have values, but none that can be an input or a result."""

NO_GUESS = {
    "is-instance": "pydantic cannot build this class from data",
    "enum": "the enumeration has no members",
}
"""Why a kind of schema may end up without a single guess."""
