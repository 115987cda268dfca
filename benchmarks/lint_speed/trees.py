"""Writes generated bundles and repositories to disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lint_speed.bundle import bundle_files
from benchmarks.lint_speed.repository import repository_files


@dataclass(frozen=True, slots=True)
class Tree:
    """A directory of generated code; files and lines are those of Python."""

    root: Path
    files: int
    lines: int


def single(root: Path, lines: int = 1_000) -> Tree:
    """Write one bundle of about so many lines."""
    return _write(root, bundle_files("fund-close", lines).items())


def bundles(root: Path, count: int, lines: int) -> Tree:
    """Write so many bundles, each of about so many lines."""
    return _write(
        root,
        (
            (f"runbooks/fund-n{number}/{path}", text)
            for number in range(count)
            for path, text in bundle_files(f"fund-n{number}", lines).items()
        ),
    )


def tree(root: Path, lines: int = 200_000) -> Tree:
    """Write bundles of about 1,000 lines, so many lines together; every module is reached."""
    return bundles(root, max(1, lines // 1_000), 1_000)


def repository(root: Path, lines: int = 500_000, workflows: int = 20) -> Tree:
    """Write the repository of an ordinary service with a few workflows in it."""
    return _write(root, repository_files(lines, workflows))


def _write(root: Path, files: Iterable[tuple[str, str]]) -> Tree:
    count = lines = 0
    for path, text in files:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        if path.endswith(".py"):
            count += 1
            lines += text.count("\n")
    return Tree(root, count, lines)
