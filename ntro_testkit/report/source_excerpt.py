"""A line of bundle code as reports show it: its place, and its text."""

from __future__ import annotations

import linecache

from ntro_testkit.report.paths import shown_path
from ntro_testkit.trace import SourceLine


def source_excerpt(line: SourceLine) -> list[str]:
    """Return the line of bundle code something points at, with its place."""
    source = linecache.getline(line.path, line.line).strip()
    place = f"--> {shown_path(line.path)}:{line.line}, in {line.function}"
    return [place, f"    {source}"] if source else [place]
