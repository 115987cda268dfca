"""The one way to write a requirement, and the edits that bring one there."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.facts.records import Span
from lint_rules.files.text_file import TextFile
from lint_rules.finding import Edit
from lint_rules.requirements.installed import Installed
from lint_rules.requirements.known_distributions import SPELLINGS
from lint_rules.requirements.naming import normalised
from lint_rules.requirements.requirement import Entry

_ROOM = 60


def head_span(entry: Entry) -> Span:
    """Return where name, extras and version stand: all but what follows the `;`."""
    first = entry.name or entry.asked
    last = entry.version or entry.bracket or first
    return Span(*first.span[:2], *last.span[2:])


def head(entry: Entry) -> str:
    """Return these as they are written."""
    return entry.asked.text.partition(";")[0].rstrip()


def spelled(entry: Entry, installed: Installed) -> str:
    """Return the head of a requirement as it should be written."""
    version = "".join(entry.version.text.split()) if entry.version else ""
    if version.startswith("("):
        version = version.removeprefix("(").removesuffix(")")
    return _written_name(entry, installed) + _extras(entry) + version


def pinned(entry: Entry, version: str, installed: Installed) -> str:
    """Return the head of a requirement with one version."""
    return f"{_written_name(entry, installed)}{_extras(entry)}=={version}"


def with_extras(entry: Entry, extras: Iterable[str]) -> str:
    """Return the list of extras with some more in it."""
    own = [extra.text for extra in entry.extras]
    return f"[{','.join([*own, *extras])}]"


def _extras(entry: Entry) -> str:
    own = dict.fromkeys(normalised(extra.text) for extra in entry.extras)
    return f"[{','.join(own)}]" if own else ""


def _written_name(entry: Entry, installed: Installed) -> str:
    """Return the name as written, where that is right or nobody knows better."""
    written, key = entry.name.text if entry.name else "", entry.key or ""
    found = installed.get(key)
    projects = {SPELLINGS.get(key), found.name if found is not None else None} - {None, ""}
    return written if written == key or written in projects or not projects else key


def short(text: str) -> str:
    """Return as much of a text as a message has room for."""
    return text if len(text) <= _ROOM else f"{text[: _ROOM - 3]}..."


def replaced(file: TextFile, span: Span, text: str) -> tuple[Edit, ...]:
    """Return the edit that puts a text in the place of a range."""
    return (Edit(file.path, (span.line, span.column), (span.end_line, span.end_column), text),)


def removed(file: TextFile, entry: Entry) -> tuple[Edit, ...]:
    """Return the edit that takes a line out, with the lines it goes on in.

    pip ends lines at more characters than an editor does; so another one may stand beside it.
    """
    span = entry.whole.span
    before = file.source.between((span.line, 1), span[:2])
    behind = file.source.between(span[2:], (span.end_line + 1, 1))
    if before.strip() or behind.strip():
        return replaced(file, span, "")
    return (Edit(file.path, (span.line, 1), (span.end_line + 1, 1), ""),)
