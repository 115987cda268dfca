"""What a requirements file says, as plain data: every part with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lint_rules.facts.records import Span

if TYPE_CHECKING:
    from packaging.requirements import Requirement

Kind = Literal[
    "requirement",  # by name, as PEP 508 has it; perhaps with a URL
    "location",  # a URL, path or archive without a name, or an editable
    "variable",  # it has a `${NAME}` in it, which pip puts in on the worker
    "option",  # only options: an index, another file
    "unreadable",  # pip refuses it
]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the file; the text is what pip reads, the place has the line breaks in it too."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Option:
    """An option by its full name, such as `--hash`; `part` is it as written, with its value."""

    name: str
    value: str | None
    part: Part


@dataclass(frozen=True, slots=True)
class Entry:
    """One logical line that asks for something.

    `asked` is the line without options and comment. `name` is as written, `key` is normalised; both
    are None where the line does not say. `bracket` is the list of extras with its brackets,
    `version` what the version must be, `clauses` the same by operator and version, `marker` the
    condition behind the `;`. `problem` is why pip refuses the line.
    """

    kind: Kind
    whole: Part
    asked: Part
    comment: Part | None
    options: tuple[Option, ...]
    key: str | None = None
    name: Part | None = None
    bracket: Part | None = None
    extras: tuple[Part, ...] = ()
    version: Part | None = None
    url: Part | None = None
    marker: Part | None = None
    clauses: tuple[tuple[str, str], ...] = ()
    problem: str | None = None

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.whole.span.line

    @property
    def pin(self) -> str | None:
        """The one version it allows; None when there may be several."""
        exact = [version for operator, version in self.clauses if operator in ("==", "===")]
        return next((version for version in exact if not version.endswith(".*")), None)

    @property
    def parsed(self) -> Requirement | None:
        """The requirement as `packaging` has it."""
        from packaging.requirements import Requirement

        return Requirement(self.plain) if self.kind == "requirement" else None

    @property
    def plain(self) -> str:
        """What is asked for by PEP 508, which has no `;` without a condition; pip takes one."""
        return self.asked.text.rstrip("; \t")

    @property
    def has_hashes(self) -> bool:
        """Whether pip accepts certain files only."""
        return any(option.name == "--hash" for option in self.options)


@dataclass(frozen=True, slots=True)
class RequirementsText:
    """A requirements file: what it asks for, in order."""

    entries: tuple[Entry, ...]

    def of_kind(self, *kinds: Kind) -> Iterator[Entry]:
        """Yield the entries of some kinds."""
        return (entry for entry in self.entries if entry.kind in kinds)

    @property
    def named(self) -> Iterator[Entry]:
        """The requirements by name."""
        return self.of_kind("requirement")
