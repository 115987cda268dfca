"""Guesses for str and bytes: the well-known constant, then what lengths and patterns ask for."""

import itertools
from collections.abc import Iterator

from ntro_testkit.fakes.pattern import texts_matching
from ntro_testkit.fakes.place import Place, Schema
from ntro_testkit.fakes.plausible import plausible_texts

CONSTANT = "auto-mock"
_TURNS = 20


def texts(schema: Schema, place: Place) -> Iterator[str]:
    """Yield guesses for a str, the likeliest first; endless, so that sets can be filled."""
    config = place.config or {}
    shortest = schema.get("min_length", config.get("str_min_length", 0))
    longest = schema.get("max_length", config.get("str_max_length"))
    yield CONSTANT
    if (fitted := _fitted(shortest, longest)) != CONSTANT:
        yield fitted
    yield from plausible_texts(place.hint)
    if pattern := schema.get("pattern"):
        source = pattern if isinstance(pattern, str) else pattern.pattern
        yield from texts_matching(source, shortest, longest, _TURNS)
        return
    yield from _numbered(shortest, longest)


def byte_strings(schema: Schema, _place: Place) -> Iterator[bytes]:
    """Yield guesses for bytes, the empty one first."""
    shortest, longest = schema.get("min_length", 0), schema.get("max_length")
    yield b""
    yield _fitted(shortest, longest).encode()
    yield from (text.encode() for text in _numbered(shortest, longest))


def _fitted(shortest: int, longest: int | None, tail: str = "") -> str:
    size = max(shortest, len(CONSTANT + tail))
    size = size if longest is None else min(size, longest)
    body = (f"{CONSTANT}-" * (size // len(CONSTANT) + 1))[: max(0, size - len(tail))]
    return (body + tail)[-size:] if size else ""


def _numbered(shortest: int, longest: int | None) -> Iterator[str]:
    for number in itertools.count(2):
        yield _fitted(shortest, longest, tail=f"-{number}")
