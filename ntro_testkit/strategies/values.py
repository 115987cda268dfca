"""Strategies for whatever type pydantic can describe: any legal value, the fake of it first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import reject
from pydantic import TypeAdapter

from ntro_testkit.fakes.checking import verdict
from ntro_testkit.fakes.generation import described
from ntro_testkit.fakes.place import Place, describe
from ntro_testkit.runtime.payloads import PayloadError, decode, encode
from ntro_testkit.strategies.leaves import Drawn
from ntro_testkit.strategies.parts import Parts
from ntro_testkit.strategies.wanted import Wanted


def values(annotation: Any, wanted: Mapping[str, Wanted] | None = None) -> Drawn:
    """Return a strategy for the legal values of a type; its minimal example is the fake.

    `wanted` says what fields of a record shall be, by their names or their aliases. Raises
    `MockUnavailable`, which names the field, when the type has no value or none can be found, and
    `ValueError` when a field accepts nothing of what is wanted of it.
    """
    place = Place(path=describe(annotation), annotation=annotation)
    adapter, schema = described(annotation, place)
    guesses = Parts(place.path, wanted or {}).of(schema, place)
    return guesses.map(lambda guess: _arrived(adapter, annotation, guess))


def _arrived(adapter: TypeAdapter[Any], annotation: Any, guess: Any) -> Any:
    """Return the value a guess becomes, as a workflow that is sent it would read it."""
    answer = verdict(adapter, guess)
    if answer.error is not None:
        reject()
    try:
        return decode(encode(answer.value), annotation)
    except PayloadError:
        # it is written by other names than it is read by; then it is for use in this process only
        return answer.value
