"""The code in a Markdown text: its fenced blocks, with places in the text around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.records import Span
from lint_rules.files.text_file import TextFile

_OPENING = re.compile(r"([ \t]*)(`{3,}|~{3,})[ \t]*([^\r\n]*)")
_FRONTMATTER = "---"


@dataclass(frozen=True, slots=True)
class Fence:
    """One block; `lines` are its code without the indentation of the fence.

    `first` is the line in the file of the first of them, `cut` how much was taken off each.
    """

    language: str
    first: int
    lines: tuple[str, ...]
    cut: tuple[int, ...]

    @property
    def text(self) -> str:
        """The code."""
        return "".join(f"{line}\n" for line in self.lines)

    def span(self, line: int, start: int, end: int) -> Span:
        """Return a range of the file: a line of the code from 1, and columns in it from 0."""
        cut = self.cut[line - 1]
        place = self.first + line - 1
        return Span(place, cut + start + 1, place, cut + end + 1)

    def column(self, line: int, offset: int) -> int:
        """Return the column from 0 for an offset in UTF-8, as `ast` counts."""
        return len(self.lines[line - 1].encode()[:offset].decode(errors="ignore"))


def fences(file: TextFile) -> Iterator[Fence]:
    """Yield the fenced blocks of a text below its frontmatter; one that is not closed goes on."""
    lines = re.split(r"\r\n|\r|\n", file.text or "")
    at = _body(lines)
    while at < len(lines):
        opening = _OPENING.match(lines[at])
        at += 1
        if opening is None or (opening[2][0] == "`" and "`" in opening[3]):
            continue
        indent, mark = opening[1], opening[2]
        start = at
        while at < len(lines) and not _closes(lines[at], mark):
            at += 1
        taken = [_common(line, indent) for line in lines[start:at]]
        code = tuple(line[n:] for line, n in zip(lines[start:at], taken, strict=True))
        words = opening[3].split(maxsplit=1)
        language = words[0].lower().strip("{}.") if words else ""
        yield Fence(language, start + 1, code, tuple(taken))
        at += 1


def _body(lines: list[str]) -> int:
    """Return where the lines begin that follow the frontmatter."""
    if lines[0].rstrip() != _FRONTMATTER:
        return 0
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FRONTMATTER:
            return number + 1
    return 0


def _closes(line: str, mark: str) -> bool:
    text = line.strip()
    return len(text) >= len(mark) and not text.strip(mark[0])


def _common(line: str, indent: str) -> int:
    """Return how many characters of an indentation a line begins with."""
    count = 0
    while count < len(indent) and count < len(line) and line[count] == indent[count]:
        count += 1
    return count
