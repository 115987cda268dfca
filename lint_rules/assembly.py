"""From the analyses of projects to one report: selection, suppressions, baseline, counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lint_rules.analysis.analysis import Analysis
from lint_rules.baseline import read_baseline
from lint_rules.config.settings import Settings
from lint_rules.discovery.discover import Discovery
from lint_rules.files.sources import Sources
from lint_rules.finding import (
    Edit,
    Finding,
    Hop,
    NamedUnknown,
    Place,
    Report,
    Severity,
    Summary,
)
from lint_rules.rules.catalogue import BY_CODE, RULES
from lint_rules.rules.families import family_of
from lint_rules.selection import Selection
from lint_rules.suppressions.applying import apply
from lint_rules.suppressions.suppression import Suppression

_RANK: dict[Severity, int] = {"info": 0, "warning": 1, "error": 2}


def assemble(
    discovery: Discovery, analyses: Sequence[Analysis], settings: Settings, sources: Sources
) -> Report:
    """Return what a run reports; paths in it are as people are shown them."""
    selection = Selection(RULES, settings)
    found = _found(discovery, analyses, settings)
    chosen = [finding for finding in found if selection.is_on(finding.code)]
    suppressions = _suppressions(analyses)
    names = {rule.code: rule.name for rule in RULES}
    applied = apply(chosen, suppressions, is_on=_judged_by_lint(selection), names=names)
    faults = [
        fault
        for fault in applied.faults
        if selection.is_on(fault.code) and discovery.concerns(fault.place.path)
    ]
    kept = list(_judged([*applied.kept, *faults], selection))
    kept, baselined = _without_known(kept, settings, sources)
    findings = tuple(sorted(_shown(kept, discovery.display), key=_order))
    unknown = tuple(_merged(analyses, discovery.display))
    return Report(
        findings,
        _summary(discovery, analyses, findings, len(applied.suppressed), baselined),
        unknown,
    )


def _judged_by_lint(selection: Selection) -> Callable[[str], bool]:
    """Tell of which codes a lint knows whether they were suppressed in vain.

    What runs and replays report is not among a lint's findings.
    """
    return lambda code: selection.is_on(code) and family_of(code).linted


def _found(
    discovery: Discovery, analyses: Sequence[Analysis], settings: Settings
) -> Iterator[Finding]:
    """Yield the findings that touch what was asked for, each once, as the worst anybody says."""
    found: dict[tuple[str, Place], Finding] = {}
    for analysis in analyses:
        boundaries = _boundaries(analysis) if settings.strict else ()
        for finding in (*analysis.findings, *boundaries):
            key = (finding.code, finding.place)
            known = found.get(key)
            if known is not None and _RANK[known.severity] >= _RANK[finding.severity]:
                continue
            if _concerns(discovery, finding):
                found[key] = finding
    unreadable = {place.path for code, place in found if code == "NTR901"}
    yield from found.values()
    yield from (f for f in _from_files(discovery) if f.place.path not in unreadable)


def _concerns(discovery: Discovery, finding: Finding) -> bool:
    places = (finding.place, *(hop.place for hop in finding.trace))
    return any(discovery.concerns(place.path) for place in places)


def _boundaries(analysis: Analysis) -> Iterator[Finding]:
    rule = BY_CODE["NTR904"]
    for unknown in analysis.unknown:
        message = f"`{unknown.name}` cannot be followed: {unknown.reason}"
        alternative = "an activity, or declare the package in pure-packages"
        yield Finding(rule.code, rule.name, message, alternative, "error", None, unknown.place)


def _from_files(discovery: Discovery) -> Iterator[Finding]:
    rule = BY_CODE["NTR901"]
    for problem in discovery.problems:
        place = Place(str(problem.path), problem.line, problem.column, problem.line, problem.column)
        yield Finding(rule.code, rule.name, problem.message, None, "error", None, place)


def _suppressions(analyses: Sequence[Analysis]) -> list[Suppression]:
    found = {
        (each.path, each.line, each.column): each
        for analysis in analyses
        for each in analysis.suppressions
    }
    return [found[key] for key in sorted(found)]


def _judged(findings: Iterable[Finding], selection: Selection) -> Iterator[Finding]:
    for finding in findings:
        severity = selection.severity(finding)
        if severity is None or selection.ignored_in(finding.place.path, finding.code):
            continue
        yield finding if severity == finding.severity else replace(finding, severity=severity)


def _without_known(
    findings: list[Finding], settings: Settings, sources: Sources
) -> tuple[list[Finding], int]:
    if settings.baseline is None:
        return findings, 0
    compared = read_baseline(settings.baseline).apply(findings, text_of(sources))
    return list(compared.kept), compared.matched


def text_of(sources: Sources) -> Callable[[str], str | None]:
    """Return what gives the text of a file, None when it cannot be read."""
    from lint_rules.facts.decoding import decode

    def text(path: str) -> str | None:
        try:
            found = decode(sources.read(Path(path).absolute()))
        except OSError:
            return None
        return found if isinstance(found, str) else None

    return text


def _shown(findings: Iterable[Finding], display: Callable[[str], str]) -> Iterator[Finding]:
    def place(given: Place) -> Place:
        return replace(given, path=display(given.path))

    def hop(given: Hop) -> Hop:
        return Hop(place(given.place), given.text)

    def edit(given: Edit) -> Edit:
        return replace(given, path=display(given.path))

    for finding in findings:
        fix = finding.fix
        yield replace(
            finding,
            place=place(finding.place),
            trace=tuple(map(hop, finding.trace)),
            sink=hop(finding.sink) if finding.sink else None,
            fix=replace(fix, edits=tuple(map(edit, fix.edits))) if fix else None,
        )


def _order(finding: Finding) -> tuple[Place, str]:
    return finding.place, finding.code


def _merged(analyses: Sequence[Analysis], display: Callable[[str], str]) -> Iterator[NamedUnknown]:
    calls = {each.place: each for analysis in analyses for each in analysis.unknown}
    found: dict[str, NamedUnknown] = {}
    for call in sorted(calls.values(), key=lambda each: (each.name, each.place)):
        known = found.get(call.name)
        if known is None:
            first = replace(call.place, path=display(call.place.path))
            found[call.name] = NamedUnknown(call.name, call.reason, 1, first)
        else:
            found[call.name] = replace(known, count=known.count + 1)
    yield from found.values()


def _summary(
    discovery: Discovery,
    analyses: Sequence[Analysis],
    findings: tuple[Finding, ...],
    suppressed: int,
    baselined: int,
) -> Summary:
    severities = [finding.severity for finding in findings]
    return Summary(
        bundles=sum(project.bundle is not None for project in discovery.projects),
        files=len({path for analysis in analyses for path, _ in analysis.files}),
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        info=severities.count("info"),
        calls_resolved=sum(analysis.calls_resolved for analysis in analyses),
        calls_unknown=sum(analysis.calls_unknown for analysis in analyses),
        suppressed=suppressed,
        baselined=baselined,
    )
