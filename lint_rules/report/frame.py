"""The source lines of a place, numbered and underlined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lint_rules.finding import Place
from lint_rules.report.colours import Colours, Style
from lint_rules.report.underline import underline

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
"""What ends a line in Python; form feeds and Unicode's separators do not."""

_SHOWN = 6
"""Lines of a range that are shown at most: the first ones and the last."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The lines of files, each file asked for once."""

    read: Callable[[str], str | None]
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def lines(self, path: str) -> tuple[str, ...]:
        """Return the lines of a file; none if it cannot be read."""
        if path not in self._known:
            text = self.read(path)
            lines = _LINE_BREAK.split(text.removeprefix("\ufeff")) if text is not None else ()
            self._known[path] = tuple(lines)
        return self._known[path]


def frame(lines: tuple[str, ...], place: Place, colours: Colours, style: Style) -> list[str]:
    """Return the place drawn between two bars; nothing where the file does not reach to it."""
    ranges = list(_ranges(lines, place))
    if not ranges:
        return []
    gutter = gutter_width(place)
    bar = colours.paint(f"{'':{gutter}} |", "frame")
    drawn = [bar]
    for number, start, end in ranges:
        if number is None:
            drawn.append(colours.paint("...", "frame"))
            continue
        text, marks = underline(lines[number - 1], start, end)
        drawn.append(f"{colours.paint(f'{number:{gutter}} |', 'frame')} {text}".rstrip())
        if start < end or place.line == place.end_line:
            blanks = len(marks) - len(marks.lstrip())
            drawn.append(f"{bar} {' ' * blanks}{colours.paint(marks.lstrip(), style)}")
    return [*drawn, bar]


def gutter_width(place: Place) -> int:
    """Return the cells that the line numbers of a place take."""
    return len(str(max(place.line, place.end_line)))


def _ranges(lines: tuple[str, ...], place: Place) -> Iterator[tuple[int | None, int, int]]:
    """Yield the lines to show, each with the characters to mark; None stands for lines left out."""
    last = place.end_line
    if last > place.line and place.end_column <= 1:
        last -= 1
    numbers = range(place.line, min(max(last, place.line), len(lines)) + 1)
    for index, number in enumerate(numbers):
        if len(numbers) > _SHOWN and _SHOWN - 2 <= index < len(numbers) - 1:
            if index == _SHOWN - 2:
                yield None, 0, 0
            continue
        line = lines[number - 1]
        start = place.column - 1 if number == place.line else len(line) - len(line.lstrip())
        end = place.end_column - 1 if number == place.end_line else len(line.rstrip())
        yield number, start, end
