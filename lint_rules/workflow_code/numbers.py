"""Sets of ints: the one kind of set whose order is the same in every process."""

from __future__ import annotations

from lint_rules.facts.expressions import (
    Call,
    Comprehension,
    Constant,
    Display,
    Expression,
    Name,
    Operation,
    Subscript,
)
from lint_rules.facts.records import Binding
from lint_rules.program import External, Instance, Module, Program
from lint_rules.program.names import lookup

_NUMBERS = ("builtins.int", "builtins.bool")
_COPIES = ("builtins.set", "builtins.frozenset", "builtins.list", "builtins.tuple")
_FAR = 6


def is_of_numbers(program: Program, module: Module, expression: Expression, depth: int = 0) -> bool:
    """Tell whether all elements of a container are known to be ints."""
    if depth > _FAR:
        return False
    match expression:
        case Display(_, _, elements):
            return all(_is_number(program, module, element) for element in elements)
        case Comprehension(_, _, element, None, _):
            return _is_number(program, module, element)
        case Operation(_, _, operands):
            return all(is_of_numbers(program, module, each, depth + 1) for each in operands)
        case Call(_, function, (argument,), _):
            name = program.name(module, function)
            if name == "builtins.range":
                return True
            return name in _COPIES and is_of_numbers(program, module, argument, depth + 1)
        case Call(_, function, _, _):
            return program.name(module, function) == "builtins.range"
        case Name(_, name):
            found = lookup(module, name, module.facts.scope_of(expression), expression)
            return bool(found) and all(_binds(program, module, each, depth) for each in found)
        case _:
            return False


def _is_number(program: Program, module: Module, element: Expression) -> bool:
    if isinstance(element, Constant):
        return element.kind in ("int", "bool")
    found = program.resolve(module, element)
    return all(
        isinstance(meaning, Instance)
        and isinstance(meaning.of, External)
        and meaning.of.name in _NUMBERS
        for meaning in found
    )


def _binds(program: Program, module: Module, binding: Binding, depth: int) -> bool:
    match binding.annotation:
        case Subscript(_, _, key):
            return program.name(module, key) in _NUMBERS
    return (
        binding.kind in ("assign", "walrus")
        and binding.value is not None
        and not binding.path
        and is_of_numbers(program, module, binding.value, depth + 1)
    )
