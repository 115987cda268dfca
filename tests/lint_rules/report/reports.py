"""Reports for the tests: small hand-made ones, and any that hypothesis can think of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from lint_rules.finding import (
    Edit,
    Finding,
    Fix,
    Hop,
    NamedUnknown,
    Place,
    Report,
    Summary,
)
from lint_rules.rules.rule import Rule

HELPERS = "templates/helpers.py"
WORKFLOW = "templates/workflow.py"

RULES = (
    Rule(
        "NTR101",
        "wall-clock",
        "The clock of the worker is read in workflow code",
        "\nReading the wall clock in\nworkflow code.\n\nOn replay it differs:\n\n    time.time()\n",
    ),
    Rule("NTR110", "unordered-iteration", "A set is iterated in hash order", "", on=False),
)


def place(
    path: str = HELPERS, line: int = 5, column: int = 12, end: tuple[int, int] | None = None
) -> Place:
    end_line, end_column = end or (line, column + 14)
    return Place(path, line, column, end_line, end_column)


def finding(**changes: Any) -> Finding:
    told: dict[str, Any] = {
        "code": "NTR101",
        "name": "wall-clock",
        "message": "`datetime.now()` reads the clock of the worker",
        "alternative": "`runbook.now()`",
        "severity": "error",
        "impact": "sequence",
        "place": place(),
    }
    return Finding(**{**told, **changes})


def chained(**changes: Any) -> Finding:
    told: dict[str, Any] = {
        "bundle": "nav-monthly",
        "trace": (
            Hop(place(WORKFLOW, 9, 15), "run -> _review"),
            Hop(place(WORKFLOW, 120, 9), "_review -> stamp"),
        ),
        "sink": Hop(place(WORKFLOW, 121, 12), "the value decides a branch"),
        "sandbox": "refuses",
        "fix": Fix(
            "now",
            "safe",
            "Replace it with `runbook.now()`",
            (Edit(HELPERS, (5, 12), (5, 26), "runbook.now()"),),
        ),
    }
    return finding(**{**told, **changes})


def unordered(**changes: Any) -> Finding:
    told: dict[str, Any] = {
        "code": "NTR110",
        "name": "unordered-iteration",
        "message": "the set is iterated in hash order",
        "alternative": None,
        "severity": "warning",
        "impact": "payload",
        "sandbox": "silent",
        "fix": Fix("sorted", "unsafe", "Sort it"),
    }
    return finding(**{**told, **changes})


def report(*findings: Finding, unknown: Iterable[NamedUnknown] = (), **counts: int) -> Report:
    severities = [one.severity for one in findings]
    told = {
        "files": 4,
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "info": severities.count("info"),
        "calls_resolved": 120,
    }
    return Report(findings, Summary(**{**told, **counts}), tuple(unknown))


PANDAS = NamedUnknown("pandas.read_csv", "nobody has classified the package", 12, place(WORKFLOW))


TEXT = st.text(min_size=1, max_size=20)
NUMBER = st.integers(1, 2000)
PLACES = st.builds(Place, TEXT, NUMBER, NUMBER, NUMBER, NUMBER)
HOPS = st.builds(Hop, PLACES, TEXT)
POSITION = st.tuples(NUMBER, NUMBER)
EDITS = st.builds(Edit, TEXT, POSITION, POSITION, st.text(max_size=10))
FIXES = st.builds(
    Fix,
    TEXT,
    st.sampled_from(["safe", "unsafe"]),
    TEXT,
    st.lists(EDITS, max_size=3).map(tuple),
)
FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(["NTR101", "NTR110", "NTR901"]),
    name=st.sampled_from(["wall-clock", "syntax-error"]),
    message=TEXT,
    alternative=st.none() | TEXT,
    severity=st.sampled_from(["error", "warning", "info"]),
    impact=st.sampled_from(["sequence", "payload", "noise", None]),
    place=PLACES,
    bundle=st.none() | TEXT,
    trace=st.lists(HOPS, max_size=4).map(tuple),
    sink=st.none() | HOPS,
    sandbox=st.sampled_from(["refuses", "warns", "silent", "passed-through", "loop-refuses", None]),
    fix=st.none() | FIXES,
)
UNKNOWN = st.builds(NamedUnknown, TEXT, TEXT, NUMBER, PLACES)
REPORTS = st.builds(
    lambda findings, unknown: report(*findings, unknown=unknown),
    st.lists(FINDINGS, max_size=5),
    st.lists(UNKNOWN, max_size=2),
)
