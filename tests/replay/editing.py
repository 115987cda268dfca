"""Edits Python code as an author would: statements before, after or in place of others.

Everything is done with libcst, so the rest of a file stays as it was, and an edit that finds
nothing to change fails.
"""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

Statements = list[cst.BaseStatement]
Change = Callable[[cst.Module], cst.Module]


class _Replacing(cst.CSTTransformer):
    """Replaces the one statement of a method that begins with given words by others."""

    def __init__(self, method: str, beginning: str, replacement: Callable[..., Statements]) -> None:
        self.method = method
        self.beginning = beginning
        self.replacement = replacement
        self.inside = False
        self.times = 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        self.inside = self.inside or node.name.value == self.method
        return True

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        if original_node.name.value == self.method:
            self.inside = False
        return updated_node

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> object:
        updated = super().on_leave(original_node, updated_node)
        if not self.inside or not isinstance(updated, cst.BaseStatement):
            return updated
        if not cst.Module([original_node]).code.strip().startswith(self.beginning):
            return updated
        self.times += 1
        return cst.FlattenSentinel(self.replacement(updated))


def _statements(code: str) -> Statements:
    return list(cst.parse_module(code).body)


def _changed(
    method: str, beginning: str, replacement: Callable[[cst.BaseStatement], Statements]
) -> Change:
    def change(module: cst.Module) -> cst.Module:
        replacing = _Replacing(method, beginning, replacement)
        after = module.visit(replacing)
        assert replacing.times == 1, f"`{beginning}` in {method}: found {replacing.times} times"
        return after

    return change


def replaced(method: str, beginning: str, code: str) -> Change:
    """Put other statements in the place of one."""
    return _changed(method, beginning, lambda _: _statements(code))


def before(method: str, beginning: str, code: str) -> Change:
    """Put statements before one."""
    return _changed(method, beginning, lambda found: [*_statements(code), found])


def after(method: str, beginning: str, code: str) -> Change:
    """Put statements after one."""
    return _changed(method, beginning, lambda found: [found, *_statements(code)])


def respelt(old: str, new: str) -> Change:
    """Replace an expression, wherever it stands exactly so."""

    class Respelling(cst.CSTTransformer):
        times = 0

        def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> object:
            updated = super().on_leave(original_node, updated_node)
            if isinstance(updated, cst.Arg | cst.Decorator | cst.BaseExpression):
                code = cst.Module([]).code_for_node(updated)
                if code.strip().rstrip(",").strip() == old:
                    self.times += 1
                    return _like(updated, new)
            return updated

    def change(module: cst.Module) -> cst.Module:
        respelling = Respelling()
        changed = module.visit(respelling)
        assert respelling.times, f"`{old}` is nowhere"
        return changed

    return change


def _like(node: cst.CSTNode, code: str) -> cst.CSTNode:
    if isinstance(node, cst.Arg):
        call = cst.ensure_type(cst.parse_expression(f"f({code})"), cst.Call)
        return node.with_changes(keyword=call.args[0].keyword, value=call.args[0].value)
    if isinstance(node, cst.Decorator):
        return node.with_changes(decorator=cst.parse_expression(code.removeprefix("@")))
    return cst.parse_expression(code)


def imported(code: str, change: Change) -> Change:
    """Make a change that needs an import."""

    def both(module: cst.Module) -> cst.Module:
        changed = change(module)
        body = list(changed.body)
        at = next(i for i, s in enumerate(body) if "from datetime" in cst.Module([s]).code)
        return changed.with_changes(body=[*body[:at], *_statements(code), *body[at:]])

    return both


def in_turn(*changes: Change) -> Change:
    """Make several changes as one edit."""

    def change(module: cst.Module) -> cst.Module:
        for one in changes:
            module = one(module)
        return module

    return change


def method_added(after_method: str, code: str) -> Change:
    """Add a method after another one."""

    class Adding(cst.CSTTransformer):
        times = 0

        def leave_FunctionDef(
            self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
        ) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
            if original_node.name.value != after_method:
                return updated_node
            self.times += 1
            return cst.FlattenSentinel([updated_node, *_statements(code)])

    def change(module: cst.Module) -> cst.Module:
        adding = Adding()
        changed = module.visit(adding)
        assert adding.times == 1, f"`{after_method}`: found {adding.times} times"
        return changed

    return change


def method_dropped(name: str) -> Change:
    """Leave a method out."""

    class Dropping(cst.CSTTransformer):
        times = 0

        def leave_FunctionDef(
            self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
        ) -> cst.FunctionDef | cst.RemovalSentinel:
            if original_node.name.value != name:
                return updated_node
            self.times += 1
            return cst.RemoveFromParent()

    def change(module: cst.Module) -> cst.Module:
        dropping = Dropping()
        changed = module.visit(dropping)
        assert dropping.times == 1, f"`{name}`: found {dropping.times} times"
        return changed

    return change
