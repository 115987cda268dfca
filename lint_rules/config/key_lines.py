"""On which line of a TOML text a key stands; only asked when something is wrong with it.

A look at each line for itself, since TOML parsers do not tell places. What it cannot find (keys of
inline tables) is said to stand where the nearest enclosing key does.
"""

from __future__ import annotations

import re

_PART = r"""(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)"""
_KEY = rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*"
_ASSIGNMENT = re.compile(rf"{_KEY}=")
_HEADER = re.compile(rf"\s*\[\[?{_KEY}\]")
_EACH_PART = re.compile(_PART)

_Key = tuple[str, ...]


def line_of(text: str, key: _Key, item: str | None = None) -> int | None:
    """Return the line, from 1, of a key or of an item in its array; None when it is not found."""
    lines = text.split("\n")
    keys = _keys(lines)
    line = next((keys[key[:n]] for n in range(len(key), 0, -1) if key[:n] in keys), None)
    return line if line is None or item is None else _line_of_item(lines, line, item)


def _keys(lines: list[str]) -> dict[_Key, int]:
    keys: dict[_Key, int] = {}
    table: _Key = ()
    for number, line in enumerate(lines, start=1):
        if header := _HEADER.match(line):
            table = _parts(header[1])
            keys.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            keys.setdefault(table + _parts(assignment[1]), number)
    return keys


def _parts(dotted: str) -> _Key:
    return tuple(part.strip("\"'") for part in _EACH_PART.findall(dotted))


def _line_of_item(lines: list[str], first: int, item: str) -> int:
    for number, line in enumerate(lines[first - 1 :], start=first):
        if number > first and (_HEADER.match(line) or _ASSIGNMENT.match(line)):
            break
        if f'"{item}"' in line or f"'{item}'" in line:
            return number
    return first
