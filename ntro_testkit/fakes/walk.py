"""The walk over pydantic's core schema: every node gets a lazy list of guesses, likeliest first.

The core schema is what the validator runs, so constraints, aliases, generics, forward references
and discriminators arrive here already resolved, whichever way an author spelled them.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from ntro_testkit.fakes.checking import Checker
from ntro_testkit.fakes.choices import interleaved
from ntro_testkit.fakes.containers import dicts, lists, tuples
from ntro_testkit.fakes.fields import is_record
from ntro_testkit.fakes.leaves import LEAVES, NO_GUESS, REFUSED, anything, opaque
from ntro_testkit.fakes.place import Place, Schema
from ntro_testkit.fakes.records import Record

_MOST_NODES = 20_000
_HEAVY = 2000


@dataclass(slots=True)
class Walk:
    """One walk over one type, with the values of named types that it has already made."""

    checker: Checker
    _made: dict[str, Any] = field(default_factory=dict)
    _weights: dict[str, int] = field(default_factory=dict)
    _weighed: dict[int, int] = field(default_factory=dict)
    _nodes: int = 0

    def guesses(self, schema: Schema, place: Place) -> Iterator[Any]:
        """Yield guesses for a schema: at least one, or `MockUnavailable` is raised."""
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise place.unavailable("the type is too large to fake")
        if name := schema.get("ref"):
            place = place.inside(name)
        found = False
        for guess in self._guesses(schema, place):
            found = True
            yield guess
        if not found:
            reason = NO_GUESS.get(schema["type"], f"nothing is known of a `{schema['type']}`")
            raise place.unavailable(reason)

    def innermost(self, schema: Schema) -> Schema:
        """Return the schema below validators, defaults, optionals and names."""
        while True:
            if schema["type"] == "definition-ref":
                schema = self.checker.definitions[schema["schema_ref"]]
            elif schema["type"] != "model" and isinstance(schema.get("schema"), dict):
                schema = schema["schema"]
            else:
                return schema

    def is_heavy(self, schema: Schema) -> bool:
        """Tell whether a named type has grown so large that places which can do without it should.

        Types that all refer to each other double the value with every type.
        """
        return self._weights.get(schema.get("schema_ref", ""), 0) > _HEAVY

    def _guesses(self, schema: Schema, place: Place) -> Iterator[Any]:
        kind = schema["type"]
        if kind in REFUSED:
            raise place.unavailable(REFUSED[kind])
        if schema.get("cls") is BaseModel:
            raise place.unavailable("`BaseModel` itself has no fields; name the model")
        if is_record(schema):
            inside = _configured(schema, place)
            return self.checker.accepted(schema, inside, Record(schema, inside, self).guesses())
        if kind in LEAVES:
            return self.checker.accepted(schema, place, LEAVES[kind](schema, place))
        return self._composed(kind, schema, place)

    def _composed(self, kind: str, schema: Schema, place: Place) -> Iterator[Any]:
        match kind:
            case "nullable":
                members = [self.guesses(schema["schema"], place), iter([None])]
                return interleaved(members[:: -1 if self.is_heavy(schema["schema"]) else 1])
            case "union":
                return self._union(schema, place)
            case "tagged-union":
                return self.checker.accepted(schema, place, self._tagged_union(schema, place))
            case "list" | "set" | "frozenset" | "deque":
                return self.checker.accepted(schema, place, lists(schema, place, self))
            case "tuple":
                return tuples(schema, place, self)
            case "dict" | "ordered-dict" | "counter" | "defaultdict":
                return dicts(schema, place, self)
            case "definitions":
                return self._defined(schema, place)
            case "definition-ref":
                return self._definition(schema["schema_ref"], place)
            case "function-after" | "function-before" | "function-wrap":
                return self._validated(schema, place)
            case "lax-or-strict":
                return self.guesses(schema["lax_schema"], place)
            case "json-or-python":
                # what travels is JSON, and its schema is the one that can be looked into
                return self.guesses(schema["json_schema"], place)
            case "json":
                inner = self.guesses(schema.get("schema") or {"type": "any"}, place)
                return (to_json(guess).decode() for guess in inner)
            case "chain":
                steps = [self.guesses(step, place) for step in schema["steps"]]
                return self.checker.accepted(schema, place, interleaved(steps))
            case "model":
                root = getattr(schema["cls"], "model_fields", {}).get("root")
                inside = replace(place, annotation=root.annotation if root else None)
                return self.guesses(schema["schema"], _configured(schema, inside))
            case _ if isinstance(schema.get("schema"), dict):
                return self.guesses(schema["schema"], place)
            case _:
                return self.checker.accepted(schema, place, opaque(schema, place))

    def _union(self, schema: Schema, place: Place) -> Iterator[Any]:
        count = len(schema["choices"])
        members = []
        for index, choice in enumerate(schema["choices"]):
            # a choice may be a pair of schema and label
            member = choice[0] if isinstance(choice, tuple) else choice
            members.append((member, place.member(index, count)))
        members.sort(key=lambda member: self.is_heavy(member[0]))
        return interleaved(self.guesses(member, inside) for member, inside in members)

    def _tagged_union(self, schema: Schema, place: Place) -> Iterator[Any]:
        discriminator = schema["discriminator"]
        if isinstance(discriminator, list):
            path = discriminator[0] if isinstance(discriminator[0], list) else discriminator
            discriminator = path[0] if len(path) == 1 else None
        choices = list(schema["choices"].items())
        return interleaved(
            _tagged(self.guesses(choice, place.member(index, len(choices))), discriminator, tag)
            for index, (tag, choice) in enumerate(choices)
        )

    def _defined(self, schema: Schema, place: Place) -> Iterator[Any]:
        self.checker.definitions |= {
            definition["ref"]: definition for definition in schema["definitions"]
        }
        inner = schema["schema"]
        # a type that contains itself may stand here in full, and once more among the definitions
        if inner.get("ref") in self.checker.definitions:
            return self._definition(inner["ref"], place)
        return self.guesses(inner, place)

    def _definition(self, name: str, place: Place) -> Iterator[Any]:
        place.inside(name)  # a type that contains itself is not served from what was made
        guesses = self.guesses(self.checker.definitions[name], place)
        # one value serves every place of a named type: types that all refer to each other would
        # otherwise be walked along every path through them
        if name not in self._made:
            self._made[name] = next(guesses)
            self._weights[name] = _weight(self._made[name], self._weighed)
        else:
            guesses = itertools.islice(guesses, 1, None)
        return itertools.chain([self._made[name]], guesses)

    def _validated(self, schema: Schema, place: Place) -> Iterator[Any]:
        inner = self.guesses(schema["schema"], place)
        if schema["type"] == "function-after":
            return self.checker.accepted(schema, place, inner)
        # what such a validator makes of its input need not look like the type
        return self.checker.accepted(schema, place, interleaved([inner, anything(schema, place)]))


def _configured(schema: Schema, place: Place) -> Place:
    config = schema.get("config")
    return replace(place, config=config) if config else place


def _tagged(guesses: Iterator[Any], discriminator: Any, tag: Any) -> Iterator[Any]:
    """Add the tag where a default would supply it: the union looks for it before any default."""
    for guess in guesses:
        if isinstance(guess, dict) and isinstance(discriminator, str):
            yield {discriminator: tag, **guess}
        else:
            yield guess


def _weight(value: Any, known: dict[int, int]) -> int:
    parts = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list | tuple):
        return 1
    if id(value) not in known:
        known[id(value)] = 1 + sum(_weight(part, known) for part in parts)
    return known[id(value)]
