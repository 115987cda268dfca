"""The workflow classes of a project, and of the bundles it may start as children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lint_rules.analysis.loading import FactsStore, Loading
from lint_rules.contract.siblings import Opened
from lint_rules.discovery.surroundings import TEMPLATES, WORKFLOW
from lint_rules.files.layout import Layout
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from lint_rules.program import Module, Program, ProjectClass
from lint_rules.program.reach import is_workflow
from lint_rules.workflow_code.classify import Classifier
from lint_rules.workflow_code.workflow_code import WorkflowCode


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


class Opening:
    """Opens other bundles, each with a program of its own, since bundles share no modules."""

    def __init__(self, sources: Sources, classifier: Classifier, store: FactsStore | None) -> None:
        self._sources = sources
        self._classifier = classifier
        self._store = store

    def __call__(self, root: str) -> Opened:
        """Open the bundle in a directory."""
        directory = Path(root)
        entry = directory / TEMPLATES / WORKFLOW
        project = Project(directory, directory.name, (entry,), (directory,))
        layout = Layout(project, self._sources)
        loading = Loading(layout, self._sources, self._store)
        code = workflow_code(project, layout, self._classifier, loading)

        def looked_at() -> Mapping[str, str | None]:
            missing = {path: None for path in loading.problems if path not in loading.files}
            return {**loading.files, **missing}

        return Opened(code.program, code.workflows, looked_at)
