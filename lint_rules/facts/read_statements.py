"""Readers of the statements that stand on one line."""

from __future__ import annotations

import ast
import sys
from typing import Any

from lint_rules.facts.draft import Draft, StatementReader
from lint_rules.facts.operators import OPERATOR_TEXTS
from lint_rules.facts.read_definitions import bind_type_parameters
from lint_rules.facts.read_targets import read_target
from lint_rules.facts.records import Declaration, Leave, WriteKind


def _pass(_draft: Draft, _node: ast.Pass) -> None:
    pass


def _expression(draft: Draft, node: ast.Expr) -> None:
    # Docstrings say nothing to a rule and are most of the text of many modules.
    if isinstance(node.value, ast.Constant):
        return
    draft.discarded.add(draft.read(node.value).number)


def _assign(draft: Draft, node: ast.Assign) -> None:
    value = draft.read(node.value)
    for target in node.targets:
        read_target(draft, target, "assign", value=value)


def _annotated(draft: Draft, node: ast.AnnAssign) -> None:
    annotation = draft.read(node.annotation)
    value = draft.read_optional(node.value)
    kind: WriteKind = "declare" if value is None else "assign"
    read_target(draft, node.target, kind, value=value, annotation=annotation)


def _augmented(draft: Draft, node: ast.AugAssign) -> None:
    value = draft.read(node.value)
    operator = OPERATOR_TEXTS[node.op.__class__]
    read_target(draft, node.target, "augment", value=value, operator=operator)


def _delete(draft: Draft, node: ast.Delete) -> None:
    for target in node.targets:
        read_target(draft, target, "delete")


def _return(draft: Draft, node: ast.Return) -> None:
    value = draft.read_optional(node.value)
    draft.leaves.append(Leave("return", value, None, draft.block, draft.span(node)))


def _raise(draft: Draft, node: ast.Raise) -> None:
    value = draft.read_optional(node.exc)
    cause = draft.read_optional(node.cause)
    draft.leaves.append(Leave("raise", value, cause, draft.block, draft.span(node)))


def _assert(draft: Draft, node: ast.Assert) -> None:
    test = draft.read(node.test)
    message = draft.read_optional(node.msg)
    draft.leaves.append(Leave("assert", test, message, draft.block, draft.span(node)))


def _break(draft: Draft, node: ast.Break) -> None:
    draft.leaves.append(Leave("break", None, None, draft.block, draft.span(node)))


def _continue(draft: Draft, node: ast.Continue) -> None:
    draft.leaves.append(Leave("continue", None, None, draft.block, draft.span(node)))


def _global(draft: Draft, node: ast.Global) -> None:
    draft.declarations.append(Declaration("global", tuple(node.names), draft.scope.number))


def _nonlocal(draft: Draft, node: ast.Nonlocal) -> None:
    draft.declarations.append(Declaration("nonlocal", tuple(node.names), draft.scope.number))


def _type_alias(draft: Draft, node: Any) -> None:
    # Its value is evaluated when somebody asks for it, in a scope with the type parameters.
    span, outside = draft.span(node.name), draft.block
    draft.open_scope("comprehension", "", None, span)
    bind_type_parameters(draft, node, span)
    value = draft.read(node.value)
    draft.block = outside
    draft.bind(node.name.id, "type", span, value=value)


READERS: dict[type, StatementReader] = {
    ast.Pass: _pass,
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Delete: _delete,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
}
if sys.version_info >= (3, 12):
    READERS[ast.TypeAlias] = _type_alias
