"""Readers of the expressions that open no scope of their own."""

from __future__ import annotations

import ast
import math
from typing import Any

from lint_rules.facts.depth import MAX_CHAIN, TooDeepError
from lint_rules.facts.draft import Draft, ExpressionReader
from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Conditional,
    Constant,
    ConstantValue,
    Display,
    Expression,
    Field,
    FormattedString,
    Keyword,
    Mapping,
    Name,
    Operation,
    Slice,
    Starred,
    Subscript,
    Walrus,
    Yield,
)
from lint_rules.facts.operators import OPERATOR_TEXTS

MAX_CONSTANT = 1000
"""Longer strings and larger numbers name nothing; their value is not kept."""

_KINDS: dict[type, str] = {
    str: "str",
    bytes: "bytes",
    int: "int",
    float: "float",
    complex: "complex",
    bool: "bool",
    type(None): "none",
    type(...): "ellipsis",
}
_DISPLAYS: dict[type, str] = {ast.List: "list", ast.Tuple: "tuple", ast.Set: "set"}


def _name(draft: Draft, node: ast.Name) -> Expression:
    return draft.add(Name, node, node.id)


def _constant(draft: Draft, node: ast.Constant) -> Expression:
    value: object = node.value
    return draft.add(Constant, node, _KINDS[value.__class__], _kept(value))


def _kept(value: object) -> ConstantValue:
    match value:
        case str():
            return value if len(value) <= MAX_CONSTANT and _is_text(value) else None
        case None | bool():
            return value
        case int():
            return value if value.bit_length() <= MAX_CONSTANT else None
        case float():
            return value if math.isfinite(value) else None
        case _:
            return None


def _is_text(value: str) -> bool:
    # Surrogates are no text: JSON would join two of them into one character.
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


def _attribute(draft: Draft, node: ast.Attribute) -> Expression:
    return draft.add(Attribute, node, draft.read(node.value), node.attr)


def _call(draft: Draft, node: ast.Call) -> Expression:
    function = draft.read(node.func)
    if node.keywords:
        arguments, keywords = read_arguments(draft, node.args, node.keywords)
        return draft.add(Call, node, function, arguments, keywords)
    return draft.add(Call, node, function, draft.read_all(node.args), ())


def read_arguments(
    draft: Draft, positional: list[ast.expr], named: list[ast.keyword]
) -> tuple[tuple[Expression, ...], tuple[Keyword, ...]]:
    """Read what stands between the parentheses of a call or class header, in that order."""
    arguments: list[Expression] = []
    keywords: list[Keyword] = []
    given: list[Any] = [*positional, *named]
    if positional and named and _place(named[0]) < _place(positional[-1]):
        given.sort(key=_place)  # `f(a=1, *b)`
    for node in given:
        if node.__class__ is ast.keyword:
            keywords.append(Keyword(node.arg, draft.read(node.value)))
        else:
            arguments.append(draft.read(node))
    return tuple(arguments), tuple(keywords)


def _place(node: ast.expr | ast.keyword) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _starred(draft: Draft, node: ast.Starred) -> Expression:
    return draft.add(Starred, node, draft.read(node.value))


def _subscript(draft: Draft, node: ast.Subscript) -> Expression:
    value = draft.read(node.value)
    return draft.add(Subscript, node, value, draft.read(node.slice))


def _slice(draft: Draft, node: ast.Slice) -> Expression:
    start = draft.read_optional(node.lower)
    stop = draft.read_optional(node.upper)
    return draft.add(Slice, node, start, stop, draft.read_optional(node.step))


def _display(draft: Draft, node: ast.List | ast.Tuple | ast.Set) -> Expression:
    return draft.add(Display, node, _DISPLAYS[node.__class__], draft.read_all(node.elts))


def _dict(draft: Draft, node: ast.Dict) -> Expression:
    keys: list[Expression | None] = []
    values: list[Expression] = []
    for key, value in zip(node.keys, node.values, strict=True):
        keys.append(draft.read_optional(key))
        values.append(draft.read(value))
    return draft.add(Mapping, node, tuple(keys), tuple(values))


def _binary(draft: Draft, node: ast.BinOp) -> Expression:
    # `a + b + ...` leans to the left; a loop reads it without recursion.
    spine: list[ast.BinOp] = []
    left: ast.expr = node
    while isinstance(left, ast.BinOp):
        spine.append(left)
        left = left.left
    if len(spine) > MAX_CHAIN:
        raise TooDeepError(node.lineno)
    result = draft.read(left)
    for outer in reversed(spine):
        right = draft.read(outer.right)
        operators = (OPERATOR_TEXTS[outer.op.__class__],)
        result = draft.add(Operation, outer, operators, (result, right))
    return result


def _boolean(draft: Draft, node: ast.BoolOp) -> Expression:
    operators = (OPERATOR_TEXTS[node.op.__class__],)
    return draft.add(Operation, node, operators, draft.read_all(node.values))


def _unary(draft: Draft, node: ast.UnaryOp) -> Expression:
    operators = (OPERATOR_TEXTS[node.op.__class__],)
    return draft.add(Operation, node, operators, (draft.read(node.operand),))


def _comparison(draft: Draft, node: ast.Compare) -> Expression:
    operands = draft.read_all((node.left, *node.comparators))
    operators = tuple([OPERATOR_TEXTS[operator.__class__] for operator in node.ops])
    return draft.add(Operation, node, operators, operands)


def _conditional(draft: Draft, node: ast.IfExp) -> Expression:
    test = draft.read(node.test)
    then = draft.read(node.body)
    return draft.add(Conditional, node, test, then, draft.read(node.orelse))


def _await(draft: Draft, node: ast.Await) -> Expression:
    draft.awaits += 1
    return draft.add(Await, node, draft.read(node.value))


def _yield(draft: Draft, node: ast.Yield | ast.YieldFrom) -> Expression:
    draft.yields += 1
    delegates = isinstance(node, ast.YieldFrom)
    return draft.add(Yield, node, draft.read_optional(node.value), delegates)


def _walrus(draft: Draft, node: ast.NamedExpr) -> Expression:
    value = draft.read(node.value)
    name = node.target.id
    # In a comprehension the name belongs to the function around it.
    scope = draft.scope
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = draft.scopes[scope.parent]
    draft.bind(name, "walrus", draft.span(node.target), value=value, scope=scope.number)
    return draft.add(Walrus, node, name, value)


def _formatted(draft: Draft, node: ast.JoinedStr) -> Expression:
    return draft.add(FormattedString, node, _fields(draft, node))


def _fields(draft: Draft, node: ast.JoinedStr) -> tuple[Field, ...]:
    parts = node.values
    return tuple([_field(draft, part) for part in parts if isinstance(part, ast.FormattedValue)])


def _field(draft: Draft, node: ast.FormattedValue) -> Field:
    value = draft.read(node.value)
    conversion = chr(node.conversion) if node.conversion > 0 else ""
    if not isinstance(node.format_spec, ast.JoinedStr):
        return Field(value, conversion, "", ())
    parts = node.format_spec.values
    texts = [str(part.value) for part in parts if isinstance(part, ast.Constant)]
    return Field(value, conversion, "".join(texts), _fields(draft, node.format_spec))


READERS: dict[type, ExpressionReader] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Starred: _starred,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    **dict.fromkeys(_DISPLAYS, _display),
    ast.Dict: _dict,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.Compare: _comparison,
    ast.IfExp: _conditional,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.NamedExpr: _walrus,
    ast.JoinedStr: _formatted,
}
