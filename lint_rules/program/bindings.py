"""What a name means: the bindings it can refer to, each followed to its value."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from lint_rules.facts.expressions import Attribute, Call, Display, Expression, Mapping
from lint_rules.facts.records import Binding, Function, Import, Scope
from lint_rules.program.annotations import annotated
from lint_rules.program.meaning import (
    External,
    Instance,
    Meaning,
    ProjectClass,
    ProjectFunction,
    ProjectModule,
    Unknown,
    Written,
)
from lint_rules.program.modules import Module, external
from lint_rules.program.names import live, lookup

if TYPE_CHECKING:
    from lint_rules.program.program import Program

Shape = TypeVar("Shape", Display, Mapping)

_BUILTINS = frozenset(dir(builtins))
_MODULE_NAMES = ("__name__", "__file__", "__doc__", "__path__", "__package__", "__spec__")


def read_name(program: Program, module: Module, name: str, at: Expression) -> Iterable[Meaning]:
    """Return what a name means where an expression reads it."""
    if name in module.inner_names or len(module.bindings.get((0, name), ())) > 1:
        return _named(program, module, name, module.facts.scope_of(at), at)
    # Bound once, at the top, or not at all: it means the same wherever it is read.
    return program.outer_name(module, name)


def _named(
    program: Program, module: Module, name: str, scope: Scope, at: Expression | None
) -> Iterable[Meaning]:
    found = lookup(module, name, scope, at)
    if found:
        return [meaning for binding in found for meaning in value_of(program, module, binding)]
    starred = list(_through_stars(program, module, name, set()))
    if starred:
        return starred
    if name in _BUILTINS:
        return [external(f"builtins.{name}")]
    if name in _MODULE_NAMES:
        return [Instance(external("builtins.str"))]
    return [Unknown(f"{name} is bound nowhere")]


def name_in_scope(program: Program, module: Module, name: str, scope: Scope) -> Iterable[Meaning]:
    """Return what a name means in a scope once all its code has run."""
    return _named(program, module, name, scope, None)


def module_member(program: Program, module_name: str, name: str) -> Iterable[Meaning]:
    """Return what a name of a module means from outside: bound in it, re-exported, a submodule."""
    found = list(_member(program, module_name, name, set()))
    return found or [Unknown(f"{module_name} has no {name}")]


def _member(program: Program, module_name: str, name: str, seen: set[str]) -> Iterable[Meaning]:
    module = program.modules.get(module_name)
    if module is None:
        yield external(f"{module_name}.{name}")
        return
    bound = module.bindings.get((0, name))
    if bound:
        for binding in live(module, bound, 0, None):
            yield from value_of(program, module, binding)
        return
    submodule = f"{module_name}.{name}"
    if program.modules.get(submodule) is not None:
        yield ProjectModule(submodule)
        return
    yield from _through_stars(program, module, name, seen)


def _through_stars(
    program: Program, module: Module, name: str, seen: set[str]
) -> Iterable[Meaning]:
    if module.name in seen:
        return
    seen.add(module.name)
    for found in reversed(module.stars):
        source = module.absolute(found)
        if source is None:
            continue
        other = program.modules.get(source)
        if other is None:
            # Whether an outside module has the name cannot be seen; builtins come first then.
            if name not in _BUILTINS:
                yield external(f"{source}.{name}")
            continue
        if _is_public(other, name):
            yield from _member(program, source, name, seen)


def _is_public(module: Module, name: str) -> bool:
    exports = module.facts.exports
    if exports is None:
        return not name.startswith("_")
    return name in exports or module.facts.exports_are_partial


def value_of(program: Program, module: Module, binding: Binding) -> Iterable[Meaning]:
    """Return what a binding gives its name."""
    match binding.kind:
        case "import" if binding.definition is not None:
            return _imported(program, module, module.facts.imports[binding.definition])
        case "function" if binding.definition is not None:
            return [ProjectFunction(module.name, binding.definition)]
        case "class" if binding.definition is not None:
            return [ProjectClass(module.name, binding.definition)]
        case "parameter":
            return _parameter(program, module, binding)
        case "assign" | "walrus" | "declare":
            return _assigned(program, module, binding)
        case "with" | "type" if binding.value is not None and not binding.path:
            return program.resolve(module, binding.value)
        case "except" if binding.value is not None:
            return _caught(program, module, binding.value)
        case "for" if binding.value is not None:
            return _elements(program, module, binding.value, binding.path)
        case _:
            return [Unknown(f"bound by {binding.kind}")]


def _caught(program: Program, module: Module, types: Expression) -> Iterable[Meaning]:
    several = types.elements if isinstance(types, Display) else (types,)
    for each in several:
        for kind in program.resolve(module, each):
            if isinstance(kind, ProjectClass | External):
                yield Instance(kind)
            else:
                yield Unknown("a caught exception")


def _parts(program: Program, module: Module, binding: Binding) -> Iterable[Meaning]:
    """Return what a name gets of a tuple or list that is unpacked, wherever that was written."""
    if binding.value is None:
        return
    for other, display in _written_out(program, module, binding.value, Display):
        part: Expression = display
        for place in binding.path:
            if not isinstance(part, Display) or not 0 <= place < len(part.elements):
                break
            part = part.elements[place]
        else:
            yield from program.resolve(other, part)


def _elements(
    program: Program, module: Module, iterable: Expression, path: tuple[int, ...]
) -> Iterable[Meaning]:
    """Return what a loop's variable can be when what it goes through is written out."""
    match iterable, path:
        case Call(_, Attribute(_, owner, "values"), (), ()), ():
            written = _mappings(program, module, owner)
            parts = [(other, value) for other, each in written for value in each.values]
        case Call(_, Attribute(_, owner, "items"), (), ()), (1,):
            written = _mappings(program, module, owner)
            parts = [(other, value) for other, each in written for value in each.values]
        case _:
            displays = _written_out(program, module, iterable, Display)
            parts = [(other, part) for other, each in displays for part in each.elements]
            for place in path:
                parts = [
                    (other, part.elements[place])
                    for other, part in parts
                    if isinstance(part, Display) and 0 <= place < len(part.elements)
                ]
    found = [meaning for other, part in parts for meaning in program.resolve(other, part)]
    return found or [Unknown("bound by for")]


