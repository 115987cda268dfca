"""Guesses for containers: one element each, as many as the lengths demand, none of bare dicts."""

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ntro_testkit.fakes.choices import Choices
from ntro_testkit.fakes.place import Place, Schema
from ntro_testkit.fakes.unavailable import EndlessTypeError

if TYPE_CHECKING:
    from ntro_testkit.fakes.walk import Walk

ANY: Schema = {"type": "any"}
_MOST_TRIES = 5000


def lists(schema: Schema, place: Place, walk: "Walk") -> Iterator[Any]:
    """Yield guesses for list, set, frozenset and deque."""
    shortest, longest = schema.get("min_length") or 0, schema.get("max_length")
    unique = schema["type"] in {"set", "frozenset"}
    items = schema.get("items_schema") or ANY
    choices = Choices(walk.guesses(items, place.element()))
    size = shortest or _usual_size(items, longest, place, walk)
    try:
        yield _filled(choices, size, unique, place)
    except EndlessTypeError:
        # the elements contain this very type: the recursion ends in an empty container
        if shortest:
            raise
        yield []
        return
    if shortest == 0:
        yield []
    for count in (size, size + 1, size + 2):
        if count > 1 and (longest is None or count <= longest):
            yield [choices[index] if choices.has(index) else choices[0] for index in range(count)]
    for index in itertools.takewhile(choices.has, range(1, _MOST_TRIES)):
        yield [choices[index], *(choices[0] for _ in range(size - 1))]


def dicts(schema: Schema, place: Place, walk: "Walk") -> Iterator[Any]:
    """Yield guesses for dict and its kin: empty, unless the type demands entries."""
    shortest, longest = schema.get("min_length") or 0, schema.get("max_length")
    if shortest == 0:
        yield {}
    keys = Choices(walk.guesses(schema.get("keys_schema") or ANY, place.element(0, "{key}")))
    values = Choices(walk.guesses(schema.get("values_schema") or ANY, place.element(1, "{}")))
    for size in (shortest or 1, shortest + 2):
        if longest is None or size <= longest:
            yield _mapping(_filled(keys, size, True, place), values[0], place)
    for index in itertools.takewhile(values.has, range(1, _MOST_TRIES)):
        yield _mapping(_filled(keys, shortest or 1, True, place), values[index], place)


def tuples(schema: Schema, place: Place, walk: "Walk") -> Iterator[Any]:
    """Yield guesses for tuples: fixed positions, with at most one that repeats."""
    items = list(schema["items_schema"])
    repeated = schema.get("variadic_item_index")
    if repeated is not None:
        fixed = len(items) - 1
        longest = schema.get("max_length")
        room = None if longest is None else longest - fixed
        needed = max(0, (schema.get("min_length") or 0) - fixed)
        times = needed or _usual_size(items[repeated], room, place, walk)
        items[repeated : repeated + 1] = [items[repeated]] * times
    several = repeated is None
    choices = [
        Choices(
            walk.guesses(item, place.element(*((index, f"[{index}]") if several else (0, "[]"))))
        )
        for index, item in enumerate(items)
    ]
    try:
        first = [choice[0] for choice in choices]
    except EndlessTypeError:
        if repeated is None or len(schema["items_schema"]) > 1 or schema.get("min_length"):
            raise
        first, choices = [], []
    yield tuple(first)
    for index, choice in enumerate(choices):
        for other in itertools.takewhile(choice.has, range(1, _MOST_TRIES)):
            yield (*first[:index], choice[other], *first[index + 1 :])


def _usual_size(items: Schema, longest: int | None, place: Place, walk: "Walk") -> int:
    """One element; but no row `{}` or None that lacks every key a bundle reads from it."""
    if longest == 0 or place.is_bare_container() or walk.is_heavy(items):
        return 0
    return 0 if walk.innermost(items)["type"] == "dict" else 1


def _filled(choices: Choices, size: int, unique: bool, place: Place) -> list[Any]:
    if size == 0:
        return []
    if not unique:
        return [choices[0]] * size
    found = choices.distinct(size, _MOST_TRIES)
    if len(found) < size:
        raise place.unavailable(f"it needs {size} different elements, {len(found)} were found")
    return found


def _mapping(keys: list[Any], value: Any, place: Place) -> dict[Any, Any]:
    try:
        return dict.fromkeys(keys, value)
    except TypeError:
        raise place.unavailable("its keys are not hashable") from None
