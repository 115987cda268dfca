"""What a check says about runs: a verdict, with what it saw as evidence."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.finding import Severity
from lint_rules.rules.catalogue import BY_CODE
from ntro_testkit.trace import SourceLine


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side, only where they differ.

    A row is what each of them did there, None where one did nothing.
    """

    left: str
    right: str
    rows: tuple[tuple[str | None, str | None], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One fault that runs have shown.

    Attributes:
        code: of the rule, `NTR701`; a hazard seen at run time has the lint's own, `NTR101`.
        message: what is wrong, in one line, with the gate, signal or activity it is about.
        scenario: the scenario that must not pass because of it, one of those that were asked for.
        severity: how bad it is.
        slug: the runbook it is about.
        line: the line of bundle code to look at, where there is one.
        help: what to do, in one line.
        evidence: what was seen, a line each.
        comparison: the runs it was seen in, where two were compared.
        reproduce: the source of a scenario that shows it again, to be pasted.
    """

    code: str
    message: str
    scenario: str
    severity: Severity = "error"
    slug: str = ""
    line: SourceLine | None = None
    help: str | None = None
    evidence: tuple[str, ...] = ()
    comparison: Comparison | None = None
    reproduce: str | None = None

    @property
    def name(self) -> str:
        """The name of its rule: `stale-approval`."""
        return BY_CODE[self.code].name
