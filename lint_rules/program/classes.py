"""Classes: the order in which their bases are searched, and what is found there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import Attribute, Name, Starred, Subscript
from lint_rules.facts.records import Binding, Function, Write
from lint_rules.program import bindings
from lint_rules.program.annotations import annotated
from lint_rules.program.meaning import (
    External,
    Meaning,
    ProjectClass,
    ProjectFunction,
    Unknown,
)
from lint_rules.program.modules import Module, external
from lint_rules.program.names import live

if TYPE_CHECKING:
    from lint_rules.program.program import Program

Order = tuple[ProjectClass | External, ...]


def linearize(program: Program, kind: ProjectClass) -> Order | None:
    """Return the C3 order of a class, itself first."""
    orders: list[Order] = []
    known: list[ProjectClass | External] = []
    for base in bases(program, kind):
        if isinstance(base, Unknown):
            return None
        order = program.mro(base) if isinstance(base, ProjectClass) else (base,)
        if order is None:
            return None
        orders.append(order)
        known.append(base)
    merged = _merge([*orders, tuple(known)])
    return None if merged is None else (kind, *merged)


def bases(program: Program, kind: ProjectClass) -> list[ProjectClass | External | Unknown]:
    """Return the direct bases; a conditional base counts with its first meaning."""
    module = program.modules[kind.module]
    found: list[ProjectClass | External | Unknown] = []
    for base in module.facts.classes[kind.number].bases:
        # `Generic[T]` and `list[int]` search the class itself.
        expression = base.value if isinstance(base, Subscript) else base
        if isinstance(expression, Starred):
            found.append(Unknown("starred bases"))
            continue
        known = [
            meaning
            for meaning in program.resolve(module, expression)
            if isinstance(meaning, ProjectClass | External)
        ]
        found.append(known[0] if known else Unknown("a base class"))
    return found


def _merge(orders: Sequence[Order]) -> Order | None:
    rest = [list(order) for order in orders if order]
    merged: list[ProjectClass | External] = []
    while rest:
        for order in rest:
            head = order[0]
            if not any(head in other[1:] for other in rest):
                break
        else:
            return None
        merged.append(head)
        rest = [[kind for kind in order if kind != head] for order in rest]
        rest = [order for order in rest if order]
    return tuple(merged)


def search(
    program: Program, kind: ProjectClass, name: str, *, after: ProjectClass | None = None
) -> list[Meaning]:
    """Return what a class or its bases say about a name; empty when nothing does.

    `after` starts the search behind that class, as `super()` does.
    """
    order = program.mro(kind)
    if order is None:
        # Without an order the class and its known bases are still searched, depth first.
        order = tuple(_depth_first(program, kind, set()))
    if after is not None and after in order:
        order = order[order.index(after) + 1 :]
    for base in order:
        if isinstance(base, External):
            if base.name in ("builtins.object", "typing.Generic", "typing.Protocol", "abc.ABC"):
                continue
            return [external(f"{base.name}.{name}")]
        found = own(program, base, name)
        if found:
            return [_through(meaning, kind) for meaning in found]
    return []


def _depth_first(
    program: Program, kind: ProjectClass, seen: set[ProjectClass]
) -> Iterable[ProjectClass | External]:
    if kind in seen:
        return
    seen.add(kind)
    yield kind
    for base in bases(program, kind):
        if isinstance(base, ProjectClass):
            yield from _depth_first(program, base, seen)
        elif isinstance(base, External):
            yield base


def _through(meaning: Meaning, receiver: ProjectClass) -> Meaning:
    if isinstance(meaning, ProjectFunction) and meaning.receiver is None:
        return ProjectFunction(meaning.module, meaning.number, receiver)
    return meaning


def is_enum(program: Program, kind: ProjectClass) -> bool:
    """Tell whether the plain attributes of a class are its members."""
    return any(
        isinstance(base, External) and base.name.startswith("enum.")
        for base in program.mro(kind) or ()
    )


def own(program: Program, kind: ProjectClass, name: str) -> list[Meaning]:
    """Return what the class body itself binds a name to."""
    module = program.modules[kind.module]
    scope = module.facts.classes[kind.number].scope
    found = module.bindings.get((scope, name))
    if not found:
        return []
    chosen = live(module, found, scope, None)
    if any(_is_accessor(module, binding) for binding in chosen):
        # `@x.setter` adds to the property x, it does not replace it.
        chosen = [binding for binding in found if binding.kind == "function"]
    return [
        meaning for binding in chosen for meaning in bindings.value_of(program, module, binding)
    ]


def _is_accessor(module: Module, binding: Binding) -> bool:
    if binding.kind != "function" or binding.definition is None:
        return False
    return accessor(module.facts.functions[binding.definition]) is not None


def accessor(function: Function) -> str | None:
    """Return which part of a property a function is; None for the one that reads it."""
    for decorator in function.decorators:
        if isinstance(decorator, Attribute) and decorator.name in ("setter", "getter", "deleter"):
            return decorator.name
    return None


def instance_values(program: Program, kind: ProjectClass, name: str) -> list[Meaning]:
    """Return what methods of a class and its bases assign to `self.name`."""
    found: list[Meaning] = []
    for base in program.mro(kind) or (kind,):
        if isinstance(base, ProjectClass):
            module = program.modules[base.module]
            for write in module.view.writes_by_attribute.get(name, ()):
                if _is_of(module, write, base, name):
                    found += _written(program, module, write)
    return found


def _is_of(module: Module, write: Write, kind: ProjectClass, name: str) -> bool:
    match write.target:
        case Attribute(_, Name(_, receiver), attribute) if attribute == name:
            function = module.view.function_of(module.facts.scope_of(write.target))
            return (
                function is not None
                and function.owner_class == kind.number
                and bool(function.parameters)
                and function.parameters[0].name == receiver
            )
        case _:
            return False


def _written(program: Program, module: Module, write: Write) -> list[Meaning]:
    if write.kind in ("delete", "augment"):
        return []
    values: list[Meaning] = []
    if write.value is not None and not write.path and write.kind in ("assign", "with"):
        values = list(program.resolve(module, write.value))
    if write.annotation is not None and all(isinstance(value, Unknown) for value in values):
        return annotated(program, module, write.annotation)
    return values or [Unknown(f"assigned by {write.kind}")]
