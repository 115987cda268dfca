"""Readers of the expressions that open no scope of their own."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from typing import Any

import libcst as cst

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
from lint_rules.facts.operators import operator_text

MAX_CONSTANT = 1000
"""Longer strings and larger numbers name nothing; their value is not kept."""

_KINDS = {
    str: "str",
    bytes: "bytes",
    int: "int",
    float: "float",
    complex: "complex",
    bool: "bool",
    type(None): "none",
    type(...): "ellipsis",
}


def _name(draft: Draft, node: cst.Name, twin: Any) -> Expression:
    # True, False and None are names to libcst.
    if twin.__class__ is ast.Constant:
        return _constant(draft, node, twin)
    return draft.add(Name, twin, node.value)


def _constant(draft: Draft, _node: object, twin: ast.Constant) -> Expression:
    value = twin.value
    return draft.add(Constant, twin, _KINDS.get(type(value), "ellipsis"), _kept(value))


def _kept(value: object) -> ConstantValue:
    match value:
        case None | bool():
            return value
        case str():
            return value if len(value) <= MAX_CONSTANT and _is_text(value) else None
        case int():
            return value if value.bit_length() <= MAX_CONSTANT else None
        case float():
            return value if math.isfinite(value) else None
        case _:
            return None


def _is_text(value: str) -> bool:
    # Surrogates are no text: JSON would join two of them into one character.
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


def _attribute(draft: Draft, node: cst.Attribute, twin: ast.Attribute) -> Expression:
    value = draft.read(node.value, twin.value)
    return draft.add(Attribute, twin, value, node.attr.value)


def _call(draft: Draft, node: cst.Call, twin: ast.Call) -> Expression:
    function = draft.read(node.func, twin.func)
    arguments, keywords = read_arguments(draft, node.args, twin.args, twin.keywords)
    return draft.add(Call, twin, function, arguments, keywords)


def read_arguments(
    draft: Draft, given: Any, positional: list[ast.expr], named: list[ast.keyword]
) -> tuple[tuple[Expression, ...], tuple[Keyword, ...]]:
    """Read what stands between the parentheses of a call or class header."""
    if not given:
        return (), ()
    next_positional, next_named = iter(positional), iter(named)
    arguments: list[Expression] = []
    keywords: list[Keyword] = []
    for argument in given:
        if argument.star == "**" or argument.keyword is not None:
            value = draft.read(argument.value, next(next_named).value)
            name = argument.keyword.value if argument.keyword is not None else None
            keywords.append(Keyword(name, value))
        else:
            arguments.append(read_element(draft, argument, next(next_positional)))
    return tuple(arguments), tuple(keywords)


def read_element(draft: Draft, node: Any, twin: Any) -> Expression:
    """Read an argument or element, which may be starred."""
    if isinstance(twin, ast.Starred):
        return draft.add(Starred, twin, draft.read(node.value, twin.value))
    return draft.read(node.value, twin)


def _subscript(draft: Draft, node: cst.Subscript, twin: ast.Subscript) -> Expression:
    value = draft.read(node.value, twin.value)
    elements = node.slice
    alone = len(elements) == 1 and not isinstance(elements[0].comma, cst.Comma)
    if alone and not getattr(elements[0].slice, "star", None):
        index = _index(draft, elements[0].slice, twin.slice)
    else:
        pairs = zip(elements, getattr(twin.slice, "elts", ()), strict=True)
        indexes = tuple(_index(draft, element.slice, inner) for element, inner in pairs)
        index = draft.add(Display, twin.slice, "tuple", indexes)
    return draft.add(Subscript, twin, value, index)


def _index(draft: Draft, node: cst.BaseSlice, twin: Any) -> Expression:
    if isinstance(node, cst.Index):
        return read_element(draft, node, twin)
    if not isinstance(node, cst.Slice):
        raise TypeError(node)
    start = draft.read_optional(node.lower, twin.lower)
    stop = draft.read_optional(node.upper, twin.upper)
    step = draft.read_optional(node.step, twin.step)
    return draft.add(Slice, twin, start, stop, step)


def _display(draft: Draft, node: Any, twin: Any) -> Expression:
    pairs = zip(node.elements, twin.elts, strict=True)
    elements = tuple(read_element(draft, element, inner) for element, inner in pairs)
    return draft.add(Display, twin, twin.__class__.__name__.lower(), elements)


def _dict(draft: Draft, node: cst.Dict, twin: ast.Dict) -> Expression:
    keys: list[Expression | None] = []
    values: list[Expression] = []
    for element, key, value in zip(node.elements, twin.keys, twin.values, strict=True):
        keys.append(draft.read_optional(getattr(element, "key", None), key))
        values.append(draft.read(element.value, value))
    return draft.add(Mapping, twin, tuple(keys), tuple(values))


def _binary(draft: Draft, node: cst.BinaryOperation, twin: ast.BinOp) -> Expression:
    # `a + b + ...` leans to the left; a loop reads it without recursion.
    spine: list[tuple[Any, Any]] = []
    left: Any = node
    left_twin: Any = twin
    while left.__class__ is cst.BinaryOperation:
        spine.append((left, left_twin))
        left, left_twin = left.left, left_twin.left
    result = draft.read(left, left_twin)
    for outer, outer_twin in reversed(spine):
        right = draft.read(outer.right, outer_twin.right)
        operators = (operator_text(outer.operator),)
        result = draft.add(Operation, outer_twin, operators, (result, right))
    return result


def _boolean(draft: Draft, node: cst.BooleanOperation, twin: ast.BoolOp) -> Expression:
    # `a and b and c` is one flat operation to `ast`, nested pairs to libcst.
    wanted = len(twin.values)
    kind = node.operator.__class__
    operands: list[Any] = []
    rest: list[Any] = [node]
    while rest:
        item = rest.pop()
        same = isinstance(item, cst.BooleanOperation) and item.operator.__class__ is kind
        if same and (item is node or not item.lpar):
            rest += [item.right, item.left]
        else:
            operands.append(item)
    if len(operands) != wanted:
        raise ValueError(f"{len(operands)} operands for {wanted}")
    values = tuple(map(draft.read, operands, twin.values))
    return draft.add(Operation, twin, (operator_text(node.operator),), values)


def _unary(draft: Draft, node: cst.UnaryOperation, twin: ast.UnaryOp) -> Expression:
    operand = draft.read(node.expression, twin.operand)
    return draft.add(Operation, twin, (operator_text(node.operator),), (operand,))


def _comparison(draft: Draft, node: cst.Comparison, twin: ast.Compare) -> Expression:
    operands = [draft.read(node.left, twin.left)]
    operators = []
    for target, inner in zip(node.comparisons, twin.comparators, strict=True):
        operators.append(operator_text(target.operator))
        operands.append(draft.read(target.comparator, inner))
    return draft.add(Operation, twin, tuple(operators), tuple(operands))


def _conditional(draft: Draft, node: cst.IfExp, twin: ast.IfExp) -> Expression:
    test = draft.read(node.test, twin.test)
    then = draft.read(node.body, twin.body)
    otherwise = draft.read(node.orelse, twin.orelse)
    return draft.add(Conditional, twin, test, then, otherwise)


def _await(draft: Draft, node: cst.Await, twin: ast.Await) -> Expression:
    draft.awaits += 1
    return draft.add(Await, twin, draft.read(node.expression, twin.value))


def _yield(draft: Draft, node: cst.Yield, twin: ast.Yield | ast.YieldFrom) -> Expression:
    draft.yields += 1
    delegates = isinstance(node.value, cst.From)
    inner = node.value.item if isinstance(node.value, cst.From) else node.value
    return draft.add(Yield, twin, draft.read_optional(inner, twin.value), delegates)


def _walrus(draft: Draft, node: cst.NamedExpr, twin: ast.NamedExpr) -> Expression:
    value = draft.read(node.value, twin.value)
    name = twin.target.id
    # In a comprehension the name belongs to the function around it.
    scope = draft.scope
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = draft.scopes[scope.parent]
    draft.bind(name, "walrus", draft.span(twin.target), value=value, scope=scope.number)
    return draft.add(Walrus, twin, name, value)


def _formatted(draft: Draft, node: Any, twin: Any) -> Expression:
    if twin.__class__ is ast.Constant:
        return _constant(draft, node, twin)
    fields = _fields(draft, _string_parts(node), twin)
    return draft.add(FormattedString, twin, fields)


def _string_parts(node: Any) -> Iterator[Any]:
    while isinstance(node, cst.ConcatenatedString):
        if isinstance(node.left, cst.FormattedString):
            yield from node.left.parts
        node = node.right
    if isinstance(node, cst.FormattedString):
        yield from node.parts


def _fields(draft: Draft, parts: Iterator[Any], twin: ast.JoinedStr) -> tuple[Field, ...]:
    twins = iter(value for value in twin.values if isinstance(value, ast.FormattedValue))
    return tuple(
        _field(draft, part, next(twins))
        for part in parts
        if isinstance(part, cst.FormattedStringExpression)
    )


def _field(draft: Draft, node: cst.FormattedStringExpression, twin: ast.FormattedValue) -> Field:
    value = draft.read(node.expression, twin.value)
    conversion = chr(twin.conversion) if twin.conversion > 0 else ""
    if not node.format_spec or not isinstance(twin.format_spec, ast.JoinedStr):
        return Field(value, conversion, "", ())
    texts = [p.value for p in node.format_spec if isinstance(p, cst.FormattedStringText)]
    inner = _fields(draft, iter(node.format_spec), twin.format_spec)
    return Field(value, conversion, "".join(texts), inner)


READERS: dict[type, ExpressionReader] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Integer: _constant,
    cst.Float: _constant,
    cst.Imaginary: _constant,
    cst.SimpleString: _constant,
    cst.Ellipsis: _constant,
    cst.ConcatenatedString: _formatted,
    cst.FormattedString: _formatted,
    cst.Subscript: _subscript,
    cst.Tuple: _display,
    cst.List: _display,
    cst.Set: _display,
    cst.Dict: _dict,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.NamedExpr: _walrus,
}
