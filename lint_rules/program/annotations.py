"""Simple types from annotations: `Path`, `Path | None`, `Optional[Path]`, `"Path"`, `type[C]`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import Constant, Display, Expression, Operation, Subscript
from lint_rules.facts.records import Scope
from lint_rules.program.meaning import External, Instance, Meaning, ProjectClass, Unknown
from lint_rules.program.modules import Module

if TYPE_CHECKING:
    from lint_rules.program.program import Program

_TYPING = ("typing.", "typing_extensions.")
_TRANSPARENT = ("Optional", "Annotated", "Final", "ClassVar", "Required", "NotRequired")
_DOTTED = re.compile(r"[A-Za-z_][\w.]*")


def annotated(program: Program, module: Module, annotation: Expression) -> list[Meaning]:
    """Return what a value with this annotation is."""
    scope = module.facts.scope_of(annotation)
    return list(_values(program, module, annotation, scope)) or [Unknown("an annotated value")]


def _values(
    program: Program, module: Module, annotation: Expression, scope: Scope
) -> Iterable[Meaning]:
    match annotation:
        case Operation(_, ("|",), operands):
            for operand in operands:
                yield from _values(program, module, operand, scope)
        case Constant(_, "none"):
            pass
        case Constant(_, "str", str(text)):
            yield from _written(program, module, text, scope)
        case Subscript(_, generic, key):
            yield from _generic(program, module, generic, key, scope)
        case _:
            yield from map(_instance, program.resolve(module, annotation))


def _generic(
    program: Program, module: Module, generic: Expression, key: Expression, scope: Scope
) -> Iterable[Meaning]:
    name = program.name(module, generic) or ""
    short = name.rpartition(".")[2] if name.startswith(_TYPING) else ""
    first = key.elements[0] if isinstance(key, Display) and key.elements else key
    if short in _TRANSPARENT:
        yield from _values(program, module, first, scope)
    elif short == "Union" and isinstance(key, Display):
        for each in key.elements:
            yield from _values(program, module, each, scope)
    elif name == "builtins.type" or short == "Type":
        for value in _values(program, module, first, scope):
            yield value.of if isinstance(value, Instance) else value
    else:
        yield from map(_instance, program.resolve(module, generic))


def _written(program: Program, module: Module, text: str, scope: Scope) -> Iterable[Meaning]:
    """Follow an annotation in quotes as far as it is a dotted name, or several with `|`."""
    for part in text.split("|"):
        dotted = part.strip()
        if dotted == "None":
            continue
        if not _DOTTED.fullmatch(dotted):
            yield Unknown("an annotation in quotes")
            continue
        first, *rest = dotted.split(".")
        found = program.name_in_scope(module, first, scope)
        for name in rest:
            found = tuple(m for each in found for m in program.attribute(each, name))
        yield from map(_instance, found)


def _instance(meaning: Meaning) -> Meaning:
    match meaning:
        case External(name) if name.startswith(_TYPING):
            return Unknown(f"a value of {name}")
        case ProjectClass() | External():
            return Instance(meaning)
        case _:
            return Unknown("an annotated value")
