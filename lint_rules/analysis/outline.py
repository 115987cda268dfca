"""A cheap look at a module: which of its functions are activities, and what it imports.

Workflow code only hands activities on, so a module of which it uses nothing else is not worth
parsing: `ast` costs a tenth of libcst, and no rule ever sees what is read here.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.program.workflow_names import ACTIVITIES


@dataclass(frozen=True, slots=True)
class Outline:
    """`activities` are names that the module binds once, to a decorated function.

    `imports` are all imports anywhere in it: level, module, and name (None for a plain import).
    """

    activities: frozenset[str] = frozenset()
    imports: tuple[tuple[int, str, str | None], ...] = ()


def outline(tree: ast.Module) -> Outline:
    """Return the outline of a module."""
    names = _imported_names(tree)
    bound: Counter[str] = Counter()
    imports: list[tuple[int, str, str | None]] = []
    for statement in _statements(tree):
        match statement:
            case ast.Import(names=aliases):
                imports += [(0, alias.name, None) for alias in aliases]
            case ast.ImportFrom(module, aliases, level):
                imports += [(level, module or "", alias.name) for alias in aliases]
        bound.update(_bound(statement))
    activities = {
        statement.name
        for statement in tree.body
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
        and bound[statement.name] == 1
        and any(_name(decorator, names) in ACTIVITIES for decorator in statement.decorator_list)
    }
    return Outline(frozenset(activities), tuple(imports))


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield all statements, also those of functions; expressions are not looked into."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        for field in ("body", "orelse", "handlers", "finalbody", "cases"):
            waiting += getattr(node, field, ())


def _imported_names(tree: ast.Module) -> dict[str, str]:
    """Return what the imports of the top level call things: local name -> qualified name."""
    found: dict[str, str] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                top = alias.name.partition(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            for alias in statement.names:
                found[alias.asname or alias.name] = f"{statement.module}.{alias.name}"
    return found


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names a statement binds by itself, or lets a function bind."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Global(names=names):
            yield from names
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name for alias in aliases)
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            yield from (node.id for target in targets for node in _names_in(target))
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target) | ast.For(target=target):
            yield from (node.id for node in _names_in(target))


def _names_in(target: ast.expr) -> Iterator[ast.Name]:
    return (node for node in ast.walk(target) if isinstance(node, ast.Name))


def _name(decorator: ast.expr, names: dict[str, str]) -> str | None:
    inner = decorator.func if isinstance(decorator, ast.Call) else decorator
    parts: list[str] = []
    while isinstance(inner, ast.Attribute):
        parts.insert(0, inner.attr)
        inner = inner.value
    if not isinstance(inner, ast.Name) or inner.id not in names:
        return None
    return ".".join([names[inner.id], *parts])
