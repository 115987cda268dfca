"""Functions that activities run as well: a fix that suits workflow code would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from lint_rules.facts.expressions import Call
from lint_rules.layout import Layout
from lint_rules.program import Module, ProjectFunction
from lint_rules.program.reach import reach_from
from lint_rules.program.workflow_names import ACTIVITIES
from lint_rules.project import Project
from lint_rules.sources import Sources
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode

_ACTIVITY = re.compile(rb"\bactivity\b.*\bdefn\b|\bdefn\b.*\bactivity\b", re.DOTALL)


class SharedCode:
    """Knows what the activities of a project reach; worked out only when a fix is at stake."""

    def __init__(
        self, workflow: WorkflowCode, project: Project, layout: Layout, sources: Sources
    ) -> None:
        self._workflow = workflow
        self._project = project
        self._layout = layout
        self._sources = sources

    def with_activities(self, observation: Observation) -> bool:
        """Tell whether the function an observation stands in runs in activities too."""
        if observation.via is None:
            return False
        function = observation.via.function
        return (function.module, function.number) in self._reached

    @cached_property
    def _reached(self) -> frozenset[tuple[str, int]]:
        program = self._workflow.program
        activities = [
            ProjectFunction(module.name, function.number)
            for module in self._modules()
            for function in module.facts.functions
            if any(
                program.name(module, d.function if isinstance(d, Call) else d) in ACTIVITIES
                for d in function.decorators
            )
        ]
        found = reach_from(program, activities)
        return frozenset((r.function.module, r.function.number) for r in found.functions)

    def _modules(self) -> Iterator[Module]:
        """Yield the modules that may hold activities: the loaded ones and their neighbours."""
        program = self._workflow.program
        loaded = list(program.modules.loaded)
        yield from loaded
        known = {module.path for module in loaded}
        for path in self._neighbours(known):
            if str(path) not in known:
                module = program.modules.get(self._layout.name_of(path))
                if module is not None:
                    yield module

    def _neighbours(self, known: set[str]) -> Iterator[Path]:
        directories = sorted({Path(path).parent for path in known})
        beside = (
            directory / name
            for directory in directories
            for name in sorted(self._sources.contents(directory).files)
            if name.endswith(".py")
        )
        for path in self._project.members or beside:
            try:
                data = self._sources.read(path)
            except OSError:
                # What cannot be read is reported where it is reached.
                continue
            if _ACTIVITY.search(data):
                yield path
