"""Code that reckons with an error: it tries, or asks first."""

from __future__ import annotations

from lint_rules.facts.expressions import Attribute, Call, Constant, Expression, Name
from lint_rules.facts.records import Block
from lint_rules.program import Module, Program

_ASKING = ("hasattr", "getattr", "setattr", "delattr")


def is_reckoned_with(program: Program, module: Module, attribute: Attribute) -> bool:
    """Tell whether the code itself expects that an attribute may be missing."""
    errors = ("builtins.AttributeError",)
    return is_guarded(program, module, attribute, errors) or _is_asked_for(module, attribute.name)


def is_guarded(
    program: Program, module: Module, expression: Expression, errors: tuple[str, ...]
) -> bool:
    """Tell whether an expression stands in a `try` that catches one of these errors by name."""
    block: Block | None = module.facts.block_of(expression)
    while block is not None:
        if block.kind == "try" and _catches(program, module, block, errors):
            return True
        block = None if block.parent is None else module.facts.blocks[block.parent]
    return False


def _is_asked_for(module: Module, attribute: str) -> bool:
    """Tell whether a module asks, or reads or writes by name, an attribute of something."""
    return any(
        isinstance(each.function, Name)
        and each.function.name in _ASKING
        and len(each.arguments) > 1
        and isinstance(each.arguments[1], Constant)
        and each.arguments[1].value == attribute
        for each in module.view.every(Call)
    )


def _catches(program: Program, module: Module, block: Block, errors: tuple[str, ...]) -> bool:
    return any(
        program.name(module, kind) in errors
        for shape in module.facts.tries
        if shape.block == block.number
        for handler in shape.handlers
        for kind in handler.types
    )
