"""Reads a requirements file: the lines as pip takes them, the requirements by PEP 508.

Nothing is raised for any text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lint_rules.facts.records import Span
from lint_rules.files.source_text import SourceText
from lint_rules.requirements.logical_lines import LogicalLine, logical_lines
from lint_rules.requirements.naming import normalised
from lint_rules.requirements.options import read_options
from lint_rules.requirements.requirement import Entry, Option, Part, RequirementsText

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")
_PATH = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9.-]{0,20}\+)?[A-Za-z]{1,10}:[/\\]|\.|[\w.~@%+-]{0,80}[/\\]"
)
_ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar")
_EGG = re.compile(r"[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]{0,200})")
_WHEEL = re.compile(r"(?:^|[/\\])([A-Za-z0-9][A-Za-z0-9._]{0,200})-[^/\\]{1,400}\.whl(?:[#?;\s]|$)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")
_PLAIN = re.compile(
    r"([A-Za-z0-9](?:[A-Za-z0-9._-]{0,100}[A-Za-z0-9])?)(?:\[[a-z0-9]+(?:[,-][a-z0-9]+){0,20}\])?"
    r"==([0-9]{1,10}(?:\.[0-9]{1,10}){0,8})"
)
"""How nearly all requirements look; they need no `packaging`, which takes long to import."""
_EXTRA = re.compile(r"[^\s,\[\]]+")
_LONGEST = 2000
"""Characters of one requirement; what is longer is none, and takes too long to be refused."""


def read_requirements_text(text: str) -> RequirementsText:
    """Return what a requirements file asks for."""
    source = SourceText(text)
    entries = (_Line(source, line).entry() for line in logical_lines(text))
    return RequirementsText(tuple(entry for entry in entries if entry is not None))


class _Line:
    def __init__(self, source: SourceText, line: LogicalLine) -> None:
        self._source = source
        self._line = line
        self._text = line.text

    def entry(self) -> Entry | None:
        start, end = self._line.content
        if start >= end:
            return None
        behind = self._options_at(start, end)
        asked = self._part(start, behind)
        whole = self._part(start, end)
        behind_all, last = self._line.comment
        comment = self._part(behind_all, last) if behind_all < last else None
        options, problem = self._options(behind, end)
        plain = Entry("option", whole, asked, comment, options)
        if problem is not None:
            return self._refused(plain, problem)
        if not asked.text:
            editable = next((o for o in options if o.name == "--editable"), None)
            return plain if editable is None else self._location(plain, editable.value or "")
        return self._asked(plain, start)

    def _options_at(self, start: int, end: int) -> int:
        if self._text[start] == "-":
            return start
        at = self._text.find(" -", start, end)
        return end if at < 0 else at

    def _part(self, start: int, end: int) -> Part:
        said = self._text[start:end]
        end -= len(said) - len(said.rstrip())
        end = max(start, end)
        first, last = self._line.range(start, end)
        span = Span(*self._source.position(first), *self._source.position(last))
        return Part(self._text[start:end], span)

    def _options(self, start: int, end: int) -> tuple[tuple[Option, ...], str | None]:
        found: list[Option] = []
        for name, value, first, last in read_options(self._text, start, end):
            part = self._part(first, last)
            if name is None:
                return tuple(found), f"pip takes no `{part.text[:80]}` here"
            found.append(Option(name, value, part))
        return tuple(found), None

    def _refused(self, plain: Entry, problem: str) -> Entry:
        key = _key(_name_like(plain.asked.text))
        return replace(plain, kind="unreadable", key=key, problem=problem)

    def _location(self, plain: Entry, at: str) -> Entry:
        named = _EGG.search(at) or _WHEEL.search(at)
        return replace(plain, kind="location", key=_key(named[1] if named else None))

    def _asked(self, plain: Entry, start: int) -> Entry:
        text = plain.asked.text
        if _VARIABLE.search(text):
            return replace(plain, kind="variable", key=_key(_name_like(text)))
        if _is_archive(text):
            return self._location(plain, text)
        usual = _PLAIN.fullmatch(text)
        if usual is not None:
            return self._named(plain, start, len(usual[1]), None, (("==", usual[2]),))
        parsed = _parse(plain.plain)
        if isinstance(parsed, str):
            if _is_location(text):
                return self._location(plain, text)
            return self._refused(plain, parsed)
        clauses = sorted((clause.operator, clause.version) for clause in parsed.specifier)
        return self._named(plain, start, len(parsed.name), parsed.url, tuple(clauses))

    def _named(
        self,
        plain: Entry,
        start: int,
        length: int,
        address: str | None,
        clauses: tuple[tuple[str, str], ...],
    ) -> Entry:
        """Find the parts of a requirement that is known to be one; its name has a length."""
        text = self._text
        end = start + len(plain.asked.text)
        at = start + length
        name = self._part(start, at)
        at = self._next(at, end)
        bracket: Part | None = None
        extras: tuple[Part, ...] = ()
        if text.startswith("[", at):
            closed = text.index("]", at) + 1
            bracket = self._part(at, closed)
            found = _EXTRA.finditer(text, at + 1, closed - 1)
            extras = tuple(self._part(*extra.span()) for extra in found)
            at = self._next(closed, end)
        url = None
        if text.startswith("@", at) and address:
            first = text.index(address, at)
            at = first + len(address)
            url = self._part(first, at)
        semicolon = text.find(";", at, end)
        until = end if semicolon < 0 else semicolon
        version = self._part(at, until) if url is None and at < until else None
        marker = None if semicolon < 0 else self._part(self._next(semicolon + 1, end), end)
        return replace(
            plain,
            kind="requirement",
            key=_key(name.text),
            name=name,
            bracket=bracket,
            extras=extras,
            version=version if version and version.text else None,
            url=url,
            marker=marker,
            clauses=clauses,
        )

    def _next(self, at: int, end: int) -> int:
        """Return the next place that is no blank."""
        while at < end and self._text[at].isspace():
            at += 1
        return at


def _parse(text: str) -> Requirement | str:
    """Return a requirement, or why it is none."""
    from packaging.requirements import InvalidRequirement, Requirement

    if len(text) > _LONGEST:
        return f"{len(text)} characters are no requirement"
    try:
        return Requirement(text)
    except InvalidRequirement as error:
        reason = str(error).strip().partition("\n")[0]
        return reason[:1].lower() + reason[1:]
    except (ValueError, RecursionError):
        return "its condition cannot be read"


def _is_location(text: str) -> bool:
    """Tell whether pip takes a text that is no requirement for a URL or path."""
    return _PATH.match(text) is not None


def _is_archive(text: str) -> bool:
    """Tell whether pip takes a text for a file, though it might be a name."""
    at = text.partition(";")[0].rstrip().lower()
    return at.endswith(_ARCHIVES) and "@" not in at and not any(map(str.isspace, at))


def _name_like(text: str) -> str | None:
    """Return what would be the name in a text that is no requirement."""
    found = _NAME.match(text)
    return found[0] if found else None


def _key(name: str | None) -> str | None:
    """Return a name as all its spellings are compared."""
    return None if name is None else normalised(name)
