"""The findings a project has agreed to live with for now, in a file beside it.

An entry names its finding by code, path and source text, never by line numbers, so it still holds
when lines move. A renamed file or a changed line makes a new finding.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from lint_rules.finding import Finding, Place

Source = Callable[[str], str | None]
"""The text of a path as findings spell it, None when it cannot be read."""

_KIND = "ntro-testkit lint baseline"
_VERSION = 1
# As Python ends lines: form feeds and Unicode separators end none.
_LINE_END = re.compile(r"\r\n?|\n")
_LONGEST = 300


class BaselineError(ValueError):
    """A baseline that cannot be used; the message names the file and what was expected."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One finding of a baseline: the path is relative to its file, equal findings are numbered."""

    path: str
    code: str
    text: str
    occurrence: int


class Compared(NamedTuple):
    """Findings held against a baseline: those it does not have, and its entries without one."""

    kept: tuple[Finding, ...]
    matched: int
    stale: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline that was read."""

    directory: Path
    entries: tuple[Entry, ...]

    def apply(self, findings: Iterable[Finding], source: Source) -> Compared:
        """Take out the findings that the baseline has.

        Of several equal findings the first ones match. `stale` has every entry that no finding
        matched, also those of files and rules that were not looked at this time.
        """
        given = tuple(findings)
        left = Counter((entry.path, entry.code, entry.text) for entry in self.entries)
        matched = set()
        for place, entry in _entries(given, self.directory, source):
            if left[entry.path, entry.code, entry.text] > 0:
                left[entry.path, entry.code, entry.text] -= 1
                matched.add(place)
        kept = tuple(finding for place, finding in enumerate(given) if place not in matched)
        return Compared(kept, len(matched), self._last(left))

    def _last(self, numbers: Counter[tuple[str, str, str]]) -> tuple[Entry, ...]:
        """Return as many entries of each kind, from the end."""
        stale = []
        for entry in sorted(self.entries, reverse=True):
            if numbers[entry.path, entry.code, entry.text] > 0:
                numbers[entry.path, entry.code, entry.text] -= 1
                stale.append(entry)
        return tuple(reversed(stale))


def write_baseline(path: Path, findings: Iterable[Finding], source: Source) -> None:
    """Write the findings as a baseline, sorted, one a line; the file is there whole or not at all.

    Paths of findings are relative to the working directory, or absolute. Raises `OSError`.
    """
    entries = sorted(entry for _, entry in _entries(tuple(findings), path.parent, source))
    lines = ",\n".join(f"    {json.dumps(_plain(entry))}" for entry in entries)
    body = f"[\n{lines}\n  ]" if lines else "[]"
    text = f'{{\n  "kind": "{_KIND}",\n  "version": {_VERSION},\n  "findings": {body}\n}}\n'
    _write_whole(Path(os.path.realpath(path)), text)


def read_baseline(path: Path) -> Baseline:
    """Read a baseline; raises `BaselineError` when it is missing, damaged or no baseline."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _error(path, f"a baseline that can be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise _error(path, f"JSON: {error}") from error
    if not isinstance(data, dict) or data.get("kind") != _KIND:
        raise _error(path, f'an object with "kind": "{_KIND}"')
    if data.get("version") != _VERSION:
        raise _error(path, f'"version": {_VERSION}, found {json.dumps(data.get("version"))}')
    if not isinstance(data.get("findings"), list):
        raise _error(path, 'an array "findings"')
    entries = (_entry(path, number, item) for number, item in enumerate(data["findings"], start=1))
    # A merge of two branches can bring the same line twice.
    return Baseline(path.parent, tuple(sorted(set(entries))))


def _entry(path: Path, number: int, item: Any) -> Entry:
    match item:
        case {"path": str(at), "code": str(code), "text": str(text), "occurrence": int(n)}:
            return Entry(at, code, text, n)
    wanted = "strings code, path and text, and an integer occurrence"
    raise _error(path, f"an object with the {wanted} as finding {number}")


def _error(path: Path, expected: str) -> BaselineError:
    return BaselineError(f"{path}: expected {expected}; --write-baseline makes it anew")


def _plain(entry: Entry) -> dict[str, str | int]:
    return {
        "path": entry.path,
        "code": entry.code,
        "text": entry.text,
        "occurrence": entry.occurrence,
    }


def _entries(
    findings: tuple[Finding, ...], directory: Path, source: Source
) -> Iterator[tuple[int, Entry]]:
    """Return the entry of each finding with the finding's index, ordered by place."""
    texts = _Texts(source)
    seen: Counter[tuple[str, str, str]] = Counter()
    paths: dict[str, str] = {}
    for index in sorted(range(len(findings)), key=lambda n: (findings[n].place, findings[n].code)):
        finding = findings[index]
        given = finding.place.path
        if given not in paths:
            paths[given] = Path(os.path.relpath(given, directory)).as_posix()
        key = (paths[given], finding.code, texts.of(finding.place))
        seen[key] += 1
        yield index, Entry(*key, seen[key])


class _Texts:
    """The source lines of places; each file is asked for and split once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines: dict[str, list[str]] = {}

    def of(self, place: Place) -> str:
        if place.path not in self._lines:
            self._lines[place.path] = _LINE_END.split(self._source(place.path) or "")
        lines = self._lines[place.path][place.line - 1 : place.end_line]
        text = "\n".join(line.strip() for line in lines)
        if len(text) <= _LONGEST:
            return text
        from hashlib import blake2b

        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        return f"{text[:_LONGEST]}... {digest}"


def _write_whole(target: Path, text: str) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
