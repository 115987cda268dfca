"""A few rules and findings, for tests of what is done with rules and findings of any kind."""

from __future__ import annotations

from dataclasses import replace

from lint_rules.finding import Finding, Place
from lint_rules.rules.rule import Rule


def _rule(code: str, name: str, *, on: bool = True) -> Rule:
    return Rule(code, name, f"about {name}", f"A long text about {name}.", on=on)


RULES = (
    _rule("NTR101", "wall-clock"),
    _rule("NTR103", "randomness"),
    _rule("NTR110", "unordered-iteration"),
    _rule("NTR111", "set-as-payload"),
    _rule("NTR401", "step-order", on=False),
    _rule("NTR902", "unused-suppression"),
    _rule("NTR903", "unexplained-suppression"),
)
NAMES = {rule.code: rule.name for rule in RULES}

CLOCK = Finding(
    code="NTR101",
    name="wall-clock",
    message="`datetime.now()` reads the wall clock",
    alternative="`runbook.now()`",
    severity="error",
    impact="sequence",
    place=Place("flow.py", 1, 1, 1, 5),
)


def finding(
    code: str = "NTR101",
    line: int = 1,
    column: int = 1,
    end_line: int | None = None,
    end_column: int | None = None,
    path: str = "flow.py",
) -> Finding:
    """Return a finding of a sample rule at a place."""
    last = line if end_line is None else end_line
    end = column + 4 if end_column is None else end_column
    place = Place(path, line, column, last, end)
    return replace(CLOCK, code=code, name=NAMES.get(code, "other"), place=place)
