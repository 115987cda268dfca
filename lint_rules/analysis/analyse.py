"""Analyses one project: its modules, what its workflows reach, and every rule over that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lint_rules.analysis.analysis import Analysis, UnknownCall
from lint_rules.analysis.loading import FactsStore, Loading
from lint_rules.analysis.shared_code import SharedCode
from lint_rules.analysis.telling import Telling
from lint_rules.discovery.project import Project
from lint_rules.facts import ParseProblem
from lint_rules.files.layout import Layout
from lint_rules.files.sources import Sources
from lint_rules.finding import Finding, Place
from lint_rules.program import Module, Program, ProjectClass
from lint_rules.program.reach import is_workflow
from lint_rules.rules.registry import BY_CODE, RULES
from lint_rules.suppressions.reading import read_suppressions
from lint_rules.suppressions.suppression import Suppression
from lint_rules.workflow_code.classify import Classifier
from lint_rules.workflow_code.uses import UnknownUse
from lint_rules.workflow_code.workflow_code import WorkflowCode


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
    findings = _findings(workflow, Telling(workflow, project.bundle, shared))
    for member in (*project.entries, *project.members):
        loading.look_at(member)
    findings += [_unreadable(path, p, project.bundle) for path, p in loading.problems.items()]
    return Analysis(
        findings=tuple(sorted(findings, key=lambda finding: (finding.place, finding.code))),
        suppressions=tuple(_suppressions(loading)),
        unknown=tuple(_unknown(workflow.uses.unknown)),
        dependencies=loading.dependencies,
        files=tuple(sorted(loading.files.items())),
        looked_at=tuple(sorted(shared.looked_at.items())),
        listings=tuple(sorted(shared.listings.items())),
        calls_resolved=workflow.uses.resolved,
        calls_unknown=workflow.uses.unresolved,
    )


def workflow_code(
    project: Project,
    layout: Layout,
    classifier: Classifier,
    loading: Loading,
) -> WorkflowCode:
    """Return what the workflow classes of a project reach."""
    program = Program(loading.load, classifier.result_type)
    workflows: list[ProjectClass] = []
    for entry in project.entries:
        module = program.modules.get(layout.name_of(entry))
        if module is not None:
            workflows += _workflows(program, module)
    return WorkflowCode(program, classifier, workflows)


def _workflows(program: Program, module: Module) -> Iterator[ProjectClass]:
    for kind in module.facts.classes:
        if is_workflow(program, module, kind.number):
            yield ProjectClass(module.name, kind.number)


def _findings(workflow: WorkflowCode, telling: Telling) -> list[Finding]:
    found: dict[tuple[str, Place], Finding] = {}
    for rule in RULES:
        for observation in rule.check(workflow) if rule.check else ():
            finding = telling.finding(rule, observation)
            known = found.setdefault((finding.code, finding.place), finding)
            if telling.is_worse(finding, known):
                found[finding.code, finding.place] = finding
    return list(found.values())


def _unreadable(path: str, problem: ParseProblem, bundle: str | None) -> Finding:
    rule = BY_CODE["NTR901"]
    place = Place(path, problem.line, problem.column, problem.line, problem.column)
    return Finding(rule.code, rule.name, problem.message, None, "error", None, place, bundle)


def _suppressions(loading: Loading) -> Iterator[Suppression]:
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
