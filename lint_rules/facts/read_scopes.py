"""Readers of lambdas and comprehensions, the expressions with a scope of their own."""

from __future__ import annotations

import ast
from typing import Any

from lint_rules.facts.draft import Draft, ExpressionReader
from lint_rules.facts.expressions import Clause, Comprehension, Expression, Lambda
from lint_rules.facts.read_definitions import bind_parameters, read_parameters
from lint_rules.facts.read_targets import read_target
from lint_rules.facts.records import Function

_COMPREHENSIONS: dict[type, str] = {
    ast.ListComp: "list",
    ast.SetComp: "set",
    ast.DictComp: "dict",
    ast.GeneratorExp: "generator",
}


def _lambda(draft: Draft, node: ast.Lambda) -> Expression:
    parameters = read_parameters(draft, node.args)
    outside, awaits, yields = draft.block, draft.awaits, draft.yields
    number = len(draft.functions)
    draft.functions.append(None)
    span = draft.word(node, len("lambda"))
    scope = draft.open_scope("lambda", "<lambda>", number, span)
    bind_parameters(draft, parameters, node.args)
    body = draft.read(node.body)
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
    return draft.add(Lambda, node, number)


def _comprehension(draft: Draft, node: Any) -> Expression:
    outside = draft.block
    # The first iterable is evaluated outside, as Python does.
    iterable = draft.read(node.generators[0].iter)
    scope = draft.open_scope("comprehension", "", None, draft.span(node))
    clauses = _clauses(draft, node.generators, iterable)
    value: Expression | None = None
    if node.__class__ is ast.DictComp:
        element = draft.read(node.key)
        value = draft.read(node.value)
    else:
        element = draft.read(node.elt)
    draft.block = outside
    kind = _COMPREHENSIONS[node.__class__]
    return draft.add(Comprehension, node, kind, element, value, clauses, scope)


def _clauses(draft: Draft, nodes: list[ast.comprehension], first: Expression) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    for node in nodes:
        iterable = draft.read(node.iter) if clauses else first
        read_target(draft, node.target, "for", value=iterable)
        conditions = draft.read_all(node.ifs)
        draft.awaits += node.is_async
        clauses.append(Clause(iterable, conditions, bool(node.is_async)))
    return tuple(clauses)


READERS: dict[type, ExpressionReader] = {
    ast.Lambda: _lambda,
    **dict.fromkeys(_COMPREHENSIONS, _comprehension),
}
