"""Short ways to an outline."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from lint_rules.config.settings import Settings
from lint_rules.outline.outline import Outline
from lint_rules.outline.projects import outlines
from tests.bundles import ROOT
from tests.lint_rules.linted import NOWHERE
from tests.lint_rules.petty_cash import Edit, sound

RUNBOOKS = ROOT / "fixtures/runbooks"
GOLDEN = Path(__file__).parent / "golden"


def sample(slug: str) -> tuple[Outline, ...]:
    """Return the outline of a sample bundle, with paths from the root of the project."""
    with contextlib.chdir(ROOT):
        return outlines([RUNBOOKS / slug], Settings(ROOT))


def of_texts(files: Mapping[str, str | bytes]) -> tuple[Outline, ...]:
    """Return the outlines of texts that lie nowhere."""
    overlay = {
        NOWHERE / name: text if isinstance(text, bytes) else text.encode()
        for name, text in files.items()
    }
    return outlines(list(overlay), Settings(NOWHERE), overlay)


def edited(*edits: Edit, files: Mapping[str, str | bytes] | None = None) -> Outline:
    """Return the outline of the smallest sample bundle with some changes."""
    texts: dict[str, str | bytes] = {**sound(), **(files or {})}
    for name, old, new in edits:
        text = texts[name]
        text = text.decode() if isinstance(text, bytes) else text
        assert text.count(old) == 1, f"{name} has {text.count(old)} of {old!r}"
        texts[name] = text.replace(old, new)
    [found] = of_texts({f"petty-cash/{name}": text for name, text in texts.items()})
    return found
