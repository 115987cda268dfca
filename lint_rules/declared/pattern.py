r"""Regular expressions as JSON Schema means them: ECMAScript's, read and matched within bounds.

Python's `re` would accept what a browser refuses (`\Z`, `(?P<year>..)`), refuse what it accepts
(`[^]`), and could be kept busy for ever by a pattern that anybody may have written.
"""

from __future__ import annotations

import re

from lint_rules.declared.pattern_nodes import (
    ANYTHING,
    Chars,
    Dot,
    Either,
    Node,
    Place,
    Repeat,
    Row,
    Shorthand,
    TooHardError,
    ends,
)

_LONGEST = 2_000
_DEEPEST = 50
_LONGEST_TEXT = 500
_COUNT = re.compile(r"\{(\d{1,6})(?:(,)(\d{0,6}))?\}")
_GROUP_NAME = re.compile(r"\?<[A-Za-z_$][\w$]*>")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}
_HEX = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}")
_PYTHON_GROUPS = {"?P": "(?P<..>)", "?#": "(?#..)", "?>": "(?>..)", "?(": "(?(..)..)"}
_PYTHON_FLAGS = re.compile(r"\?[aiLmsux]+\)")
_MANY = 1 << 30


class PatternError(ValueError):
    """The text is no regular expression of ECMAScript."""


class Pattern:
    """A pattern; one that has what cannot be matched within bounds matches nobody knows what."""

    def __init__(self, text: str) -> None:
        self._node: Node | None
        try:
            self._node = _Reader(text).whole()
        except TooHardError:
            self._node = None

    def matches(self, text: str) -> bool | None:
        """Tell whether it is found anywhere in a text; None when that takes too much."""
        if self._node is None or len(text) > _LONGEST_TEXT:
            return None
        try:
            return bool(ends(self._node, text))
        except TooHardError:
            return None


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise TooHardError
        self.text = text
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        found = self.alternatives()
        if self.at < len(self.text):
            raise PatternError("a `)` without its `(`")
        return found

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def alternatives(self) -> Node:
        options = [self.row()]
        while self.peek() == "|":
            self.at += 1
            options.append(self.row())
        return options[0] if len(options) == 1 else Either(tuple(options))

    def row(self) -> Node:
        parts: list[Node] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.repeated(self.atom()))
        return Row(tuple(parts))

    def repeated(self, node: Node) -> Node:
        counted = self.count()
        if counted is None:
            return node
        if isinstance(node, Place):
            raise PatternError("a repetition of `^`, `$` or a word boundary")
        if self.peek() == "?":
            self.at += 1
        if self.count() is not None:
            raise PatternError("a repetition of a repetition")
        return Repeat(node, *counted)

    def count(self) -> tuple[int, int] | None:
        simple = {"*": (0, _MANY), "+": (1, _MANY), "?": (0, 1)}.get(self.peek())
        if simple is not None:
            self.at += 1
            return simple
        found = _COUNT.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        least = int(found[1])
        most = least if found[2] is None else int(found[3] or _MANY)
        if most < least:
            raise PatternError(f"`{found[0]}` counts backwards")
        return least, most

    def atom(self) -> Node:
        sign = self.peek()
        if sign in "*+?":
            raise PatternError(f"`{sign}` with nothing before it to repeat")
        self.at += 1
        match sign:
            case "(":
                return self.group()
            case "[":
                return self.chars()
            case "\\":
                return self.escape()
            case "^":
                return Place("start")
            case "$":
                return Place("end")
            case ".":
                return Dot(newlines=False)
            case _:
                return Chars((sign, sign))

    def group(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise TooHardError
        self.opening()
        found = self.alternatives()
        if self.peek() != ")":
            raise PatternError("a `(` that is never closed")
        self.at += 1
        self.depth -= 1
        return found

    def opening(self) -> None:
        if self.peek() != "?":
            return
        python = _PYTHON_GROUPS.get(self.text[self.at : self.at + 2])
        flags = _PYTHON_FLAGS.match(self.text, self.at)
        if python or flags:
            written = python or f"({flags[0]}" if flags else python
            raise PatternError(f"`{written}` is Python's and unknown to ECMAScript")
        named = _GROUP_NAME.match(self.text, self.at)
        if named:
            self.at = named.end()
        elif self.text.startswith("?:", self.at):
            self.at += 2
        else:
            # What looks ahead or behind.
            raise TooHardError

    def escape(self) -> Node:
        sign = self.peek()
        if sign in ("A", "Z"):
            other = "^" if sign == "A" else "$"
            raise PatternError(f"`\\{sign}` is Python's; ECMAScript has `{other}`")
        if sign in ("b", "B"):
            self.at += 1
            return Place("boundary" if sign == "b" else "inside")
        found = self.character()
        return found if isinstance(found, Shorthand) else Chars((found, found))

    def character(self) -> str | Shorthand:
        """Read what stands behind a backslash, in a class or outside."""
        sign = self.peek()
        if not sign:
            raise PatternError("a `\\` at the end")
        if sign in "kpP" or (sign in "123456789"):
            raise TooHardError
        hexadecimal = _HEX.match(self.text, self.at)
        if hexadecimal:
            self.at = hexadecimal.end()
            number = int(hexadecimal[1] or hexadecimal[2] or hexadecimal[3], 16)
            if number > 0x10FFFF:
                raise PatternError(f"`\\{hexadecimal[0]}` is no character")
            return chr(number)
        if sign in "cux":
            raise TooHardError
        self.at += 1
        return Shorthand(sign) if sign in "dDwWsS" else _CONTROLS.get(sign, sign)

    def chars(self) -> Node:
        refuses = self.peek() == "^"
        self.at += refuses
        ranges: list[tuple[str, str]] = []
        tests: list[Shorthand] = []
        while self.peek() != "]":
            first = self.member()
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                last = self.member()
                if isinstance(first, str) and isinstance(last, str):
                    if last < first:
                        raise PatternError(f"the range `{first}-{last}` runs backwards")
                    ranges.append((first, last))
                    continue
                # `[\w-.]`: lenient readers take the dash for itself.
                ranges.append(("-", "-"))
                for each in (first, last):
                    self._take(each, ranges, tests)
                continue
            self._take(first, ranges, tests)
        self.at += 1
        if refuses and not ranges and not tests:
            return ANYTHING
        return Chars(*ranges, tests=tuple(tests), refuses=refuses)

    def _take(
        self, member: str | Shorthand, ranges: list[tuple[str, str]], tests: list[Shorthand]
    ) -> None:
        if isinstance(member, Shorthand):
            tests.append(member)
        else:
            ranges.append((member, member))

    def member(self) -> str | Shorthand:
        sign = self.peek()
        if not sign:
            raise PatternError("a `[` that is never closed")
        self.at += 1
        if sign != "\\":
            return sign
        if self.peek() == "b":
            self.at += 1
            return "\b"
        return self.character()
