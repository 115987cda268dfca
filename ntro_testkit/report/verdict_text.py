"""A verdict as a person reads it: what is wrong, where, what was seen, and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from ntro_testkit.report.paths import shown_path
from ntro_testkit.report.printable import one_line
from ntro_testkit.report.source_excerpt import source_excerpt
from ntro_testkit.verdict import Comparison, Verdict

MOST_ROWS = 12
"""Rows of two runs side by side; the JSON has all of them."""

_NOTHING = "-"
_CONTEXT = 12
"""Characters kept before the first that differs, where a line is too long."""


def verdict_lines(verdict: Verdict, width: int | None = None) -> list[str]:
    """Return the block of a verdict; `width` is that of the terminal, asked for when left out."""
    lines = [f"{verdict.severity}[{verdict.code}] {verdict.name}: {verdict.message}"]
    if verdict.line is not None:
        lines += [f"  {line}" for line in source_excerpt(verdict.line)]
    lines += [f"  | {line}" for line in verdict.evidence]
    if verdict.comparison is not None:
        lines += _side_by_side(verdict.comparison, width or shutil.get_terminal_size((100, 24))[0])
    if verdict.help is not None:
        lines.append(f"  = do: {verdict.help}")
    if verdict.reproduce is not None:
        lines.append("  = reproduce: add this to tests/scenarios.py")
        lines += [f"      {line}" for line in verdict.reproduce.rstrip().splitlines()]
    return lines


def verdict_line(verdict: Verdict) -> str:
    """Return a verdict in one line, with the place if it has one."""
    line = verdict.line
    place = "" if line is None else f"{shown_path(line.path)}:{line.line}: "
    return f"{place}{verdict.code} {verdict.name}: {verdict.message}"


def _side_by_side(comparison: Comparison, width: int) -> Iterator[str]:
    """Yield the rows in two columns; what is too long is shown from where it differs."""
    column = max(20, (width - 15) // 2)
    yield f"  | {one_line(comparison.left, column):{column}} | {one_line(comparison.right, column)}"
    yield f"  | {'-' * column} | {'-' * column}"
    for left, right in comparison.rows[:MOST_ROWS]:
        start = _first_difference(left or "", right or "")
        yield (
            f"  | {_clipped(left, start, column):{column}} | {_clipped(right, start, column)}"
        ).rstrip()
    if len(comparison.rows) > MOST_ROWS:
        yield f"  | and {len(comparison.rows) - MOST_ROWS} more that differ"


def _first_difference(left: str, right: str) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))


def _clipped(text: str | None, start: int, width: int) -> str:
    """Return what fits, around the place of the first difference."""
    if text is None:
        return _NOTHING
    if len(text) <= width:
        return one_line(text, width)
    begin = 0 if start < width - _CONTEXT else start - _CONTEXT
    head = "…" if begin else ""
    return one_line(head + text[begin:], width)
