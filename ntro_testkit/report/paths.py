"""Paths as a person would type them."""

from __future__ import annotations

from pathlib import Path


def shown_path(path: str) -> str:
    """Return a path seen from the current directory, if it is below it."""
    here = Path.cwd()
    found = Path(path)
    return str(found.relative_to(here)) if found.is_relative_to(here) else path
