"""Methods that Python calls by itself: for a loop, a with, an operator, a format."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Comprehension,
    Conditional,
    Display,
    Expression,
    FormattedString,
    Operation,
    Subscript,
)
from lint_rules.facts.records import Block, Write

Implicit = tuple[Expression, tuple[str, ...]]
"""An operand, and the methods that may be called on it."""

_BINARY = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "truediv",
    "//": "floordiv",
    "%": "mod",
    "**": "pow",
    "<<": "lshift",
    ">>": "rshift",
    "|": "or",
    "&": "and",
    "^": "xor",
    "@": "matmul",
}
_UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}
_COMPARISONS = {
    "==": ("__eq__",),
    "!=": ("__ne__", "__eq__"),
    "<": ("__lt__", "__gt__"),
    ">": ("__gt__", "__lt__"),
    "<=": ("__le__", "__ge__"),
    ">=": ("__ge__", "__le__"),
}
_TRUTH = ("__bool__", "__len__")
_TEXT = ("__format__", "__str__", "__repr__")
_LOOP = ("__iter__", "__next__", "__getitem__")
_ASYNC_LOOP = ("__aiter__", "__anext__")
_BUILTINS = {
    "str": ("__str__", "__repr__"),
    "repr": ("__repr__",),
    "format": _TEXT,
    "print": ("__str__", "__repr__"),
    "bool": _TRUTH,
    "len": ("__len__",),
    "hash": ("__hash__",),
    "int": ("__int__", "__index__"),
    "float": ("__float__",),
    "bytes": ("__bytes__",),
    "abs": ("__abs__",),
    "round": ("__round__",),
    "reversed": ("__reversed__",),
    "next": ("__next__",),
    **dict.fromkeys(
        ["iter", "list", "tuple", "set", "frozenset", "sorted", "sum", "min", "max", "any", "all"],
        _LOOP,
    ),
}


ASKING: tuple[type[Expression], ...] = (
    FormattedString,
    Subscript,
    Await,
    Conditional,
    Comprehension,
    Operation,
)
"""The kinds of expressions that call methods of their operands."""


def of_expression(expression: Expression) -> Iterator[Implicit]:
    """Yield what evaluating an expression calls on its direct operands."""
    match expression:
        case FormattedString(_, fields):
            for field in fields:
                yield field.value, _TEXT
        case Subscript(_, value, _):
            yield value, ("__getitem__", "__missing__", "__class_getitem__")
        case Await(_, value):
            yield value, ("__await__",)
        case Conditional(_, test, _, _):
            yield test, _TRUTH
        case Comprehension(_, _, _, _, clauses):
            for clause in clauses:
                for condition in clause.conditions:
                    yield condition, _TRUTH
        case Operation(_, (operator,), (operand,)):
            yield operand, _TRUTH if operator == "not" else (_UNARY[operator],)
        case Operation(_, ("and" | "or",), operands):
            for operand in operands:
                yield operand, _TRUTH
        case Operation(_, (operator,), (left, right)) if operator in _BINARY:
            yield left, (f"__{_BINARY[operator]}__",)
            yield right, (f"__r{_BINARY[operator]}__",)
        case Operation(_, operators, operands):
            yield from _of_comparison(operators, operands)


def _of_comparison(
    operators: tuple[str, ...], operands: tuple[Expression, ...]
) -> Iterator[Implicit]:
    for operator, left, right in zip(operators, operands, operands[1:], strict=False):
        if operator in ("in", "not in"):
            yield right, ("__contains__", *_LOOP)
        elif operator in _COMPARISONS:
            yield left, _COMPARISONS[operator]
            yield right, _COMPARISONS[operator]


def of_builtin(name: str, call: Call) -> Iterator[Implicit]:
    """Yield what a builtin function calls on its arguments."""
    for argument in call.arguments:
        yield argument, _BUILTINS.get(name, ())
        if name in ("sorted", "min", "max") and isinstance(argument, Display):
            for element in argument.elements:
                yield element, ("__lt__", "__gt__")


def of_block(block: Block) -> Iterator[Implicit]:
    """Yield what entering and leaving a block calls on its head."""
    if block.head is None:
        return
    if block.kind == "with":
        names = ("__aenter__", "__aexit__") if block.is_async else ("__enter__", "__exit__")
        yield block.head, names
    elif block.kind == "for":
        yield block.head, _ASYNC_LOOP if block.is_async else _LOOP
    elif block.kind in ("if", "while"):
        yield block.head, _TRUTH


def of_write(write: Write) -> Iterator[Implicit]:
    """Yield what writing to a subscript or an attribute calls."""
    if isinstance(write.target, Subscript):
        name = "__delitem__" if write.kind == "delete" else "__setitem__"
        yield write.target.value, (name,)
    elif isinstance(write.target, Attribute):
        name = "__delattr__" if write.kind == "delete" else "__setattr__"
        yield write.target.value, (name,)
    if write.operator is not None:
        yield write.target, in_place(write.operator)


def in_place(operator: str) -> tuple[str, ...]:
    """Return what `+=` and its likes call on the object on their left."""
    name = _BINARY.get(operator)
    return () if name is None else (f"__i{name}__", f"__{name}__")


def of_iteration(iterable: Expression, *, is_async: bool) -> Implicit:
    """Return what consuming an iterable calls."""
    return iterable, _ASYNC_LOOP if is_async else _LOOP
