"""Source around a line, as it is in the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ntro_testkit.report.html.section import Excerpt
from ntro_testkit.report.html.text import clipped
from ntro_testkit.report.paths import shown_path

AROUND = 2
"""Lines shown before and after the one that matters."""

WIDTH = 300
"""Characters of a line of source that are shown."""

ReadSource = Callable[[str], str | None]
"""Gives the text of a path, None when it cannot be read."""

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def read_source(path: str) -> str | None:
    """Return the text of a file; None for code that is no file, or no longer is."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="backslashreplace")
    except (OSError, ValueError):
        # ValueError: a path with a NUL in it.
        return None


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Takes excerpts of files; each file is asked for once."""

    read: ReadSource
    _known: dict[str, list[str]] = field(default_factory=dict)

    def around(self, path: str, line: int, where: str = "") -> Excerpt:
        """Return the lines around a line; only its place where the file cannot be read.

        `where` is added to the place: the function, or a column.
        """
        place = f"{shown_path(path)}:{line}{where}"
        lines = self._lines(path)
        if not 0 < line <= len(lines):
            return Excerpt(place)
        first = max(1, line - AROUND)
        shown = lines[first - 1 : line + AROUND]
        return Excerpt(
            place, tuple(clipped(each.expandtabs(4), WIDTH) for each in shown), first, line
        )

    def _lines(self, path: str) -> list[str]:
        if path not in self._known:
            text = self.read(path)
            self._known[path] = [] if text is None else _LINE_BREAK.split(text)
        return self._known[path]
