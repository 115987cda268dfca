"""What a call gives: objects, returned values, and the calls that only look something up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import Attribute, Call, Expression, Name
from lint_rules.program.annotations import annotated
from lint_rules.program.constants import constant_text
from lint_rules.program.meaning import (
    External,
    Getter,
    Instance,
    Meaning,
    Namespace,
    Partial,
    ProjectClass,
    ProjectFunction,
    ProjectModule,
    Super,
    Unknown,
    Written,
)
from lint_rules.program.modules import Module, external

if TYPE_CHECKING:
    from lint_rules.program.program import Program

_DICT_GET = External("builtins.dict.get", "builtin")
PARTIALS = ("functools.partial", "functools.partialmethod")
_SAME = (
    "builtins.classmethod",
    "builtins.staticmethod",
    "typing.cast",
    "copy.copy",
    "copy.deepcopy",
)
"""Calls that give back their last argument, or one like it."""


def call(program: Program, module: Module, expression: Call) -> Iterable[Meaning]:
    """Return what a call means, looking at its arguments where they name something."""
    for meaning in program.resolve(module, expression.function):
        if meaning == _DICT_GET and isinstance(expression.function, Attribute):
            yield from program.entries(module, expression.function.value, expression.arguments)
        elif isinstance(meaning, Getter) and expression.arguments:
            for value in program.resolve(module, expression.arguments[0]):
                yield from _dotted(program, value, meaning.attribute)
        elif isinstance(meaning, External):
            yield from _outside(program, module, expression, meaning)
        else:
            yield from program.call(meaning)


def _outside(
    program: Program, module: Module, expression: Call, meaning: External
) -> Iterable[Meaning]:
    match meaning.name, expression.arguments:
        case "builtins.getattr", (value, named, *default):
            name = constant_text(module, named)
            if name is None:
                yield Unknown("getattr with a computed name")
                return
            for found in program.resolve(module, value):
                yield from program.attribute(found, name)
            for other in default:
                yield from program.resolve(module, other)
        case "importlib.import_module" | "builtins.__import__", (named, *_):
            name = constant_text(module, named)
            if name is None:
                yield Unknown("an import with a computed name")
            else:
                yield _import(program, module, expression, meaning.name, name)
        case "operator.attrgetter", (named,):
            name = constant_text(module, named)
            yield Unknown("attrgetter with a computed name") if name is None else Getter(name)
        case "builtins.vars", (value,):
            yield from map(Namespace, program.resolve(module, value))
        case "builtins.globals", ():
            yield Namespace(ProjectModule(module.name))
        case "builtins.dict", () if expression.keywords:
            yield Written(module.name, expression.number)
        case "builtins.super", _:
            yield _super(program, module, expression)
        case "builtins.type", (value,):
            yield from map(_class_of, program.resolve(module, value))
        case name, (first, *_) if name in PARTIALS:
            for target in program.resolve(module, first):
                yield Partial(target, module.name, expression.number)
        case name, (*_, last) if name in _SAME:
            yield from program.resolve(module, last)
        case _:
            yield from program.call(meaning)


def _import(program: Program, module: Module, expression: Call, how: str, name: str) -> Meaning:
    if how == "builtins.__import__" and expression.keyword("fromlist") is None:
        name = name if len(expression.arguments) > 3 else name.partition(".")[0]
    if not name.startswith("."):
        return program.module(name)
    package = expression.arguments[1] if len(expression.arguments) > 1 else None
    if not isinstance(package, Name) or package.name not in ("__package__", "__name__"):
        return Unknown("a relative import by name")
    return program.relative(module, name)


def _super(program: Program, module: Module, expression: Expression) -> Meaning:
    function = module.view.function_of(module.facts.scope_of(expression))
    while function is not None and function.owner_class is None:
        around = module.facts.scopes[module.facts.blocks[function.block].scope]
        function = module.view.function_of(around)
    if function is None or function.owner_class is None:
        return Unknown("super() outside a class")
    kind = ProjectClass(module.name, function.owner_class)
    return Super(kind, kind)


def _class_of(meaning: Meaning) -> Meaning:
    return meaning.of if isinstance(meaning, Instance) else Unknown("type() of something unknown")


def _dotted(program: Program, meaning: Meaning, path: str) -> Iterable[Meaning]:
    found: tuple[Meaning, ...] = (meaning,)
    for name in path.split("."):
        found = tuple(inner for each in found for inner in program.attribute(each, name))
    return found


def result(program: Program, meaning: Meaning) -> Iterable[Meaning]:
    """Return what calling something gives, whatever its arguments."""
    match meaning:
        case ProjectClass():
            return [Instance(meaning)]
        case External(name):
            return [_result_outside(program, name)]
        case ProjectFunction():
            return _returned(program, meaning)
        case Partial(target):
            return program.call(target)
        case Unknown():
            return [meaning]
        case Instance(ProjectClass()):
            methods = program.attribute(meaning, "__call__")
            return [found for method in methods for found in program.call(method)]
        case _:
            return [Unknown("the result of a call")]


def _result_outside(program: Program, name: str) -> Meaning:
    known = program.result_type(name)
    if known is not None:
        return Instance(external(known))
    last = name.rpartition(".")[2]
    # A capital begins the name of a class; nothing else is guessed.
    if last[:1].isupper():
        return Instance(external(name))
    return Unknown(f"the result of {name}")


def _returned(program: Program, meaning: ProjectFunction) -> Iterable[Meaning]:
    module, function = program.function(meaning)
    if function.body is not None:
        return program.resolve(module, function.body)
    if function.is_generator:
        return [Instance(external("collections.abc.Generator"))]
    found: list[Meaning] = []
    for leave in module.view.leaves_of_scope(function.scope):
        if leave.kind == "return" and leave.value is not None:
            found += program.resolve(module, leave.value)
    if function.returns is not None and all(isinstance(value, Unknown) for value in found):
        return annotated(program, module, function.returns)
    return found or [external("builtins.None")]
