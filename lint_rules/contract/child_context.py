"""What a runbook that is started as a child takes: the annotation of its `run`."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.contract.siblings import Opened
from lint_rules.facts.expressions import Expression
from lint_rules.program import Module, Program, ProjectClass
from lint_rules.program.decorators import decorator_names
from lint_rules.runbook_code.read import facade_member


@dataclass(frozen=True, slots=True)
class ChildContext:
    """The annotation of a child's input; `is_optional` when `run` has a default for it."""

    module: Module
    annotation: Expression
    is_optional: bool


def child_context(opened: Opened) -> ChildContext | None:
    """Return what a child takes; None when its class, `run` or annotation cannot be told."""
    if len(opened.workflows) != 1:
        return None
    for kind in opened.program.mro(opened.workflows[0]) or ():
        if isinstance(kind, ProjectClass):
            for found in _runs(opened.program, kind):
                return found
    return None


def _runs(program: Program, kind: ProjectClass) -> list[ChildContext]:
    module = program.modules[kind.module]
    found = []
    for function in module.view.methods_by_class.get(kind.number, ()):
        names = decorator_names(program, module, function.decorators)
        if not any(facade_member(name) == "run" for name in names):
            continue
        for given in function.parameters[1:2]:
            if given.annotation is not None:
                found.append(ChildContext(module, given.annotation, given.default is not None))
    return found
