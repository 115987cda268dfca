"""Readers of functions and classes: headers outside, bodies in scopes of their own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lint_rules.facts.draft import Draft, StatementReader
from lint_rules.facts.expressions import Expression
from lint_rules.facts.read_expressions import read_arguments
from lint_rules.facts.records import Class, Function, Parameter, ParameterKind, Span

Declared = tuple[ParameterKind, ast.arg, ast.expr | None]


def read_parameters(draft: Draft, node: ast.arguments) -> tuple[Parameter, ...]:
    """Read parameters; annotations and defaults are evaluated in the scope around them."""
    return tuple([_parameter(draft, declared) for declared in _declared(node)])


def bind_parameters(draft: Draft, parameters: tuple[Parameter, ...], node: ast.arguments) -> None:
    """Bind the parameters in the scope that was just opened."""
    for parameter, (_, argument, _) in zip(parameters, _declared(node), strict=True):
        draft.bind(
            parameter.name,
            "parameter",
            draft.span(argument),
            value=parameter.default,
            annotation=parameter.annotation,
        )


def _declared(node: ast.arguments) -> Iterator[Declared]:
    """Yield the parameters in the order of the source."""
    plain = [*node.posonlyargs, *node.args]
    first_default = len(plain) - len(node.defaults)
    for place, argument in enumerate(plain):
        kind: ParameterKind = "positional" if place < len(node.posonlyargs) else "plain"
        default = node.defaults[place - first_default] if place >= first_default else None
        yield kind, argument, default
    if node.vararg is not None:
        yield "variadic", node.vararg, None
    for argument, given in zip(node.kwonlyargs, node.kw_defaults, strict=True):
        yield "keyword", argument, given
    if node.kwarg is not None:
        yield "keywords", node.kwarg, None


def _parameter(draft: Draft, declared: Declared) -> Parameter:
    kind, argument, default = declared
    annotation = _annotation(draft, argument.annotation)
    return Parameter(argument.arg, kind, annotation, draft.read_optional(default))


def _annotation(draft: Draft, node: ast.expr | None) -> Expression | None:
    if node is None or isinstance(node, ast.Starred):
        return None  # `*args: *Types`
    return draft.read(node)


def _function(draft: Draft, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    decorators = draft.read_all(node.decorator_list)
    parameters = read_parameters(draft, node.args)
    returns = _annotation(draft, node.returns)
    span = draft.name(node)
    number = len(draft.functions)
    draft.functions.append(None)
    around = draft.scope
    draft.bind(node.name, "function", span, definition=number)
    outside, awaits, yields = draft.block, draft.awaits, draft.yields
    scope = draft.open_scope("function", node.name, number, span)
    bind_type_parameters(draft, node, span)
    bind_parameters(draft, parameters, node.args)
    draft.read_body(node.body)
    draft.functions[number] = Function(
        number=number,
        name=node.name,
        qualname=draft.scopes[scope].qualname,
        scope=scope,
        block=outside,
        decorators=decorators,
        parameters=parameters,
        returns=returns,
        is_async=isinstance(node, ast.AsyncFunctionDef),
        is_generator=draft.yields > yields,
        owner_class=around.owner if around.kind == "class" else None,
        body=None,
        span=span,
    )
    draft.block, draft.awaits, draft.yields = outside, awaits, yields


def _class(draft: Draft, node: ast.ClassDef) -> None:
    decorators = draft.read_all(node.decorator_list)
    bases, keywords = read_arguments(draft, node.bases, node.keywords)
    span = draft.name(node)
    number = len(draft.classes)
    draft.classes.append(None)
    draft.bind(node.name, "class", span, definition=number)
    outside = draft.block
    scope = draft.open_scope("class", node.name, number, span)
    bind_type_parameters(draft, node, span)
    qualname = draft.scope.qualname
    draft.classes[number] = Class(
        number, node.name, qualname, scope, outside, decorators, bases, keywords, span
    )
    draft.read_body(node.body)
    draft.block = outside


def bind_type_parameters(draft: Draft, node: ast.stmt, span: Span) -> None:
    """Bind `[T: bound = default]` in the scope that was just opened."""
    # Python 3.12 has type parameters, 3.13 their defaults.
    for parameter in getattr(node, "type_params", ()):
        bound = draft.read_optional(getattr(parameter, "bound", None))
        draft.read_optional(getattr(parameter, "default_value", None))
        draft.bind(parameter.name, "type", span, value=bound)


READERS: dict[type, StatementReader] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
}
