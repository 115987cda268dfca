"""What is said below a finding: its chain, what its value decides, its impact, the way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.finding import Applicability, Finding, Hop, Impact, Sandbox
from lint_rules.report.cells import width
from lint_rules.report.paths import location
from lint_rules.report.printable import printable

IMPACT: dict[Impact, str] = {
    "sequence": "on replay the workflow can issue other commands than its history has",
    "payload": "on replay the workflow can send other data than its history has",
    "noise": "on replay it only happens again",
}

SANDBOX: dict[Sandbox, str] = {
    "refuses": "Temporal's sandbox refuses it",
    "warns": "Temporal's sandbox only warns",
    "silent": "Temporal's sandbox lets it run",
    "passed-through": "Temporal's sandbox does not see it, as the module is passed through",
    "loop-refuses": "Temporal's workflow event loop refuses it",
}

FLAGS: dict[Applicability, str] = {"safe": "--fix", "unsafe": "--fix --unsafe-fixes"}

_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Note:
    """A labelled remark; only a chain has more than one line."""

    label: str
    lines: tuple[str, ...]


def notes(finding: Finding) -> Iterator[Note]:
    """Yield the remarks of a finding, in the order to be read, all of them printable."""
    if finding.trace:
        yield Note("chain", chain(finding.trace))
    if finding.sink:
        place = location(finding.sink.place)
        yield Note("sink", (f"{printable(finding.sink.text)} at {place}",))
    if finding.impact or finding.sandbox:
        yield _impact(finding)
    if finding.alternative:
        yield Note("instead", (printable(finding.alternative),))
    if finding.fix:
        flags = FLAGS[finding.fix.applicability]
        yield Note("fix", (f"{printable(finding.fix.message)} ({flags})",))


def chain(trace: tuple[Hop, ...]) -> tuple[str, ...]:
    """Return a line per hop, in two columns; the middle of a very long chain is left out."""
    places = [location(hop.place) for hop in trace]
    column = max(map(width, places))
    lines = [
        f"{place}{' ' * (column - width(place))}  {printable(hop.text)}"
        for place, hop in zip(places, trace, strict=True)
    ]
    missing = len(lines) - _LONGEST_CHAIN + 1
    if missing > 1:
        half = _LONGEST_CHAIN // 2
        lines[half : half + missing] = [f"... {missing} more"]
    return tuple(lines)


def _impact(finding: Finding) -> Note:
    said = []
    if finding.impact:
        said.append(IMPACT[finding.impact])
    if finding.sandbox:
        said.append(SANDBOX[finding.sandbox])
    return Note("impact" if finding.impact else "sandbox", ("; ".join(said),))
