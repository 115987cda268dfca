"""What a lint run has to say, as plain frozen data: findings, their chains, fixes, the summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
Impact = Literal["sequence", "payload", "noise"]
"""What a hazard can do: change commands, change only data that is sent, or only repeat itself."""

Sandbox = Literal["refuses", "warns", "silent", "passed-through", "loop-refuses"]
"""What Temporal's default sandbox would do at run time."""

Applicability = Literal["safe", "unsafe"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A range in a file: lines and columns from 1, columns in characters, the end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a chain: where it is taken, and what happens there."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Text that takes the place of a range; `start` and `end` are (line, column), from 1."""

    path: str
    start: tuple[int, int]
    end: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What would remove a finding.

    `id` says how the edits are made; they are empty until somebody needs them, since making them
    costs a parse.
    """

    id: str
    applicability: Applicability
    message: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One report of a rule.

    `message` says what is wrong, `alternative` what to write instead (None where there is nothing
    to say). `trace` leads from the entry point of the workflow to `place`, one hop per call; it is
    empty when the entry point itself does it. `sink` is where the value does the harm that
    `impact` names, None when the hazard itself does it. `bundle` is None outside bundles.
    """

    code: str
    name: str
    message: str
    alternative: str | None
    severity: Severity
    impact: Impact | None
    place: Place
    bundle: str | None = None
    trace: tuple[Hop, ...] = ()
    sink: Hop | None = None
    sandbox: Sandbox | None = None
    fix: Fix | None = None

    @property
    def text(self) -> str:
        """The message with its alternative, in one line."""
        return f"{self.message}; instead: {self.alternative}" if self.alternative else self.message


@dataclass(frozen=True, slots=True)
class NamedUnknown:
    """A call behind which the linter cannot see, how often it was met, and where first."""

    name: str
    reason: str
    count: int
    first: Place


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a run; `suppressed` and `baselined` findings are in no other count."""

    bundles: int = 0
    files: int = 0
    errors: int = 0
    warnings: int = 0
    info: int = 0
    calls_resolved: int = 0
    calls_unknown: int = 0
    suppressed: int = 0
    baselined: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a lint run found, sorted by place."""

    findings: tuple[Finding, ...]
    summary: Summary
    unknown: tuple[NamedUnknown, ...] = ()
