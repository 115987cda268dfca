"""Readers of functions and classes: headers outside, bodies in scopes of their own."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

import libcst as cst

from lint_rules.facts.draft import Draft, StatementReader
from lint_rules.facts.expressions import Expression
from lint_rules.facts.read_expressions import read_arguments, read_element
from lint_rules.facts.records import Class, Function, Parameter, ParameterKind, Span


def read_parameters(
    draft: Draft, node: cst.Parameters, twin: ast.arguments
) -> tuple[Parameter, ...]:
    """Read parameters; annotations and defaults are evaluated in the scope around them."""
    plain = [*twin.posonlyargs, *twin.args]
    missing: list[ast.expr | None] = [None] * (len(plain) - len(twin.defaults))
    defaults = [*missing, *twin.defaults]
    only = len(twin.posonlyargs)
    groups: list[tuple[ParameterKind, Any, Any, Any]] = [
        ("positional", node.posonly_params, plain[:only], defaults[:only]),
        ("plain", node.params, plain[only:], defaults[only:]),
        ("variadic", _starred(node.star_arg), [twin.vararg], [None]),
        ("keyword", node.kwonly_params, twin.kwonlyargs, twin.kw_defaults),
        ("keywords", _starred(node.star_kwarg), [twin.kwarg], [None]),
    ]
    return tuple(
        _parameter(draft, kind, parameter, argument, default)
        for kind, parameters, arguments, group_defaults in groups
        for parameter, argument, default in zip(parameters, arguments, group_defaults, strict=False)
    )


def _starred(node: object) -> tuple[cst.Param, ...]:
    return (node,) if isinstance(node, cst.Param) else ()


def _parameter(
    draft: Draft, kind: ParameterKind, node: cst.Param, twin: ast.arg, default: ast.expr | None
) -> Parameter:
    annotation = _annotation(draft, node.annotation, twin.annotation)
    return Parameter(node.name.value, kind, annotation, draft.read_optional(node.default, default))


def bind_parameters(draft: Draft, parameters: tuple[Parameter, ...], twin: ast.arguments) -> None:
    """Bind the parameters in the scope that was just opened."""
    named = [*twin.posonlyargs, *twin.args, *twin.kwonlyargs, twin.vararg, twin.kwarg]
    twins = {argument.arg: argument for argument in named if argument is not None}
    for parameter in parameters:
        draft.bind(
            parameter.name,
            "parameter",
            draft.span(twins[parameter.name]),
            value=parameter.default,
            annotation=parameter.annotation,
        )


def _annotation(
    draft: Draft, node: cst.Annotation | None, twin: ast.expr | None
) -> Expression | None:
    if node is None or twin is None:
        return None
    if isinstance(twin, ast.Starred):
        return None  # `*args: *Types`
    return draft.read(node.annotation, twin)


def _function(draft: Draft, node: cst.FunctionDef, twin: Any) -> None:
    decorators = _decorators(draft, node.decorators, twin.decorator_list)
    parameters = read_parameters(draft, node.params, twin.args)
    returns = _annotation(draft, node.returns, twin.returns)
    before = "def" + node.whitespace_after_def.value
    if node.asynchronous is not None:
        before = "async" + node.asynchronous.whitespace_after.value + before
    name = node.name.value
    span = draft.word(twin, len(before), name)
    number = len(draft.functions)
    draft.functions.append(None)
    around = draft.scope
    draft.bind(name, "function", span, definition=number)
    outside, awaits, yields = draft.block, draft.awaits, draft.yields
    scope = draft.open_scope("function", name, number, span)
    bind_type_parameters(draft, node.type_parameters, _type_twins(twin), span)
    bind_parameters(draft, parameters, twin.args)
    draft.read_body(node.body, twin.body)
    draft.functions[number] = Function(
        number=number,
        name=name,
        qualname=draft.scopes[scope].qualname,
        scope=scope,
        block=outside,
        decorators=decorators,
        parameters=parameters,
        returns=returns,
        is_async=node.asynchronous is not None,
        is_generator=draft.yields > yields,
        owner_class=around.owner if around.kind == "class" else None,
        body=None,
        span=span,
    )
    draft.block, draft.awaits, draft.yields = outside, awaits, yields


def _class(draft: Draft, node: cst.ClassDef, twin: ast.ClassDef) -> None:
    decorators = _decorators(draft, node.decorators, twin.decorator_list)
    given = [*node.bases, *node.keywords]
    bases, keywords = read_arguments(draft, given, twin.bases, twin.keywords)
    name = node.name.value
    span = draft.word(twin, len("class" + node.whitespace_after_class.value), name)
    number = len(draft.classes)
    draft.classes.append(None)
    draft.bind(name, "class", span, definition=number)
    outside = draft.block
    scope = draft.open_scope("class", name, number, span)
    bind_type_parameters(draft, node.type_parameters, _type_twins(twin), span)
    qualname = draft.scope.qualname
    draft.classes[number] = Class(
        number, name, qualname, scope, outside, decorators, bases, keywords, span
    )
    draft.read_body(node.body, twin.body)
    draft.block = outside


def _decorators(draft: Draft, nodes: Any, twins: list[ast.expr]) -> tuple[Expression, ...]:
    pairs = zip(nodes, twins, strict=True)
    return tuple(draft.read(node.decorator, twin) for node, twin in pairs)


def bind_type_parameters(draft: Draft, node: Any, twins: list[Any], span: Span) -> None:
    """Bind `[T: bound = default]` in the scope that was just opened."""
    for parameter, twin in zip(node.params if node is not None else (), twins, strict=True):
        bound = getattr(parameter.param, "bound", None)
        value = draft.read_optional(bound, getattr(twin, "bound", None))
        default = getattr(twin, "default_value", None)
        if default is not None:
            read_element(draft, _Starrable(parameter.default), default)
        draft.bind(parameter.param.name.value, "type", span, value=value)


def _type_twins(twin: Any) -> list[Any]:
    # Before Python 3.12 `ast` knows no type parameters.
    return getattr(twin, "type_params", [])


class _Starrable(NamedTuple):
    """A default as an element, because that of `*Ts` may be starred."""

    value: Any


READERS: dict[type, StatementReader] = {cst.FunctionDef: _function, cst.ClassDef: _class}
