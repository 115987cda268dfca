"""The smallest sample bundle with faults planted in it, linted without a disk."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from lint_rules.finding import Finding
from tests.bundles import ROOT
from tests.lint_rules.linted import lint_texts

PETTY_CASH = ROOT / "fixtures/runbooks/petty-cash"

Edit = tuple[str, str, str]
"""A file of the bundle, a text that it has exactly once, and what takes its place."""


@cache
def sound() -> Mapping[str, bytes]:
    """Return the files of the bundle by their path in it, but its tests."""
    paths = [p for p in PETTY_CASH.rglob("*") if p.is_file() and p.suffix in (".md", ".py", ".txt")]
    inside = {p.relative_to(PETTY_CASH).as_posix(): p.read_bytes() for p in paths}
    return {name: data for name, data in inside.items() if not name.startswith("tests/")}


def planted(
    code: str,
    *edits: Edit,
    files: Mapping[str, str | bytes | None] | None = None,
    slug: str = "petty-cash",
    beside: Mapping[str, str | bytes] | None = None,
) -> list[Finding]:
    """Return what a rule (or a family of them) says of the bundle with some changes.

    `files` are added or, with None, taken away; `slug` is the name of its directory, and `beside`
    are files around that directory.
    """
    texts: dict[str, str | bytes] = dict(sound())
    for name, old, new in edits:
        text = texts[name]
        text = text.decode() if isinstance(text, bytes) else text
        assert text.count(old) == 1, f"{name} has {text.count(old)} of {old!r}"
        texts[name] = text.replace(old, new)
    for name, content in (files or {}).items():
        if content is None:
            del texts[name]
        else:
            texts[name] = content
    around = {f"runbooks/{name}": content for name, content in (beside or {}).items()}
    inside = {f"runbooks/{slug}/{name}": content for name, content in texts.items()}
    return list(lint_texts({**inside, **around}, select=(code,)).findings)


def said(findings: list[Finding]) -> list[str]:
    """Return where what was found: `workflow.py:12 NTR401`."""
    return [f"{f.place.path.rpartition('/')[2]}:{f.place.line} {f.code}" for f in findings]
