"""Paths to outlines: of each project that they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lint_rules.analysis.loading import Loading
from lint_rules.analysis.workflows import Opening, workflow_code
from lint_rules.config.settings import Settings
from lint_rules.contract.contract import Contract
from lint_rules.discovery.discover import Discovery, discover
from lint_rules.files.layout import Layout
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from lint_rules.hazards import load
from lint_rules.outline.make import outline
from lint_rules.outline.outline import Outline
from lint_rules.workflow_code.classify import Classifier


def outlines(
    paths: Sequence[Path], settings: Settings, overlay: Mapping[Path, bytes] | None = None
) -> tuple[Outline, ...]:
    """Return the outline of every bundle, and of every other project that uses ntro.

    Raises `UnknownPathError` for a path that does not exist.
    """
    sources = Sources(overlay or {})
    discovery = discover(paths, settings, sources)
    classifier = Classifier(load(), settings.pure_packages)
    return tuple(_outlines(discovery, sources, classifier))


def _outlines(discovery: Discovery, sources: Sources, classifier: Classifier) -> Iterator[Outline]:
    for project in discovery.projects:
        layout = Layout(project, sources)
        loading = Loading(layout, sources, None)
        workflow = workflow_code(project, layout, classifier, loading)
        opener = Opening(sources, classifier, None)
        contract = Contract(workflow, project, layout, sources, opener)
        if project.bundle is not None or contract.classes:
            notes = _notes(project, loading, contract, discovery)
            yield outline(contract, discovery.display, notes)


def _notes(
    project: Project, loading: Loading, contract: Contract, discovery: Discovery
) -> list[str]:
    """Return what is wrong with the modules that were needed."""
    if project.bundle is not None:
        # It may be broken too, and then its activities are missing.
        contract.module("templates/activities.py")
    return [
        f"{discovery.display(path)}:{problem.line}: {problem.message}"
        for path, problem in sorted(loading.problems.items())
    ]
