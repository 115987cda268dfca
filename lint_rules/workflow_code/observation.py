"""What a rule reports: a place in a file, still without its way there, severity, suppressions."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.facts.records import Span
from lint_rules.files.text_file import TextFile
from lint_rules.finding import Applicability, Edit, Impact, Sandbox, Severity
from lint_rules.program import Module
from lint_rules.program.reach import Reached


@dataclass(frozen=True, slots=True)
class Step:
    """A further place that explains an observation."""

    module: Module | TextFile
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One report of a rule.

    `via` is the reached function it stands in, whose chain becomes the trace; `steps` lengthen that
    chain. `ceiling` is the most severe it may become, `severity` settles it. `fix` is the id of a
    fix, `applicability` how far it can be trusted, `edits` what it changes where the rule knows.
    """

    module: Module | TextFile
    span: Span
    message: str
    alternative: str | None = None
    via: Reached | None = None
    impact: Impact | None = None
    ceiling: Severity | None = None
    severity: Severity | None = None
    sandbox: Sandbox | None = None
    fix: str | None = None
    applicability: Applicability = "unsafe"
    edits: tuple[Edit, ...] = ()
    sink: Step | None = None
    steps: tuple[Step, ...] = ()
