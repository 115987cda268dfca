"""The floor: parses every Python file below a directory with libcst and does nothing else.

python -m benchmarks.lint_speed.parse_only DIRECTORY JOBS
"""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

import libcst

CHUNK = 8
"""Files handed to a process at a time."""


def main() -> None:
    """Parse."""
    directory, jobs = sys.argv[1:]
    files = sorted(Path(directory).rglob("*.py"))
    with multiprocessing.Pool(int(jobs)) as pool:
        for _ in pool.imap_unordered(_parse, files, CHUNK):
            pass


def _parse(file: Path) -> None:
    libcst.parse_module(file.read_bytes())


if __name__ == "__main__":
    main()
