"""A line of bundle code as reports show it: its path as it would be typed, and its text."""

from __future__ import annotations

import linecache
from pathlib import Path

from ntro_testkit.trace import SourceLine


def shown_path(path: str) -> str:
    """Return a path seen from the current directory, if it is below it."""
    found, here = Path(path), Path.cwd()
    return str(found.relative_to(here)) if found.is_relative_to(here) else path


def source_excerpt(line: SourceLine) -> list[str]:
    """Return the line of bundle code something points at, with its place."""
    source = linecache.getline(line.path, line.line).strip()
    place = f"--> {shown_path(line.path)}:{line.line}, in {line.function}"
    return [place, f"    {source}"] if source else [place]
