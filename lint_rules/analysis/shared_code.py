"""Functions that activities run as well: a fix that suits workflow code would break them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from lint_rules.discovery.surroundings import MANIFEST
from lint_rules.files.digests import digest
from lint_rules.files.layout import Layout
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from lint_rules.program import ProjectFunction
from lint_rules.program.decorators import decorator_names
from lint_rules.program.workflow_names import ACTIVITIES
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode

_ACTIVITY = re.compile(rb"\bactivity\b.*\bdefn\b|\bdefn\b.*\bactivity\b", re.DOTALL)
"""What every module with an activity of its own has in it."""


class SharedCode:
    """Knows what the activities of a project reach; worked out only when a fix is at stake."""

    def __init__(
        self,
        workflow: WorkflowCode,
        project: Project,
        layout: Layout,
        sources: Sources,
    ) -> None:
        self._workflow = workflow
        self._project = project
        self._layout = layout
        self._sources = sources
        self.looked_at: dict[str, str] = {}
        self.listings: dict[str, str] = {}

    def with_activities(self, observation: Observation) -> bool:
        """Tell whether the function an observation stands in runs in activities too."""
        if observation.via is None:
            return False
        function = observation.via.function
        if not Path(observation.module.path).is_relative_to(self._project.root):
            # A helper beside the bundle: whoever else uses it is not known here.
            return True
        if function.module not in self._within_sight:
            return False
        return (function.module, function.number) in self._reached

    @cached_property
    def _within_sight(self) -> frozenset[str]:
        """The modules that modules with activities import, directly or not, and those themselves.

        Mostly none of them is the module in question, and nothing has to be followed.
        """
        found: set[str] = set()
        waiting = list(self._names)
        while waiting:
            name = waiting.pop()
            module = None if name in found else self._workflow.program.modules.get(name)
            if module is None:
                continue
            found.add(name)
            for statement in module.facts.imports:
                source = module.absolute(statement)
                if source is not None:
                    waiting += [source, f"{source}.{statement.name}"]
        return frozenset(found)

    @cached_property
    def _reached(self) -> frozenset[tuple[str, int]]:
        program = self._workflow.program
        activities = [
            ProjectFunction(module.name, function.number)
            for module in map(program.modules.get, self._names)
            if module is not None
            for function in module.facts.functions
            if not ACTIVITIES.isdisjoint(decorator_names(program, module, function.decorators))
        ]
        found = self._workflow.walks.from_functions(activities)
        return frozenset((r.function.module, r.function.number) for r in found.functions)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The modules that may hold activities: those loaded, and all of the project."""
        loaded = [module.path for module in self._workflow.program.modules.loaded]
        others = map(str, self._project.members) if self._project.members else self._all_files()
        paths = dict.fromkeys([*loaded, *others])
        return tuple(
            self._layout.name_of(Path(path)) for path in paths if self._holds_activities(path)
        )

    def _all_files(self) -> Iterator[str]:
        """Yield the Python files below the root of a loose project."""
        waiting = [str(self._project.root)]
        while waiting:
            directory = waiting.pop()
            found = self._sources.contents(directory)
            if MANIFEST in found.files:
                # A bundle is a project of its own.
                continue
            python = self._sources.python_files(directory)
            self.listings[directory] = digest("\n".join(python).encode())
            yield from (f"{directory}{os.sep}{name}" for name in python)
            inner = found.directories - found.links
            packages = sorted(name for name in inner if name.isidentifier())
            waiting += [f"{directory}{os.sep}{name}" for name in packages]

    def _holds_activities(self, path: str) -> bool:
        try:
            data = self._sources.read(path)
        except OSError:
            # A namespace package, or what is reported where it is reached.
            return False
        self.looked_at[path] = digest(data)
        return _ACTIVITY.search(data) is not None
