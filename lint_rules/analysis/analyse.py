"""Analyses one project: its modules, what its workflows reach, and every rule over that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lint_rules.analysis.analysis import Analysis, UnknownCall
from lint_rules.analysis.loading import FactsStore, Loading
from lint_rules.analysis.shared_code import SharedCode
from lint_rules.analysis.telling import Telling
from lint_rules.analysis.workflows import Opening, workflow_code
from lint_rules.contract.contract import Contract
from lint_rules.facts import ParseProblem
from lint_rules.files.layout import Layout
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from lint_rules.finding import Finding, Place
from lint_rules.rules.registry import BY_CODE, RULES
from lint_rules.rules.rule import Rule
from lint_rules.suppressions.reading import read_suppressions, read_text_suppressions
from lint_rules.suppressions.suppression import Suppression
from lint_rules.workflow_code.classify import Classifier
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.uses import UnknownUse


def analyse(
    project: Project,
    sources: Sources,
    classifier: Classifier,
    *,
    store: FactsStore | None = None,
) -> Analysis:
    """Analyse one project; faults of its files become findings."""
    layout = Layout(project, sources)
    loading = Loading(layout, sources, store)
    workflow = workflow_code(project, layout, classifier, loading)
    shared = SharedCode(workflow, project, layout, sources)
    opener = Opening(sources, classifier, store)
    contract = Contract(workflow, project, layout, sources, opener)
    findings = _findings(contract, Telling(workflow, project.bundle, shared))
    for member in (*project.entries, *project.members):
        loading.look_at(member)
    findings += [_unreadable(path, p, project.bundle) for path, p in loading.problems.items()]
    return Analysis(
        findings=tuple(sorted(findings, key=lambda finding: (finding.place, finding.code))),
        suppressions=tuple(_suppressions(loading, contract)),
        unknown=tuple(_unknown(workflow.uses.unknown)),
        dependencies=loading.dependencies,
        files=tuple(sorted(loading.files.items())),
        looked_at=tuple(sorted({**shared.looked_at, **contract.looked_at}.items())),
        listings=tuple(sorted(shared.listings.items())),
        contents=tuple(sorted(contract.listed.items())),
        calls_resolved=workflow.uses.resolved,
        calls_unknown=workflow.uses.unresolved,
    )


def _findings(contract: Contract, telling: Telling) -> list[Finding]:
    found: dict[tuple[str, Place], Finding] = {}
    for rule in RULES:
        for observation in _observations(rule, contract):
            finding = telling.finding(rule, observation)
            known = found.setdefault((finding.code, finding.place), finding)
            if telling.is_worse(finding, known):
                found[finding.code, finding.place] = finding
    return list(found.values())


def _observations(rule: Rule, contract: Contract) -> Iterator[Observation]:
    if rule.check is not None:
        yield from rule.check(contract.workflow)
    if rule.contract is not None and (contract.files is not None or contract.classes):
        yield from rule.contract(contract)


def _unreadable(path: str, problem: ParseProblem, bundle: str | None) -> Finding:
    rule = BY_CODE["NTR901"]
    place = Place(path, problem.line, problem.column, problem.line, problem.column)
    return Finding(rule.code, rule.name, problem.message, None, "error", None, place, bundle)


def _suppressions(loading: Loading, contract: Contract) -> Iterator[Suppression]:
    for file in contract.text_files:
        yield from read_text_suppressions(file.path, file.text or "")
    for file in contract.runtime_files:
        if file.path not in loading.files:
            yield from read_suppressions(file.path, file.text or "")
    for path in sorted(loading.files):
        data = loading.read(path)
        if data is not None and path not in loading.problems:
            yield from read_suppressions(path, data)


def _unknown(uses: Iterable[UnknownUse]) -> Iterator[UnknownCall]:
    places: set[Place] = set()
    for use in uses:
        place = Place(use.module.path, *use.module.facts.span(use.expression))
        if place not in places:
            places.add(place)
            yield UnknownCall(use.name, use.reason, place)
