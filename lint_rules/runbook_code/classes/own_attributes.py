"""Attributes that methods of ntro's workflow classes read of `self` and that nothing defines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import Attribute, Call, Name
from lint_rules.program import External, Instance, Module, Program, ProjectClass, Super
from lint_rules.program.decorators import decorator_names
from lint_rules.program.ntro_classes import BASES
from lint_rules.sdk.chosen import Chosen
from lint_rules.sdk.surface import Absent

_BASE = "ntro.workflow.NtroWorkflow"
_PLAIN = frozenset({"builtins.object", "typing.Generic", "typing.Protocol", "abc.ABC"})
_DYNAMIC = ("__getattr__", "__getattribute__")
_FACADES = ("ntro.workflow.", "temporalio.workflow.")


@dataclass(frozen=True, slots=True)
class BaseAttribute:
    """An attribute that would have to come from `NtroWorkflow`, which lacks it."""

    module: Module
    expression: Attribute
    absent: Absent


def base_attributes(
    program: Program, classes: Iterable[ProjectClass], sdk: Chosen
) -> Iterator[BaseAttribute]:
    """Yield them for classes whose bases are all known, each place once."""
    seen: set[tuple[str, int]] = set()
    for kind in classes:
        own = _own_classes(program, kind)
        if own is None:
            continue
        given = _given(program, own)
        if given is None:
            continue
        for base in own:
            for found in _read(program, base, given, sdk):
                key = (found.module.name, found.expression.number)
                if key not in seen:
                    seen.add(key)
                    yield found


def _own_classes(program: Program, kind: ProjectClass) -> list[ProjectClass] | None:
    """Return a class and its bases in the project; None unless the rest is `NtroWorkflow`."""
    order = program.mro(kind)
    if order is None:
        return None
    outside = {base.name for base in order if isinstance(base, External)}
    if outside.isdisjoint(BASES) or not outside <= BASES | _PLAIN:
        return None
    return [base for base in order if isinstance(base, ProjectClass)]


def _given(program: Program, own: list[ProjectClass]) -> set[str] | None:
    """Return the names that classes have or give themselves; None when they may have any."""
    names: set[str] = set()
    for kind in own:
        module = program.modules[kind.module]
        scope = module.facts.classes[kind.number].scope
        names.update(b.name for b in module.view.bindings_of_scope.get(scope, ()))
        # Whoever an object is handed to may give it attributes.
        names.update(module.view.writes_by_attribute)
        if not names.isdisjoint(_DYNAMIC) or _sets_by_name(module):
            return None
        decorators = module.facts.classes[kind.number].decorators
        known = decorator_names(program, module, decorators)
        if len(known) < len(decorators) or not all(name.startswith(_FACADES) for name in known):
            return None
    return names


def _sets_by_name(module: Module) -> bool:
    named = (call.function for call in module.view.every(Call))
    return any(e.name in ("__dict__", "__setattr__") for e in module.view.every(Attribute)) or any(
        isinstance(function, Name) and function.name in ("setattr", "vars") for function in named
    )


def _read(
    program: Program, kind: ProjectClass, given: set[str], sdk: Chosen
) -> Iterator[BaseAttribute]:
    module = program.modules[kind.module]
    for expression in module.view.every(Attribute):
        if expression.name in given:
            continue
        if not isinstance(expression.value, Name | Call):
            continue
        absent = sdk.lacks(f"{_BASE}.{expression.name}")
        if absent is None or module.view.is_target(expression):
            continue
        match program.resolve(module, expression.value):
            case (Instance(of) | Super(of, _),) if of == kind:
                yield BaseAttribute(module, expression, absent)
