"""Everything a contract rule may ask: the workflow code, the runbooks in it, the bundle around."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from lint_rules.contract.bundle_files import MANIFEST, REQUIREMENTS, BundleFiles
from lint_rules.contract.siblings import Opener, Siblings
from lint_rules.discovery.surroundings import TEMPLATES, WORKFLOW
from lint_rules.facts.expressions import Expression
from lint_rules.files.layout import Layout
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from lint_rules.files.text_file import TextFile
from lint_rules.manifest.manifest import Manifest, read_manifest
from lint_rules.program import Module, Program, ProjectClass
from lint_rules.program.ntro_classes import is_ntro
from lint_rules.program.reach import Reached
from lint_rules.requirements.bundle_requirements import BundleRequirements
from lint_rules.runbook_code.answers.decisions import Decision
from lint_rules.runbook_code.answers.trail import decisions_of
from lint_rules.runbook_code.models import Model, model_of
from lint_rules.runbook_code.read import activities_of, read_runbook
from lint_rules.runbook_code.runbook import Activity, Runbook
from lint_rules.runbook_code.sdk_use.names import SdkNames
from lint_rules.sdk.chosen import Chosen, choose
from lint_rules.workflow_code.workflow_code import WorkflowCode

_CHOICE = b"set_runtime"


class Contract:
    """One project; its parts are worked out when asked for.

    `files` is None for loose modules: only a bundle has a manifest and requirements.
    """

    def __init__(
        self,
        workflow: WorkflowCode,
        project: Project,
        layout: Layout,
        sources: Sources,
        opener: Opener,
    ) -> None:
        self.workflow = workflow
        self.project = project
        self.layout = layout
        self.files = BundleFiles(str(project.root), sources) if project.bundle else None
        self.siblings = (
            Siblings(self.files, map(str, project.neighbours), opener) if self.files else None
        )
        self._models: dict[ProjectClass, Model | None] = {}
        self._modules: dict[str, Module | None] = {}

    @property
    def program(self) -> Program:
        """The modules of the project and what their names mean."""
        return self.workflow.program

    @cached_property
    def classes(self) -> tuple[ProjectClass, ...]:
        """The workflow classes that use ntro; the others have another contract."""
        return tuple(k for k in self.workflow.workflows if is_ntro(self.program, k))

    @cached_property
    def runbooks(self) -> tuple[Runbook, ...]:
        """What these classes consist of."""
        return tuple(read_runbook(self.workflow, kind) for kind in self.classes)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What becomes of the answer to each review gate."""
        found: dict[tuple[str, int], Decision] = {}
        for runbook in self.runbooks:
            for decision in decisions_of(self.workflow, runbook):
                gate = decision.gate
                found.setdefault((gate.module.name, gate.call.number), decision)
        return tuple(found.values())

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """The activities of all modules that were loaded so far."""
        modules = self.program.modules.loaded
        return tuple(found for m in modules for found in activities_of(self.program, m))

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """The modules that rules look through: a bundle's own, and those with workflow code."""
        paths = (*self.project.members, *self.project.entries)
        names = [self.layout.name_of(path) for path in paths]
        names += [reached.function.module for reached in self.workflow.reach.functions]
        found = (self.program.modules.get(name) for name in dict.fromkeys(names))
        return tuple(module for module in found if module is not None)

    @cached_property
    def sdk_names(self) -> SdkNames:
        """What these modules import from ntro, ask of it and call."""
        return SdkNames(self.program, self.modules, self.sdk)

    @cached_property
    def members(self) -> frozenset[str]:
        """Everything that any class of these modules defines or gives its objects."""
        found: set[str] = set()
        for module in self.modules:
            scopes = {kind.scope for kind in module.facts.classes}
            found.update(b.name for b in module.facts.bindings if b.scope in scopes)
            found.update(module.view.writes_by_attribute)
        return frozenset(found)

    @cached_property
    def reached(self) -> Mapping[tuple[str, int], Reached]:
        """The functions of workflow code, by module and number."""
        return {
            (running.module.name, running.function.number): running.reached
            for running in self.workflow.functions
        }

    def via(self, module: Module, expression: Expression) -> Reached | None:
        """Return the function of workflow code that an expression runs in, if it does."""
        function = module.view.function_of(module.facts.scope_of(expression))
        return None if function is None else self.reached.get((module.name, function.number))

    @cached_property
    def sdk(self) -> Chosen:
        """The version of ntro that the bundle pins, else the installed one, and what it has."""
        return choose(self.files.text(REQUIREMENTS).text if self.files else None)

    @cached_property
    def templates(self) -> tuple[Module, ...]:
        """The modules below `templates/` of a bundle; for loose modules, those that were needed."""
        if self.files is None:
            return self.program.modules.loaded
        inside = self.project.root / "templates"
        paths = [path for path in self.project.members if inside in path.parents]
        found = (self.program.modules.get(self.layout.name_of(path)) for path in paths)
        return tuple(module for module in found if module is not None)

    def model(self, kind: ProjectClass) -> Model | None:
        """Return a class of the project as a model; None when it is none."""
        if kind not in self._models:
            self._models[kind] = model_of(self.program, kind)
        return self._models[kind]

    @cached_property
    def manifest(self) -> Manifest | None:
        """What `runbook.md` says; None for loose modules, and where it is another document.

        Other projects have a `runbook.md` and `templates/` too; so there has to be a slug, a
        workflow module beside it, or a class that uses ntro.
        """
        if self.files is None:
            return None
        exists = self.files.exists(MANIFEST)
        found = read_manifest(self.files.text(MANIFEST), exists=exists)
        if exists and (found.get("slug") or self.files.exists(f"{TEMPLATES}/{WORKFLOW}")):
            return found
        return found if self.classes else None

    @cached_property
    def runtime_files(self) -> tuple[TextFile, ...]:
        """The Python files of a bundle, tests and scripts too, that choose the runtime."""
        if self.files is None:
            return ()
        paths = self.files.python_files()
        return tuple(self.files.text(p) for p in paths if _CHOICE in (self.files.data(p) or b""))

    @cached_property
    def requirements(self) -> BundleRequirements | None:
        """What the bundle asks the worker to install; None when it has no file that says so.

        A file that is no UTF-8 says nothing either; that is reported by itself.
        """
        file = self.files.text(REQUIREMENTS) if self.files is not None else None
        if file is None or file.text is None:
            return None
        return BundleRequirements(file, self.project, self.program, self.layout)

    @property
    def text_files(self) -> tuple[TextFile, ...]:
        """The files besides modules that findings may be about."""
        if self.files is None:
            return ()
        return (self.files.text(MANIFEST), self.files.text(REQUIREMENTS))

    @property
    def looked_at(self) -> Mapping[str, str | None]:
        """The digests of the files that were asked for; None for those that are not there."""
        if self.files is None or self.siblings is None:
            return {}
        return {**self.files.looked_at, **self.siblings.looked_at}

    @property
    def listed(self) -> Mapping[str, str]:
        """The digests of the directories that were looked into."""
        return self.files.listed if self.files else {}

    def module(self, inside: str) -> Module | None:
        """Return a module of the bundle by its path, as `templates/models.py`; None if it has none.

        A module that cannot be parsed is none; that is reported by itself.
        """
        if inside not in self._modules:
            self._modules[inside] = self._module(inside)
        return self._modules[inside]

    def _module(self, inside: str) -> Module | None:
        if self.files is None or not self.files.exists(inside):
            return None
        path = self.project.root.joinpath(*inside.split("/"))
        return self.program.modules.get(self.layout.name_of(path))