def _mappings(program: Program, module: Module, owner: Expression) -> list[tuple[Module, Mapping]]:
    return _written_out(program, module, owner, Mapping)


def _written_out(
    program: Program, module: Module, expression: Expression, kind: type[Shape]
) -> list[tuple[Module, Shape]]:
    """Return the containers of one kind that an expression stands for, with their modules."""
    found = []
    for meaning in program.resolve(module, expression):
        if isinstance(meaning, Written):
            other = program.modules[meaning.module]
            written = other.facts.expressions[meaning.expression]
            if isinstance(written, kind):
                found.append((other, written))
    return found


def _assigned(program: Program, module: Module, binding: Binding) -> Iterable[Meaning]:
    found: list[Meaning] = []
    if binding.value is not None and not binding.path:
        found = list(program.resolve(module, binding.value))
    elif binding.value is not None:
        found = [m for m in _parts(program, module, binding) if not isinstance(m, Unknown)]
    if binding.annotation is not None and all(isinstance(m, Unknown) for m in found):
        return annotated(program, module, binding.annotation)
    return found or [Unknown("a part of an unpacked value")]


def _imported(program: Program, module: Module, found: Import) -> Iterable[Meaning]:
    source = module.absolute(found)
    if source is None:
        return [Unknown("a relative import that leaves the project")]
    if found.name is not None:
        if source == module.name and program.modules.get(f"{source}.{found.name}") is not None:
            return [ProjectModule(f"{source}.{found.name}")]
        return program.member(source, found.name)
    # `import a.b` gives `a`, `import a.b as c` gives `a.b`.
    top = source.partition(".")[0]
    return [program.module(top if found.bound == top else source)]


def _parameter(program: Program, module: Module, binding: Binding) -> Iterable[Meaning]:
    scope = module.facts.scopes[binding.scope]
    if scope.owner is None:
        return [Unknown("a parameter")]
    function = module.facts.functions[scope.owner]
    receiver = _receiver(program, module, function, binding.name)
    if receiver is not None:
        return [receiver]
    found: list[Meaning] = []
    if binding.value is not None:
        found = [m for m in program.resolve(module, binding.value) if not _is_none(m)]
    if binding.annotation is not None:
        found += annotated(program, module, binding.annotation)
    else:
        found.append(Unknown("a parameter"))
    return found


def _is_none(meaning: Meaning) -> bool:
    return meaning == external("builtins.None")


def _receiver(program: Program, module: Module, function: Function, name: str) -> Meaning | None:
    """Return what the first parameter of a method stands for."""
    first = function.parameters[0] if function.parameters else None
    if function.owner_class is None or first is None or first.name != name:
        return None
    kind = ProjectClass(module.name, function.owner_class)
    decorators = {program.name(module, decorator) for decorator in function.decorators}
    if "builtins.staticmethod" in decorators:
        return None
    if "builtins.classmethod" in decorators or function.name in ("__new__", "__init_subclass__"):
        return kind
    return Instance(kind)
