"""Readers of the statements that stand on one line."""

from __future__ import annotations

import ast
from typing import Any

import libcst as cst

from lint_rules.facts.draft import Draft, StatementReader
from lint_rules.facts.operators import operator_text
from lint_rules.facts.read_definitions import bind_type_parameters
from lint_rules.facts.read_targets import read_target
from lint_rules.facts.records import Declaration, Leave, WriteKind


def _pass(_draft: Draft, _node: object, _twin: object) -> None:
    pass


def _expression(draft: Draft, node: cst.Expr, twin: ast.Expr) -> None:
    # Docstrings say nothing to a rule and are most of the text of many modules.
    if isinstance(twin.value, ast.Constant):
        return
    draft.discarded.add(draft.read(node.value, twin.value).number)


def _assign(draft: Draft, node: cst.Assign, twin: ast.Assign) -> None:
    value = draft.read(node.value, twin.value)
    for target, inner in zip(node.targets, twin.targets, strict=True):
        read_target(draft, target.target, inner, "assign", value=value)


def _annotated(draft: Draft, node: cst.AnnAssign, twin: ast.AnnAssign) -> None:
    annotation = draft.read(node.annotation.annotation, twin.annotation)
    value = draft.read_optional(node.value, twin.value)
    kind: WriteKind = "declare" if value is None else "assign"
    read_target(
        draft,
        node.target,
        twin.target,
        kind,
        value=value,
        annotation=annotation,
    )


def _augmented(draft: Draft, node: cst.AugAssign, twin: ast.AugAssign) -> None:
    value = draft.read(node.value, twin.value)
    operator = operator_text(node.operator)
    read_target(draft, node.target, twin.target, "augment", value=value, operator=operator)


def _delete(draft: Draft, node: cst.Del, twin: ast.Delete) -> None:
    if isinstance(node.target, cst.Tuple) and not node.target.lpar:
        for target, inner in zip(node.target.elements, twin.targets, strict=True):
            read_target(draft, target.value, inner, "delete")
    else:
        read_target(draft, node.target, twin.targets[0], "delete")


def _return(draft: Draft, node: cst.Return, twin: ast.Return) -> None:
    value = draft.read_optional(node.value, twin.value)
    draft.leaves.append(Leave("return", value, None, draft.block, draft.span(twin)))


def _raise(draft: Draft, node: cst.Raise, twin: ast.Raise) -> None:
    value = draft.read_optional(node.exc, twin.exc)
    cause = draft.read_optional(node.cause.item if node.cause else None, twin.cause)
    draft.leaves.append(Leave("raise", value, cause, draft.block, draft.span(twin)))


def _assert(draft: Draft, node: cst.Assert, twin: ast.Assert) -> None:
    test = draft.read(node.test, twin.test)
    message = draft.read_optional(node.msg, twin.msg)
    draft.leaves.append(Leave("assert", test, message, draft.block, draft.span(twin)))


def _break(draft: Draft, _node: cst.Break, twin: ast.Break) -> None:
    draft.leaves.append(Leave("break", None, None, draft.block, draft.span(twin)))


def _continue(draft: Draft, _node: cst.Continue, twin: ast.Continue) -> None:
    draft.leaves.append(Leave("continue", None, None, draft.block, draft.span(twin)))


def _global(draft: Draft, _node: cst.Global, twin: ast.Global) -> None:
    draft.declarations.append(Declaration("global", tuple(twin.names), draft.scope.number))


def _nonlocal(draft: Draft, _node: cst.Nonlocal, twin: ast.Nonlocal) -> None:
    draft.declarations.append(Declaration("nonlocal", tuple(twin.names), draft.scope.number))


def _type_alias(draft: Draft, node: cst.TypeAlias, twin: Any) -> None:
    # Its value is evaluated when somebody asks for it, in a scope with the type parameters.
    span, outside = draft.span(twin.name), draft.block
    draft.open_scope("comprehension", "", None, span)
    bind_type_parameters(draft, node.type_parameters, twin.type_params, span)
    value = draft.read(node.value, twin.value)
    draft.block = outside
    draft.bind(node.name.value, "type", span, value=value)


READERS: dict[type, StatementReader] = {
    cst.Pass: _pass,
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Del: _delete,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Break: _break,
    cst.Continue: _continue,
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.TypeAlias: _type_alias,
}
