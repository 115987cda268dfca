"""Workflow code as rules see it: what is reached, what it uses, where its values go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from lint_rules.facts.records import Function
from lint_rules.program import Module, Program, ProjectClass
from lint_rules.program.reach import Reach, Reached, Walks
from lint_rules.workflow_code.classify import Classifier
from lint_rules.workflow_code.flow import Flow
from lint_rules.workflow_code.import_time import ImportTime
from lint_rules.workflow_code.pass_through import PassedThrough, passed_through
from lint_rules.workflow_code.unordered import SetFinder
from lint_rules.workflow_code.uses import Use, UseFinder, Uses


class Running(NamedTuple):
    """A reached function, the module it stands in, and the scopes that run with it."""

    reached: Reached
    module: Module
    function: Function
    scopes: tuple[int, ...]


class WorkflowCode:
    """Everything the workflows of one project reach; its parts are worked out when asked for."""

    def __init__(
        self, program: Program, classifier: Classifier, workflows: Sequence[ProjectClass]
    ) -> None:
        self.program = program
        self.classifier = classifier
        self.workflows = tuple(workflows)
        self.finder = UseFinder(program, classifier)
        self.walks = Walks(program, classifier.is_read_hazard)

    @cached_property
    def reach(self) -> Reach:
        """The functions workflow code runs, and its ways out."""
        return self.walks.from_workflows(self.workflows)

    @cached_property
    def uses(self) -> Uses:
        """The uses of hazards."""
        return self.finder.all(self.reach)

    @cached_property
    def flow(self) -> Flow:
        """Follows values to what they decide."""
        return Flow(self.program, self.classifier, self.reach)

    @cached_property
    def sets(self) -> SetFinder:
        """Finds sets whose order matters."""
        return SetFinder(self.flow)

    @cached_property
    def import_time(self) -> ImportTime:
        """Finds what was evaluated when modules were imported."""
        return ImportTime(self.program, self.walks, self.finder)

    @cached_property
    def passed_through(self) -> dict[str, PassedThrough]:
        """The modules of the project that the sandbox is told to pass through, and by what."""
        return passed_through(self.program)

    @cached_property
    def uses_by_code(self) -> dict[str, list[Use]]:
        """The uses of hazards, by the code of their rule."""
        found: dict[str, list[Use]] = {}
        for use in self.uses.hazards:
            found.setdefault(use.hazard.code, []).append(use)
        return found

    @cached_property
    def functions(self) -> tuple[Running, ...]:
        """Each reached function once, with the scopes that run when it is called."""
        found: dict[tuple[str, int], Running] = {}
        for reached in self.reach.functions:
            key = (reached.function.module, reached.function.number)
            if key not in found:
                module, function = self.program.function(reached.function)
                scopes = module.view.running_with[function.scope]
                found[key] = Running(reached, module, function, scopes)
        return tuple(found.values())

    def hazard(self, code: str) -> Iterator[Use]:
        """Yield the uses that belong to one rule."""
        yield from self.uses_by_code.get(code, ())
