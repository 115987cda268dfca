"""Where packages are installed, and what changes when one is installed or removed."""

# ruff: noqa: PTH116 - asked in every run, before anything is known to have changed

from __future__ import annotations

import os
import sys

_ENDINGS = ("site-packages", "dist-packages")


def directories() -> tuple[str, ...]:
    """Return the directories that packages are installed into."""
    return tuple(dict.fromkeys(p for p in sys.path if p.rstrip("/\\").endswith(_ENDINGS)))


def state() -> list[tuple[str, int]]:
    """Return these directories, each with the time of its last change."""
    return [(directory, _changed(directory)) for directory in directories()]


def _changed(directory: str) -> int:
    try:
        return os.stat(directory).st_mtime_ns
    except OSError:
        return 0
