"""Attributes of a workflow object that `__init__` sets and nothing ever changes afterwards."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Constant,
    Expression,
    FormattedString,
    Name,
    Operation,
    Subscript,
)
from lint_rules.facts.records import Function
from lint_rules.program import Module, Program, ProjectClass
from lint_rules.runbook_code.runbook import Runbook

_LOOKS = ("all", "any", "bool", "len", "list", "sorted", "str", "sum", "tuple")
_SETS = ("setattr", "vars")
_REFLECTS = ("__dict__", "__setattr__", *_SETS)


class Mentions:
    """Where the loaded modules of a program speak of attributes; looked up once for all of them."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def _found(self) -> dict[str, list[tuple[Module, Expression]]]:
        found: dict[str, list[tuple[Module, Expression]]] = defaultdict(list)
        for module in self.program.modules.loaded:
            for attribute in module.view.every(Attribute):
                found[attribute.name].append((module, attribute))
            for name in module.view.every(Name):
                if name.name in _SETS:
                    found[name.name].append((module, name))
            for constant in module.view.every(Constant):
                if isinstance(constant.value, str):
                    found[constant.value].append((module, constant))
        return found

    def is_unchanged(
        self, runbook: Runbook, names: frozenset[str], predicate: tuple[Module, Function]
    ) -> bool:
        """Tell whether `__init__` sets some attributes and no code of the project changes them.

        Any code but the predicate counts, whatever object it is about, and any use that might
        change one.
        """
        order = self.program.mro(runbook.kind)
        if order is None or any(name in self._found for name in _REFLECTS):
            return False
        modules = {base.module for base in order if isinstance(base, ProjectClass)}
        if not all(self._is_set(modules, name) for name in names):
            return False
        asking, function = predicate
        scopes = asking.view.running_with[function.scope]
        return all(
            (module is asking and module.facts.scope_of(at).number in scopes)
            or _only_looks(module, at)
            for name in names
            for module, at in self._found.get(name, ())
        )

    def _is_set(self, modules: set[str], name: str) -> bool:
        return any(
            _is_in_init(module, write.target)
            for module in map(self.program.modules.__getitem__, modules)
            for write in module.view.writes_by_attribute.get(name, ())
        )


def _is_in_init(module: Module, expression: Expression) -> bool:
    function = module.view.function_of(module.facts.scope_of(expression))
    return function is not None and function.name == "__init__"


def _only_looks(module: Module, attribute: Expression) -> bool:
    if not isinstance(attribute, Attribute):
        # A text such as in `getattr(self, "_uploads")`.
        return False
    if module.view.is_target(attribute):
        return _is_in_init(module, attribute)
    around = module.view.parents.get(attribute.number)
    match around:
        case Operation() | FormattedString():
            return True
        case Subscript(_, value, _) if value is attribute:
            return not module.view.is_target(around) and _ends(module, around)
        case Call(_, Name(_, name)):
            return name in _LOOKS
        case Attribute() if not module.view.is_target(around):
            return _ends(module, around) and not isinstance(
                module.view.parents.get(around.number), Call
            )
        case None:
            return _is_result(module, attribute)
        case _:
            return False


def _ends(module: Module, expression: Expression) -> bool:
    """Tell whether nothing is written below an expression."""
    around = module.view.parents.get(expression.number)
    while isinstance(around, Attribute | Subscript):
        if module.view.is_target(around):
            return False
        around = module.view.parents.get(around.number)
    return True


def _is_result(module: Module, attribute: Expression) -> bool:
    """Tell whether an attribute alone is what a lambda returns, or what an `if` asks."""
    records = module.view.contexts.get(attribute.number, ())
    return bool(records) and all(_asks(record) for record in records)


def _asks(record: object) -> bool:
    return isinstance(record, Function) or getattr(record, "kind", "") in ("if", "while", "assert")
