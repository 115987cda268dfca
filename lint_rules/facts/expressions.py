"""Expressions as plain data: what later stages match on instead of syntax-tree nodes.

Every expression of a module stands once in `ModuleFacts.expressions`; `number` is its place there.
Children come before their parents, so a table can be read back, or summed up, in one loop.

These are named tuples, where the other records are frozen dataclasses: a module has ten times more
expressions than anything else, and a frozen dataclass costs 2.4 times as much to make.
Names that are written to are no expressions (see `Binding`); attributes and subscripts that are
written to are (see `Write`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

ConstantValue = str | int | float | bool | None


class Name(NamedTuple):
    """A name that is read."""

    number: int
    name: str


class Attribute(NamedTuple):
    """`value.name`."""

    number: int
    value: Expression
    name: str


class Keyword(NamedTuple):
    """`name=value` in a call or class header; `**value` has no name."""

    name: str | None
    value: Expression


class Call(NamedTuple):
    """A call; `*args` stands among the arguments as `Starred`."""

    number: int
    function: Expression
    arguments: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]

    def keyword(self, name: str) -> Expression | None:
        """Return what is passed by this name."""
        return next((given.value for given in self.keywords if given.name == name), None)


class Constant(NamedTuple):
    """A literal.

    `kind` is str, bytes, int, float, complex, bool, none or ellipsis. `value` is None where the
    value says nothing to later stages: bytes, complex, ellipsis, very long strings and numbers.
    """

    number: int
    kind: str
    value: ConstantValue


class Subscript(NamedTuple):
    """`value[key]`; several keys are a tuple `Display`."""

    number: int
    value: Expression
    key: Expression


class Slice(NamedTuple):
    """`start:stop:step` between brackets."""

    number: int
    start: Expression | None
    stop: Expression | None
    step: Expression | None


class Display(NamedTuple):
    """A list, tuple or set written out; `kind` says which."""

    number: int
    kind: str
    elements: tuple[Expression, ...]


class Mapping(NamedTuple):
    """A dict written out; the key of `**other` is None."""

    number: int
    keys: tuple[Expression | None, ...]
    values: tuple[Expression, ...]


class Clause(NamedTuple):
    """One `for .. in iterable if condition` of a comprehension; its targets are bindings."""

    iterable: Expression
    conditions: tuple[Expression, ...]
    is_async: bool


class Comprehension(NamedTuple):
    """A list, set, dict or generator comprehension; a dict's key is `element`."""

    number: int
    kind: str
    element: Expression
    value: Expression | None
    clauses: tuple[Clause, ...]
    scope: int


class Lambda(NamedTuple):
    """A lambda; `function` is its place in `ModuleFacts.functions`."""

    number: int
    function: int


class Await(NamedTuple):
    """`await value`."""

    number: int
    value: Expression


class Yield(NamedTuple):
    """`yield value`, or `yield from value` when it delegates."""

    number: int
    value: Expression | None
    delegates: bool


class Operation(NamedTuple):
    """Unary, binary, boolean and comparison operators; only a comparison has several operators."""

    number: int
    operators: tuple[str, ...]
    operands: tuple[Expression, ...]


class Conditional(NamedTuple):
    """`then if test else otherwise`."""

    number: int
    test: Expression
    then: Expression
    otherwise: Expression


class Walrus(NamedTuple):
    """`name := value`; the binding is in the table of bindings as well."""

    number: int
    name: str
    value: Expression


class Field(NamedTuple):
    """One `{value!conversion:format}`; `inner` are the fields inside its format."""

    value: Expression
    conversion: str
    format: str
    inner: tuple[Field, ...]


class FormattedString(NamedTuple):
    """An f-string; only its fields are kept."""

    number: int
    fields: tuple[Field, ...]


class Starred(NamedTuple):
    """`*value` in a call, display or subscript."""

    number: int
    value: Expression


class Opaque(NamedTuple):
    """Syntax this version does not know; it has no children."""

    number: int


Expression = (
    Name
    | Attribute
    | Call
    | Constant
    | Subscript
    | Slice
    | Display
    | Mapping
    | Comprehension
    | Lambda
    | Await
    | Yield
    | Operation
    | Conditional
    | Walrus
    | FormattedString
    | Starred
    | Opaque
)


def children(expression: Expression) -> Iterator[Expression]:
    """Yield the expressions directly inside, in no particular order; a lambda's body is none."""
    match expression:
        case Call(_, function, arguments, keywords):
            yield function
            yield from arguments
            for keyword in keywords:
                yield keyword.value
        case Display(_, _, several) | Operation(_, _, several):
            yield from several
        case Mapping(_, keys, values):
            yield from (key for key in keys if key is not None)
            yield from values
        case Comprehension():
            yield from _inside_comprehension(expression)
        case FormattedString(_, fields):
            yield from _inside_fields(fields)
        case Name() | Constant() | Lambda() | Opaque():
            pass
        case _:
            # The rest hold their children as plain fields; the ones left out are None.
            for part in expression[1:]:
                if part is not None and not isinstance(part, str | bool):
                    yield part


def parts(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all in it; sums may be a thousand deep, so without recursion."""
    waiting = [expression]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += children(found)


def _inside_comprehension(comprehension: Comprehension) -> Iterator[Expression]:
    yield comprehension.element
    if comprehension.value is not None:
        yield comprehension.value
    for clause in comprehension.clauses:
        yield clause.iterable
        yield from clause.conditions


def _inside_fields(fields: tuple[Field, ...]) -> Iterator[Expression]:
    for field in fields:
        yield field.value
        yield from _inside_fields(field.inner)
