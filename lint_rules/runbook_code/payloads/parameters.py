"""The parameters of an activity that a call fills."""

from __future__ import annotations

from lint_rules.facts.records import Function, Parameter
from lint_rules.program import Module, Program
from lint_rules.program.decorators import decorator_names


def sent_parameters(program: Program, module: Module, function: Function) -> tuple[Parameter, ...]:
    """Return the parameters but that of a method for its object; a static method has none."""
    if function.owner_class is None:
        return function.parameters
    if "builtins.staticmethod" in decorator_names(program, module, function.decorators):
        return function.parameters
    return function.parameters[1:]
