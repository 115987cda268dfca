"""The parts of a pattern, and where they can end in a text: all places at once, in bounded work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_WORK = 20_000
"""Parts that are tried on sets of places before a match is given up."""

_DIGITS = "0123456789"
_WORD = "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" + _DIGITS
_LINE_ENDS = "\n\r\u2028\u2029"


class TooHardError(Exception):
    """Nothing can be said of the pattern within bounds."""


@dataclass(frozen=True, slots=True)
class Shorthand:
    r"""`\d`, `\w`, `\s`, or what is not."""

    letter: str

    def takes(self, character: str) -> bool:
        """Tell whether it takes a character."""
        match self.letter.lower():
            case "d":
                inside = character in _DIGITS
            case "w":
                inside = character in _WORD
            case _:
                inside = character.isspace() or character == "\ufeff"
        return inside == self.letter.islower()


@dataclass(frozen=True, slots=True)
class Dot:
    """Dot character."""

    newlines: bool


ANYTHING = Dot(newlines=True)


@dataclass(frozen=True, slots=True, init=False)
class Chars:
    """One character out of ranges and tests, or one that is in none of them."""

    ranges: tuple[tuple[str, str], ...]
    tests: tuple[Shorthand, ...]
    refuses: bool

    def __init__(
        self, *ranges: tuple[str, str], tests: tuple[Shorthand, ...] = (), refuses: bool = False
    ) -> None:
        object.__setattr__(self, "ranges", ranges)
        object.__setattr__(self, "tests", tests)
        object.__setattr__(self, "refuses", refuses)

    def takes(self, character: str) -> bool:
        """Tell whether it takes a character."""
        inside = any(first <= character <= last for first, last in self.ranges)
        return (inside or any(test.takes(character) for test in self.tests)) != self.refuses


@dataclass(frozen=True, slots=True)
class Place:
    """A place between characters."""

    kind: Literal["start", "end", "boundary", "inside"]

    def holds(self, text: str, at: int) -> bool:
        """Tell whether a place in a text is one."""
        if self.kind == "start":
            return at == 0
        if self.kind == "end":
            return at == len(text)
        before, after = text[at - 1 : at] if at else "", text[at : at + 1]
        differs = (before in _WORD and before != "") != (after in _WORD and after != "")
        return differs == (self.kind == "boundary")


@dataclass(frozen=True, slots=True)
class Row:
    """One part after another."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same several times."""

    node: Node
    least: int
    most: int


Node = Shorthand | Dot | Chars | Place | Row | Either | Repeat


def ends(node: Node, text: str) -> frozenset[int]:
    """Return where a pattern can end that begins anywhere in a text."""
    return _Match(text).ends(node, frozenset(range(len(text) + 1)))


class _Match:
    def __init__(self, text: str) -> None:
        self.text = text
        self.work = 0

    def ends(self, node: Node, starts: frozenset[int]) -> frozenset[int]:
        self.work += 1
        if self.work > _WORK:
            raise TooHardError
        match node:
            case Row(parts):
                for part in parts:
                    starts = self.ends(part, starts) if starts else starts
                return starts
            case Either(options):
                return frozenset().union(*(self.ends(option, starts) for option in options))
            case Repeat():
                return self._repeated(node, starts)
            case Place():
                return frozenset(at for at in starts if node.holds(self.text, at))
            case _:
                return frozenset(
                    at + 1 for at in starts if at < len(self.text) and self._takes(node, at)
                )

    def _takes(self, node: Shorthand | Dot | Chars, at: int) -> bool:
        character = self.text[at]
        if isinstance(node, Dot):
            return node.newlines or character not in _LINE_ENDS
        return node.takes(character)

    def _repeated(self, repeat: Repeat, starts: frozenset[int]) -> frozenset[int]:
        current = starts
        for _ in range(repeat.least):
            further = self.ends(repeat.node, current)
            if further == current:
                break
            current = further
        found = current
        for _ in range(repeat.most - repeat.least):
            current = self.ends(repeat.node, current) - found
            if not current:
                break
            found |= current
        return found
