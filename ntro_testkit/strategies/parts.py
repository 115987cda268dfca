"""Strategies for the parts of a type: the walk of `ntro_testkit.fakes`, with draws for guesses.

Each part is checked by its own validator. What that refuses is drawn anew, then mended, and at last
replaced by a guess of `fakes` that it takes: no example is thrown away, and a minimal one differs
from the fake only where it must.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from pydantic_core import to_json

from ntro_testkit.fakes.checking import Checker
from ntro_testkit.fakes.fields import Field, fields_of, is_record
from ntro_testkit.fakes.place import Place, Schema
from ntro_testkit.fakes.records import put
from ntro_testkit.fakes.unavailable import MockUnavailable
from ntro_testkit.fakes.walk import Walk
from ntro_testkit.strategies.leaves import LEAVES, Drawn, json_values
from ntro_testkit.strategies.settling import Judge, legal, settled
from ntro_testkit.strategies.wanted import Wanted

_KNOWN = 6
"""How many guesses of `fakes` stand beside what is drawn; the plausible ones are the first."""
_MOST_TRIED = 200
_MORE = 4
"""How many elements a container may have beyond the fewest it must have."""
_ABSENT = object()

ANY: Schema = {"type": "any"}


class Parts:
    """The strategies of one type, called `top` in messages, whose fields may be wanted so or so."""

    def __init__(self, top: str, wanted: Mapping[str, Wanted]) -> None:
        self._top = top
        self._wanted = wanted
        self._settings: list[tuple[Field, Any]] = []
        self._named: dict[str, Drawn] = {}
        self._checker = Checker(careful=True, most_checks=math.inf)

    def of(self, schema: Schema, place: Place) -> Drawn:
        """Return a strategy for what the schema's validator takes.

        Raises `MockUnavailable` where not even `fakes` has a guess.
        """
        kind = schema["type"]
        match kind:
            case "definitions":
                self._checker.definitions |= {
                    definition["ref"]: definition for definition in schema["definitions"]
                }
                return self.of(schema["schema"], place)
            case "definition-ref":
                return self._definition(schema["schema_ref"], place)
            case "lax-or-strict":
                return self.of(schema["lax_schema"], place)
            case "json-or-python":
                return self.of(schema["json_schema"], place)
            case "function-after" | "function-before" | "function-wrap" | "default":
                inner = self.of(schema["schema"], place)
                return inner if kind == "default" else self._legal(schema, place, inner)
        if is_record(schema):
            inside = _configured(schema, place)
            # the fields come first: the judge asks what is wanted of them
            record = self._record(schema, inside)
            return settled(record, self._judge(schema, inside))
        if kind == "model":
            return self.of(schema["schema"], _configured(schema, place))
        return self._legal(schema, place, self._drawn(kind, schema, place))

    def _drawn(self, kind: str, schema: Schema, place: Place) -> Drawn | None:
        """Return draws for a kind of schema that its validator has yet to see, if it has any."""
        match kind:
            case "nullable":
                return self._one_of([schema["schema"]], place) | st.none()
            case "union":
                members = [
                    choice[0] if isinstance(choice, tuple) else choice
                    for choice in schema["choices"]
                ]
                return self._one_of(members, place)
            case "tagged-union":
                return self._tagged(schema, place)
            case "list" | "set" | "frozenset" | "deque":
                return self._list(schema, place)
            case "tuple":
                return self._tuple(schema, place)
            case "dict" | "ordered-dict" | "counter" | "defaultdict":
                return self._dict(schema, place)
            case "json":
                inner = self.of(schema.get("schema") or ANY, place)
                return inner.map(lambda guess: to_json(guess).decode())
            case "chain":
                return self.of(schema["steps"][0], place)
            case _ if kind in LEAVES:
                return LEAVES[kind](schema)
            case _ if isinstance(schema.get("schema"), dict):
                return self.of(schema["schema"], place)
            case _:
                return None

    def _legal(self, schema: Schema, place: Place, drawn: Drawn | None) -> Drawn:
        return legal(drawn, self._judge(schema, place))

    def _judge(self, schema: Schema, place: Place) -> Judge:
        def verdict(guess: Any) -> Any:
            return self._checker.verdict(schema, place, guess)

        guesses = self._guesses(schema, place)
        if self._settings and place.path == self._top:
            guesses = map(self._as_wanted, guesses)
            guesses = (guess for guess in guesses if verdict(guess).error is None)
        known = list(itertools.islice(guesses, _KNOWN))
        if not known:
            raise ValueError(f"`{self._top}` accepts no input that is as its fields shall be")
        return Judge(known, verdict)

    def _guesses(self, schema: Schema, place: Place) -> Iterator[Any]:
        """Yield what `fakes` guesses for a part, a limited number."""
        checker = Checker(careful=True, definitions=dict(self._checker.definitions))
        return itertools.islice(Walk(checker).guesses(schema, place), _MOST_TRIED)

    # -- names and choices -----------------------------------------------------------------

    def _definition(self, name: str, place: Place) -> Drawn:
        if name not in self._named:
            # meanwhile, for a type that contains itself
            self._named[name] = st.deferred(lambda: self._named[name])
            self._named[name] = self.of(self._checker.definitions[name], place)
        return self._named[name]

    def _one_of(self, members: list[Schema], place: Place) -> Drawn:
        return st.one_of([each for each in self._members(members, place) if each is not None])

    def _members(self, members: list[Schema], place: Place) -> list[Drawn | None]:
        """Return a strategy for each of several schemas, None for one without a value."""
        found: list[Drawn | None] = []
        for index, member in enumerate(members):
            try:
                found.append(self.of(member, place.member(index, len(members))))
            except MockUnavailable:
                found.append(None)
        return found

    def _tagged(self, schema: Schema, place: Place) -> Drawn:
        discriminator = schema["discriminator"]
        if isinstance(discriminator, list):
            path = discriminator[0] if isinstance(discriminator[0], list) else discriminator
            discriminator = path[0] if len(path) == 1 else None
        tags = schema["choices"]
        found = self._members(list(tags.values()), place)
        return st.one_of(
            [
                member.map(_tagger(discriminator, tag))
                for tag, member in zip(tags, found, strict=True)
                if member is not None
            ]
        )

    # -- containers ------------------------------------------------------------------------

    def _list(self, schema: Schema, place: Place) -> Drawn:
        items = self._element(schema.get("items_schema") or ANY, place)
        shortest, longest = _sizes(schema)
        unique = repr if schema["type"] in {"set", "frozenset"} else None
        return st.lists(items, min_size=shortest, max_size=longest, unique_by=unique)

    def _tuple(self, schema: Schema, place: Place) -> Drawn:
        items = list(schema["items_schema"])
        repeated = schema.get("variadic_item_index")
        single = [st.tuples(self._element(item, place, index)) for index, item in enumerate(items)]
        if repeated is not None:
            fixed = len(items) - 1
            shortest, longest = _sizes(schema)
            many = st.lists(
                self._element(items[repeated], place),
                min_size=max(0, shortest - fixed),
                max_size=max(0, longest - fixed),
            )
            single[repeated] = many.map(tuple)
        return st.tuples(*single).map(lambda parts: tuple(itertools.chain(*parts)))

    def _dict(self, schema: Schema, place: Place) -> Drawn:
        keys = self._element(schema.get("keys_schema") or {"type": "str"}, place)
        values = self._element(schema.get("values_schema") or ANY, place, 1)
        shortest, longest = _sizes(schema)
        return st.dictionaries(keys, values, min_size=shortest, max_size=longest)

    def _element(self, schema: Schema, place: Place, index: int = 0) -> Drawn:
        if schema["type"] == "any":
            return json_values()
        return self.of(schema, place.element(index))

    # -- records ---------------------------------------------------------------------------

    def _record(self, schema: Schema, place: Place) -> Drawn:
        fields = list(fields_of(schema, place))
        drawn = {field.name: self._field(field, place) for field in fields}
        return st.fixed_dictionaries(drawn).map(lambda record: _assembled(fields, record))

    def _field(self, field: Field, record: Place) -> Drawn:
        place = record.field(field.name, field.annotation)
        wanted = self._wanted_of(field) if record.path == self._top else None
        if wanted is not None:
            return self._wanted_field(field, place, wanted)
        if field.required:
            return self.of(field.schema, place)
        try:
            return st.just(_ABSENT) | self.of(field.schema, place)
        except MockUnavailable:
            return st.just(_ABSENT)

    def _wanted_of(self, field: Field) -> Wanted | None:
        return self._wanted.get(field.name) or self._wanted.get(str(field.alias[0]))

    def _wanted_field(self, field: Field, place: Place, wanted: Wanted) -> Drawn:
        """Return a strategy for a field of the outermost record that somebody wants to be so."""

        def verdict(guess: Any) -> Any:
            return self._checker.verdict(field.schema, place, guess)

        candidates = itertools.chain(self._guesses(field.schema, place), wanted.known)
        fitting = (
            guess for guess in candidates if wanted.allows(guess) and verdict(guess).error is None
        )
        known = list(itertools.islice(fitting, _KNOWN))
        if not known:
            raise ValueError(f"{wanted.who} allows no value that `{place}` accepts")
        drawn = legal(wanted.filtered, Judge(known, verdict))
        if not field.required and wanted.allows(field.schema.get("default")):
            return st.just(_ABSENT) | drawn
        self._settings.append((field, known[0]))
        return drawn

    def _as_wanted(self, guess: Any) -> Any:
        """Return a guess for the outermost record with its fields as they are wanted."""
        if not isinstance(guess, dict):
            return guess
        changed = dict(guess)
        for field, value in self._settings:
            put(changed, field.alias, value)
        return changed


def _assembled(fields: list[Field], record: Mapping[str, Any]) -> dict[str, Any]:
    assembled: dict[str, Any] = {}
    for field in fields:
        if record[field.name] is not _ABSENT:
            put(assembled, field.alias, record[field.name])
    return assembled


def _configured(schema: Schema, place: Place) -> Place:
    config = schema.get("config")
    return replace(place, config=config) if config else place


def _sizes(schema: Schema) -> tuple[int, int]:
    shortest = schema.get("min_length") or 0
    longest = schema.get("max_length")
    most = shortest + _MORE
    return shortest, most if longest is None else min(longest, most)


def _tagger(discriminator: Any, tag: Any) -> Callable[[Any], Any]:
    """Return what adds the tag that a default would supply: a union looks for it before that."""

    def tagged(guess: Any) -> Any:
        if isinstance(guess, dict) and isinstance(discriminator, str):
            return {discriminator: tag, **guess}
        return guess

    return tagged
