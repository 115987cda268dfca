"""The patterns of `.gitignore` and of `exclude`: which names they leave out.

Written here because the rules are few, one file of them serves both purposes, and it is asked for
every file and directory of a walk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from functools import cache

from lint_rules.files import path_text

_TOKEN = re.compile(r"\*+|\\.|\[[!^]?+\]?+(?:\[:\w+:\]|\\.|[^\]\\])*\]|.", re.DOTALL)
_ITEM = re.compile(r"\[:(\w+):\]|(\\.|.)-(\\.|[^\]])|\\.|.", re.DOTALL)
_SPECIAL = re.compile(r"[*?\[\\]")
_NEVER = "(?!)"
_SLASHES = ("/", r"\/")
_ANY_DEPTH = "(?:.*/)?"
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "digit": "0-9",
    "lower": "a-z",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\s",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}

_Test = Callable[[str, str], bool]
"""Asks whether a pattern matches, given the name and the path below the patterns' directory."""


class _Table:
    """The patterns that can match one kind of thing; the last one that matches decides."""

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._paths: dict[str, int] = {}
        self._globs: list[tuple[int, _Test]] = []

    def add(self, number: int, pattern: str, anchored: bool) -> None:
        if not _SPECIAL.search(pattern):
            (self._paths if anchored else self._names)[pattern] = number
        else:
            self._globs.insert(0, (number, _test(pattern, anchored)))

    def last(self, name: str, path: str) -> int:
        best = max(self._names.get(name, -1), self._paths.get(path, -1))
        for number, matches in self._globs:
            if number < best:
                break
            if matches(name, path):
                return number
        return best


class IgnoreRules:
    """The lines of one ignore file; `base` is the directory they are about."""

    def __init__(self, base: str, lines: Iterable[str]) -> None:
        self._base = base
        self._prefix = path_text.prefix(base)
        self._lines = tuple(lines)
        self._negated: list[bool] = []
        self._files, self._directories = _Table(), _Table()
        for line in self._lines:
            self._add(line)

    def verdict(self, path: str, *, is_directory: bool) -> bool | None:
        """Tell whether a path is ignored (True), wanted (False), or not mentioned.

        Whoever walks down stops at an ignored directory, so only the path itself is looked at.
        """
        if not path.startswith(self._prefix):
            return None
        relative = path[len(self._prefix) :].replace(path_text.SEPARATOR, "/")
        table = self._directories if is_directory else self._files
        last = table.last(relative.rpartition("/")[2], relative)
        return None if last < 0 else not self._negated[last]

    def without(self, directory: str) -> IgnoreRules:
        """Return the rules less those that leave out all of a directory."""
        if not directory.startswith(self._prefix):
            return self
        kept = [line for line in self._lines if not self._leaves_out(line, directory)]
        return self if len(kept) == len(self._lines) else IgnoreRules(self._base, kept)

    def _leaves_out(self, line: str, directory: str) -> bool:
        single = IgnoreRules(self._base, [line])
        anything = path_text.join(directory[len(self._prefix) :], "\0")
        parts = path_text.parts(anything)
        above = (
            self._prefix + path_text.together(parts[:count]) for count in range(1, len(parts) + 1)
        )
        return any(single.verdict(path, is_directory=True) for path in above)

    def _add(self, line: str) -> None:
        pattern = _without_trailing_spaces(line)
        negated = pattern.startswith("!")
        pattern = pattern.removeprefix("!") if negated else pattern
        only_directories = pattern.endswith("/")
        pattern = pattern.removesuffix("/")
        if not pattern or line.startswith("#"):
            return
        number = len(self._negated)
        self._negated.append(negated)
        anchored = "/" in pattern
        pattern = pattern.removeprefix("/")
        self._directories.add(number, pattern, anchored)
        if not only_directories:
            self._files.add(number, pattern, anchored)


def read_lines(data: bytes) -> list[str]:
    """Return the lines of an ignore file, as git reads them."""
    text = os.fsdecode(data.removeprefix(b"\xef\xbb\xbf"))
    return [line.removesuffix("\r") for line in text.split("\n")]


def _without_trailing_spaces(line: str) -> str:
    bare = line.rstrip(" ")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return f"{bare} " if backslashes % 2 and bare != line else bare


def _test(pattern: str, anchored: bool) -> _Test:
    if anchored:
        return lambda _, path: _compiled(pattern).fullmatch(path) is not None
    rest = pattern.removeprefix("*")
    if not _SPECIAL.search(rest):
        return lambda name, _: name.endswith(rest)
    return lambda name, _: _compiled(pattern).fullmatch(name) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_expression(pattern), re.DOTALL)


def _expression(pattern: str) -> str:
    """Return the regular expression of a pattern.

    A star takes the first place where what follows it fits and never reconsiders, up to the last
    star of its segment: the answer is the same, and no pattern can take exponential time.
    """
    tokens = _TOKEN.findall(pattern)
    done = ""
    segment = [""]
    for place, token in enumerate(tokens):
        if token in _SLASHES:
            done, segment = f"{done}{_segment(segment)}/", [""]
        elif token[0] == "*":
            before = tokens[place - 1] if place else "/"
            after = tokens[place + 1] if place + 1 < len(tokens) else ""
            if len(token) == 1 or before not in _SLASHES or after not in (*_SLASHES, ""):
                segment.append("")
            elif after == "/":
                segment = [_ANY_DEPTH]
            else:
                # Before an escaped slash git wants a directory, if of any depth.
                segment = [".*" if after else ".+"]
        else:
            segment[-1] += _single(token)
    return (done + _segment(segment)).replace(f"{_ANY_DEPTH}/", _ANY_DEPTH)


def _segment(chunks: list[str]) -> str:
    first, *between = chunks
    if not between:
        return first
    *middle, last = between
    return first + "".join(f"(?>[^/]*?{chunk})" for chunk in middle) + f"[^/]*{last}"


def _single(token: str) -> str:
    if token == "?":
        return "[^/]"
    if token in ("[", "\\"):
        # A bracket that is never closed, a backslash with nothing behind it.
        return _NEVER
    if token[0] == "[":
        return _bracket(token[1:-1])
    return re.escape(token[-1])


def _bracket(content: str) -> str:
    negated = content[0] in "!^"
    items = [_item(*found.group(0, 1, 2, 3)) for found in _ITEM.finditer(content[negated:])]
    if None in items:
        return _NEVER
    inside = "".join(filter(None, items))
    if not inside:
        return "[^/]" if negated else _NEVER
    return f"(?!/)[{'^' if negated else ''}{inside}]"


def _item(text: str, name: str | None, low: str | None, high: str | None) -> str | None:
    if name is not None:
        return _CLASSES.get(name)
    if low is None or high is None:
        return re.escape(text[-1])
    low, high = low[-1], high[-1]
    return f"{re.escape(low)}-{re.escape(high)}" if low <= high else ""
