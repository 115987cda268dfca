"""Turns what the guard saw in runs into verdicts, which have the lint's codes.

The lint follows a value to what becomes of it; the guard only sees the call. What may reach a
command is a warning here, where the lint may know better in either direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lint_rules.finding import Severity
from lint_rules.hazards import Hazard, Hazards, HazardTable, load
from lint_rules.rules.catalogue import RULES
from ntro_testkit.checks.check import Check
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.trace import HazardCall, SourceLine
from ntro_testkit.verdict import Verdict

_BY_IMPACT: dict[str, Severity] = {
    "sequence": "error",
    "payload": "warning",
    "noise": "info",
    "value": "warning",
}
"""As for the lint; `value` is what it gives where nothing is known of the value."""

_RANK: dict[Severity, int] = {"info": 0, "warning": 1, "error": 2}


def hazard_verdicts(runs: Iterable[Examined]) -> Iterator[Verdict]:
    """Yield a verdict for each hazard and line, charged to the first run that showed it."""
    seen: dict[tuple[str, str, SourceLine], list[tuple[Examined, HazardCall]]] = {}
    for examined in runs:
        for call in examined.result.trace.hazards:
            seen.setdefault((call.code, call.name, call.line), []).append((examined, call))
    table = load() if seen else None
    for found in seen.values():
        assert table is not None
        yield _verdict(table, found)


def hazards(experiment: Experiment) -> Iterator[Verdict]:
    """Yield what the guard saw in the runs that were asked for."""
    return hazard_verdicts(experiment.runs)


CHECK = Check(
    codes=tuple(rule.code for rule in RULES if rule.code.startswith("NTR1")),
    run=hazards,
    any_end=True,
)


def _verdict(table: HazardTable, found: list[tuple[Examined, HazardCall]]) -> Verdict:
    first, call = found[0]
    hazard = _hazard(table, call)
    used, done = (
        (f"`{call.name}`", "looked at") if hazard.use == "read" else (f"`{call.name}()`", "called")
    )
    return Verdict(
        code=call.code,
        message=f"{used} was {done} by workflow code",
        scenario=first.scenario.name,
        severity=_severity(hazard),
        slug=first.result.slug,
        line=call.line,
        help=hazard.alternative,
        evidence=tuple(_evidence(examined, each) for examined, each in found),
    )


def _evidence(examined: Examined, call: HazardCall) -> str:
    step = f", first in step `{call.step}`" if call.step else ""
    times = "once" if call.count == 1 else f"{call.count} times"
    return f"scenario `{examined.scenario.name}`: {times}{step}"


def _hazard(table: HazardTable, call: HazardCall) -> Hazard:
    for name in (call.name, f"builtins.{call.name}"):
        found = table.lookup(name)
        if isinstance(found, Hazards):
            return next(each for each in found.variants if each.code == call.code)
    raise LookupError(f"no hazard `{call.name}` in the data")


def _severity(hazard: Hazard) -> Severity:
    severity, ceiling = _BY_IMPACT[hazard.impact], hazard.ceiling
    return ceiling if ceiling is not None and _RANK[ceiling] < _RANK[severity] else severity
