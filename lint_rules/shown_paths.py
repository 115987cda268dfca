"""From the paths people are shown back to the files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lint_rules.discovery.discover import Discovery
from lint_rules.engine import Linted
from lint_rules.files import path_text


def real_path(discovery: Discovery, shown: str) -> str:
    """Return the absolute path that `Discovery.display` showed like this."""
    return path_text.normal(str(Path(discovery.here) / shown))


def shown_source(linted: Linted) -> Callable[[str], str | None]:
    """Return what gives the text of a file of the report, None when it cannot be read."""
    from lint_rules.assembly import text_of

    text = text_of(linted.sources)
    return lambda shown: text(real_path(linted.discovery, shown))
