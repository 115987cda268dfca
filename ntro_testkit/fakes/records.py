"""Guesses for models, dataclasses, TypedDicts and NamedTuples; defaults are left alone.

The first guess takes the first guess of every required field. When the record's own validators
refuse it, fields they blame are changed first, then single fields, then pairs.
"""

import copy
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ntro_testkit.fakes.choices import Choices
from ntro_testkit.fakes.fields import Field, fields_of
from ntro_testkit.fakes.place import Place, Schema
from ntro_testkit.fakes.unavailable import MockUnavailable

if TYPE_CHECKING:
    from ntro_testkit.fakes.walk import Walk

_ABSENT = object()
_MOST_CHANGES = 500
_DEEPEST_SINGLE = 200
_DEEPEST_PAIR = 6

Chosen = dict[str, int]
"""Field -> which of its guesses is taken."""


class Record:
    """The guesses of every field of one record, and the ways to combine them."""

    def __init__(self, schema: Schema, place: Place, walk: "Walk") -> None:
        self._schema, self._place, self._checker = schema, place, walk.checker
        self._fields = list(fields_of(schema, place))
        self._choices = {
            field.name: Choices(_field_guesses(field, place, walk)) for field in self._fields
        }

    def guesses(self) -> Iterator[dict[str, Any]]:
        """Yield guesses for the record, as the mapping its validator takes in."""
        # at first every field takes its first guess: what has none is told before any trial
        chosen = dict.fromkeys(self._choices, 0)
        if self._checker.careful:
            chosen = self._settled(chosen)
        yield self._assembled(chosen)
        for changed in itertools.chain(self._single_changes(chosen), self._double_changes(chosen)):
            yield self._assembled(changed)

    def _settled(self, chosen: Chosen) -> Chosen:
        """Take other guesses for the fields that validation blames, until it blames none."""
        for _ in range(_MOST_CHANGES):
            guess = self._assembled(chosen)
            blamed = self._checker.verdict(self._schema, self._place, guess).blamed
            movable = [
                field.name
                for field in self._fields
                if field.alias[0] in blamed
                and self._choices[field.name].has(chosen[field.name] + 1)
            ]
            if not movable:
                break
            chosen = chosen | {name: chosen[name] + 1 for name in movable}
        return chosen

    def _single_changes(self, chosen: Chosen) -> Iterator[Chosen]:
        for depth in range(_DEEPEST_SINGLE):
            for name, choices in self._choices.items():
                if depth != chosen[name] and choices.has(depth):
                    yield chosen | {name: depth}

    def _double_changes(self, chosen: Chosen) -> Iterator[Chosen]:
        for depth in range(1, _DEEPEST_PAIR):
            for one, other in itertools.combinations(self._choices, 2):
                for first, second in itertools.product(range(depth + 1), repeat=2):
                    known = self._choices[one].has(first) and self._choices[other].has(second)
                    if known and max(first, second) == depth:
                        yield chosen | {one: first, other: second}

    def _assembled(self, chosen: Chosen) -> dict[str, Any]:
        record: dict[str, Any] = {}
        for field in self._fields:
            value = self._choices[field.name][chosen[field.name]]
            if value is not _ABSENT:
                try:
                    put(record, field.alias, value)
                except (AttributeError, TypeError):
                    where = self._place.field(field.name, field.annotation)
                    reason = "its alias leads into another field's value"
                    raise where.unavailable(reason) from None
        return record


def _field_guesses(field: Field, record: Place, walk: "Walk") -> Iterator[Any]:
    place = record.field(field.name, field.annotation)
    if field.required:
        yield from walk.guesses(field.schema, place)
        return
    yield _ABSENT
    try:
        yield from walk.guesses(field.schema, place)
    except MockUnavailable:
        return


def put(record: Any, alias: tuple[str | int, ...], value: Any) -> None:
    """Set a value where its alias path looks for it, making the dicts and lists on the way."""
    for step, following in itertools.pairwise((*alias, None)):
        if isinstance(step, int):
            size = step + 1 if step >= 0 else -step
            record.extend(None for _ in range(size - len(record)))
        if following is None:
            record[step] = value
            return
        inside = record[step] if isinstance(step, int) else record.get(step)
        if inside is None:
            inside = [] if isinstance(following, int) else {}
        # a copy: what stands here may be another field's guess, to be tried again elsewhere
        record[step] = copy.copy(inside)
        record = record[step]
