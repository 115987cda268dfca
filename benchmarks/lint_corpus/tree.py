"""Writes programs of the corpus to disk, each into a directory of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks.lint_corpus.program import Program


def write(programs: Iterable[Program], root: Path) -> None:
    """Write all files of all programs below `root`."""
    for program in programs:
        made: set[Path] = set()
        for path, text in program.files:
            file = root / program.directory / path
            if file.parent not in made:
                file.parent.mkdir(parents=True, exist_ok=True)
                made.add(file.parent)
            file.write_text(text, encoding="utf-8")
