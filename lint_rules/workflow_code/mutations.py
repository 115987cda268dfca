"""Where reached code changes an object, and whose object that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import Attribute, Call, Expression, Name, Slice, Subscript
from lint_rules.facts.records import Binding
from lint_rules.program import External, Module, Program, ProjectFunction
from lint_rules.program.names import lookup

_CHANGES = frozenset(
    {
        "add",
        "append",
        "appendleft",
        "clear",
        "difference_update",
        "discard",
        "extend",
        "extendleft",
        "insert",
        "intersection_update",
        "move_to_end",
        "pop",
        "popitem",
        "popleft",
        "put_nowait",
        "remove",
        "reverse",
        "rotate",
        "setdefault",
        "sort",
        "subtract",
        "symmetric_difference_update",
        "update",
    }
)
"""Methods of containers that change them."""

_FAR = 8


@dataclass(frozen=True, slots=True)
class Mutation:
    """An object is changed: `target` is the object itself, `at` the expression that does it."""

    target: Expression
    at: Expression


def mutations(program: Program, module: Module, scopes: tuple[int, ...]) -> Iterator[Mutation]:
    """Yield what functions' scopes change: attributes, entries, containers."""
    view = module.view
    for write in (w for scope in scopes for w in view.writes_by_scope.get(scope, ())):
        if write.kind != "declare" and isinstance(write.target, Attribute | Subscript):
            yield Mutation(write.target.value, write.target)
    for call in view.of_kind(scopes, Call):
        match call:
            case Call(_, Attribute(_, owner, method), _, _):
                if method in _CHANGES and not _is_function(program, module, call.function):
                    yield Mutation(owner, call)
            case Call(_, Name(_, "setattr" | "delattr"), (target, *_), _):
                yield Mutation(target, call)


def _is_function(program: Program, module: Module, function: Expression) -> bool:
    """Tell whether what looks like a container's method is a function: `os.remove`, or one's own.

    The body of one's own says by itself what it changes.
    """
    for meaning in program.resolve(module, function):
        if isinstance(meaning, ProjectFunction):
            return True
        if isinstance(meaning, External) and meaning.name.count(".") == 1:
            return True
    return False


def root(module: Module, expression: Expression) -> tuple[Name | None, tuple[str, ...]]:
    """Return the name an object is reached through, and the attributes on the way to it.

    A local name that only stands for another object is followed to that.
    """
    path: list[str] = []
    for _ in range(_FAR * 4):
        match expression:
            case Attribute(_, value, name):
                path.insert(0, name)
                expression = value
            case Subscript(_, value, key) if not isinstance(key, Slice):
                expression = value
            case Name():
                alias = _alias(module, expression)
                if alias is None:
                    return expression, tuple(path)
                expression = alias
            case _:
                break
    return None, tuple(path)


def _alias(module: Module, name: Name) -> Expression | None:
    found = lookup(module, name.name, module.facts.scope_of(name), name)
    values = [b.value for b in found if b.kind == "assign" and not b.path]
    if len(found) == 1 and len(values) == 1 and isinstance(values[0], Attribute | Name | Subscript):
        return values[0]
    return None


def bindings_of(module: Module, name: Name) -> list[Binding]:
    """Return the bindings a name can refer to."""
    return lookup(module, name.name, module.facts.scope_of(name), name)
