"""What a runbook that is started as a child takes: the annotation of its `run`."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.contract.siblings import Opened
from lint_rules.facts.expressions import Expression
from lint_rules.facts.records import Function
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
        found = _run(opened.program, kind) if isinstance(kind, ProjectClass) else None
        if found is not None:
            module, function = found
            return _input_of(module, function)
    return None


def _run(program: Program, kind: ProjectClass) -> tuple[Module, Function] | None:
    module = program.modules[kind.module]
    for function in module.view.methods_by_class.get(kind.number, ()):
        names = decorator_names(program, module, function.decorators)
        if any(facade_member(name) == "run" for name in names):
            return module, function
    return None


def _input_of(module: Module, run: Function) -> ChildContext | None:
    given = run.parameters[1] if len(run.parameters) > 1 else None
    if given is None or given.annotation is None:
        return None
    return ChildContext(module, given.annotation, given.default is not None)
