"""Observations about what is written at a gate."""

from __future__ import annotations

from lint_rules.finding import Severity
from lint_rules.runbook_code.runbook import Gate
from lint_rules.runbook_code.written import Entry, Value
from lint_rules.workflow_code.observation import Observation


def at_gate(
    gate: Gate, at: Value | Entry, message: str, alternative: str, severity: Severity = "error"
) -> Observation:
    """Return an observation about a value, or about the key of an entry.

    What stands in another module than the gate has no way from the run to it.
    """
    return Observation(
        module=at.module,
        span=at.key_span if isinstance(at, Entry) else at.span,
        message=message,
        alternative=alternative,
        via=gate.via if at.module is gate.module else None,
        severity=severity,
    )
