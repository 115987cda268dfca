"""What an attribute of something means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lint_rules.program import classes
from lint_rules.program.meaning import (
    External,
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
from lint_rules.program.modules import external

if TYPE_CHECKING:
    from lint_rules.program.program import Program

_PROPERTIES = ("builtins.property", "functools.cached_property")


def attribute(program: Program, meaning: Meaning, name: str) -> Iterable[Meaning]:
    """Return what `.name` of a meaning means."""
    if name == "__dict__":
        return [Namespace(meaning)]
    match meaning:
        case ProjectModule(module):
            return program.member(module, name)
        case External(outside):
            made = program.result_type(outside)
            if made is not None and made != outside and not outside.endswith(f".{made}"):
                # A value with a type of its own: `path.parent` is a path.
                return [external(f"{made}.{name}")]
            return [program.module(f"{outside}.{name}")]
        case ProjectClass():
            return _of_class(program, meaning, name)
        case Super(kind, after):
            found = classes.search(program, kind, name, after=after)
            return found or [Unknown(f"no base has {name}")]
        case Instance(ProjectClass() as kind):
            return _of_instance(program, kind, name)
        case Instance(External(outside)):
            return [external(f"{outside}.{name}")]
        case Written(module, number):
            written = program.modules[module].facts.expressions[number]
            container = getattr(written, "kind", "dict")
            return [external(f"builtins.{container}.{name}")]
        case Partial(target) if name in ("func", "__wrapped__"):
            return [target]
        case ProjectFunction() if name == "__wrapped__":
            return [meaning]
        case Unknown():
            return [meaning]
        case _:
            return [Unknown(f"attribute {name} of a {type(meaning).__name__.lower()}")]


def _of_class(program: Program, kind: ProjectClass, name: str) -> Iterable[Meaning]:
    if name == "__class__":
        return [external("builtins.type")]
    found = classes.search(program, kind, name)
    if found and classes.is_enum(program, kind):
        # A member is an object of its class, whatever value it has.
        return [m if isinstance(m, ProjectFunction) else Instance(kind) for m in found]
    return (
        found
        or classes.instance_values(program, kind, name)
        or [Unknown(f"the class has no {name}")]
    )


def _of_instance(program: Program, kind: ProjectClass, name: str) -> Iterable[Meaning]:
    if name == "__class__":
        return [kind]
    assigned = classes.instance_values(program, kind, name)
    found = classes.search(program, kind, name)
    if assigned and found and all(isinstance(meaning, External) for meaning in found):
        # The outside base is only a guess; the assignment is there to see.
        found = []
    values = [
        value
        for meaning in found
        for value in (program.call(meaning) if is_property(program, meaning) else [meaning])
    ]
    return [*assigned, *values] or [Unknown(f"the object has no {name}")]


def is_property(program: Program, meaning: Meaning) -> bool:
    """Tell whether reading a member calls a function of the project."""
    if not isinstance(meaning, ProjectFunction):
        return False
    module, function = program.function(meaning)
    if classes.accessor(function) is not None:
        return classes.accessor(function) == "getter"
    names = {program.name(module, decorator) for decorator in function.decorators}
    return any(name in names for name in _PROPERTIES)
