"""The interpreter's own library as a corpus."""

from __future__ import annotations

import sysconfig
from pathlib import Path

_LIBRARY = Path(sysconfig.get_path("stdlib"))
_SKIPPED = ("site-packages", "lib2to3/tests", "idlelib")


def library_files() -> list[Path]:
    """Return every module of the library except vendored ones."""
    files = sorted(_LIBRARY.rglob("*.py"))
    return [f for f in files if not any(part in f.as_posix() for part in _SKIPPED)]


def sample() -> list[Path]:
    """Return a spread of them that a test run can afford."""
    return library_files()[::40]
