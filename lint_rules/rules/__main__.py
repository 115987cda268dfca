"""Writes what is made from the rules: `python -m lint_rules.rules` after any change of one."""

from __future__ import annotations

from pathlib import Path

from lint_rules.rules.page import DIRECTORY, catalogue, render
from lint_rules.rules.registry import RULES


def _write_catalogue() -> None:
    # Not through the module of that name, which cannot be imported without its file.
    Path(__file__).with_name("catalogue.json").write_text(catalogue(RULES), encoding="utf-8")


def _write_pages() -> None:
    DIRECTORY.mkdir(exist_ok=True)
    pages = render()
    for old in DIRECTORY.glob("*.md"):
        if old.name not in pages:
            # The page of a family that is no more.
            old.unlink()
    for name, text in pages.items():
        (DIRECTORY / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write_catalogue()
    _write_pages()
