"""Readers of lambdas and comprehensions, the expressions with a scope of their own."""

from __future__ import annotations

import ast
from typing import Any

import libcst as cst

from lint_rules.facts.draft import Draft, ExpressionReader
from lint_rules.facts.expressions import Clause, Comprehension, Expression, Lambda
from lint_rules.facts.read_definitions import bind_parameters, read_parameters
from lint_rules.facts.read_targets import read_target
from lint_rules.facts.records import Function

_COMPREHENSIONS = {
    cst.ListComp: "list",
    cst.SetComp: "set",
    cst.DictComp: "dict",
    cst.GeneratorExp: "generator",
}


def _lambda(draft: Draft, node: cst.Lambda, twin: ast.Lambda) -> Expression:
    parameters = read_parameters(draft, node.params, twin.args)
    outside, awaits, yields = draft.block, draft.awaits, draft.yields
    number = len(draft.functions)
    draft.functions.append(None)
    span = draft.word(twin, 0, "lambda")
    scope = draft.open_scope("lambda", "<lambda>", number, span)
    bind_parameters(draft, parameters, twin.args)
    body = draft.read(node.body, twin.body)
    draft.functions[number] = Function(
        number=number,
        name="<lambda>",
        qualname=draft.scope.qualname,
        scope=scope,
        block=outside,
        decorators=(),
        parameters=parameters,
        returns=None,
        is_async=False,
        is_generator=draft.yields > yields,
        owner_class=None,
        body=body,
        span=span,
    )
    draft.block, draft.awaits, draft.yields = outside, awaits, yields
    return draft.add(Lambda, twin, number)


def _comprehension(draft: Draft, node: Any, twin: Any) -> Expression:
    outside = draft.block
    # The first iterable is evaluated outside, as Python does.
    iterable = draft.read(node.for_in.iter, twin.generators[0].iter)
    scope = draft.open_scope("comprehension", "", None, draft.span(twin))
    clauses = _clauses(draft, node.for_in, twin.generators, iterable)
    element: Expression
    value: Expression | None = None
    if isinstance(node, cst.DictComp):
        element = draft.read(node.key, twin.key)
        value = draft.read(node.value, twin.value)
    else:
        element = draft.read(node.elt, twin.elt)
    draft.block = outside
    kind = _COMPREHENSIONS[node.__class__]
    return draft.add(Comprehension, twin, kind, element, value, clauses, scope)


def _clauses(
    draft: Draft, node: cst.CompFor, twins: list[ast.comprehension], first: Expression
) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    inner: cst.CompFor | None = node
    for twin in twins:
        if inner is None:
            raise ValueError("more clauses in ast than in libcst")
        iterable = draft.read(inner.iter, twin.iter) if clauses else first
        read_target(draft, inner.target, twin.target, "for", value=iterable)
        conditions = tuple(
            draft.read(condition.test, test)
            for condition, test in zip(inner.ifs, twin.ifs, strict=True)
        )
        draft.awaits += twin.is_async
        clauses.append(Clause(iterable, conditions, bool(twin.is_async)))
        inner = inner.inner_for_in
    return tuple(clauses)


READERS: dict[type, ExpressionReader] = {
    cst.Lambda: _lambda,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.DictComp: _comprehension,
    cst.GeneratorExp: _comprehension,
}
