"""Which hazard is behind a difference, as far as the lint knows the code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from lint_rules.finding import Finding
from ntro_testkit.loading import LoadedBundle
from ntro_testkit.trace import SourceLine
from ntro_testkit.twin.worlds import Factor

_CODES: dict[Factor, frozenset[str]] = {
    "clock": frozenset({"NTR101", "NTR102", "NTR117"}),
    "time zone": frozenset({"NTR101", "NTR117", "NTR118"}),
    "locale": frozenset({"NTR117", "NTR118"}),
    "environment": frozenset({"NTR105", "NTR117"}),
    "random numbers": frozenset({"NTR103", "NTR117"}),
    "working directory": frozenset({"NTR105", "NTR106", "NTR117"}),
    "machine": frozenset({"NTR105", "NTR107", "NTR117"}),
}
"""The rules whose hazards a factor changes."""

_OF_A_PROCESS = frozenset(
    {"NTR101", "NTR102", "NTR103", "NTR104", "NTR105", "NTR110", "NTR111", "NTR112", "NTR113"}
    | {"NTR114", "NTR117"}
)
"""The rules whose hazards differ between any two processes, or runs."""

_MOST = 3
"""Suspects that are named."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A hazard in the code; `lines` are those it is met at, and those where its value goes."""

    code: str
    text: str
    path: str
    line: int
    lines: frozenset[tuple[str, int]]


def suspects_in(workflow_class: type) -> list[Suspect]:
    """Return the hazards the lint finds in the bundle of a class; none where it is in no bundle."""
    loaded = getattr(workflow_class, "__ntro_testkit_bundle__", None)
    if not isinstance(loaded, LoadedBundle):
        return []
    directory = loaded.bundle.directory
    report = lint([directory], Settings(directory), jobs=1)
    return [_suspect(finding) for finding in report.findings if finding.code in _OF_CODES]


def suspect_called(code: str, name: str, line: SourceLine) -> Suspect:
    """Return a hazard that workflow code was seen to call."""
    place = (line.path, line.line)
    return Suspect(code, f"`{name}` was called", *place, frozenset({place}))


def behind(
    line: SourceLine | None, causes: Sequence[Factor], suspects: Sequence[Suspect]
) -> Iterator[str]:
    """Yield a sentence for each hazard that fits: those at the line itself, else all it may be."""
    codes = frozenset().union(*(_CODES[cause] for cause in causes)) or _OF_A_PROCESS
    fitting = _once([suspect for suspect in suspects if suspect.code in codes])
    certain = [suspect for suspect in fitting if line and (line.path, line.line) in suspect.lines]
    how = "behind it" if certain else "possibly behind it"
    for suspect in (certain or fitting)[:_MOST]:
        yield f"{how}: {suspect.code} {suspect.text} ({suspect.path}:{suspect.line})"


def _once(suspects: Iterable[Suspect]) -> list[Suspect]:
    """Return the first suspect of each rule and line: the lint and a run may know the same one."""
    by_place: dict[tuple[str, str, int], Suspect] = {}
    for suspect in suspects:
        by_place.setdefault((suspect.code, suspect.path, suspect.line), suspect)
    return list(by_place.values())


def _suspect(finding: Finding) -> Suspect:
    places = [finding.place, *([finding.sink.place] if finding.sink else [])]
    return Suspect(
        code=finding.code,
        text=finding.message,
        path=finding.place.path,
        line=finding.place.line,
        lines=frozenset((place.path, place.line) for place in places),
    )


_OF_CODES = _OF_A_PROCESS.union(*_CODES.values())
