"""What a module says besides expressions: scopes, blocks, bindings, definitions, imports, exits.

Records point at each other by their place in the tables of `ModuleFacts`, so all of it can be
written as JSON and compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from lint_rules.facts.expressions import Expression, Keyword

ScopeKind = Literal["module", "class", "function", "lambda", "comprehension"]
BlockKind = Literal[
    "body", "if", "else", "for", "while", "with", "try", "except", "finally", "match", "case"
]
BindingKind = Literal[
    "assign",  # `name = value`, or a part of it by `path`
    "declare",  # `name: annotation` alone
    "augment",  # `name += value`; `operator` says how
    "walrus",
    "for",  # `value` is the iterable, here and in comprehensions
    "with",  # `value` is the context manager
    "except",  # `value` is the expression of the caught types
    "match",  # `value` is the subject, or None for the rest of a mapping
    "delete",
    "import",  # `definition` is a place in `imports`
    "function",  # `definition` is a place in `functions`
    "class",  # `definition` is a place in `classes`
    "parameter",  # `value` is the default
    "type",  # a type alias or type parameter
]
WriteKind = Literal["assign", "declare", "augment", "for", "with", "delete"]
LeaveKind = Literal["return", "raise", "break", "continue", "assert"]
ParameterKind = Literal["positional", "plain", "variadic", "keyword", "keywords"]

STAR = -1
"""The part of an unpacked value that `*name` takes, in a binding's path."""


class Span(NamedTuple):
    """A range of source: lines and columns from 1, columns in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Scope:
    """A namespace; number 0 is the module. `owner` is the function or class it belongs to."""

    number: int
    kind: ScopeKind
    qualname: str
    parent: int | None
    owner: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """Statements under one head; every expression, binding and exit knows the block it is in.

    `head` is what decides or feeds the block: a test, an iterable, a context manager, the caught
    types, a subject, the guard of a case. `partner` links else, except, finally and case to the
    block they follow. The head of a block is evaluated in its parent.
    """

    number: int
    parent: int | None
    scope: int
    kind: BlockKind
    head: Expression | None
    partner: int | None
    is_async: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Binding:
    """A name gets a meaning in a scope."""

    name: str
    scope: int
    block: int
    kind: BindingKind
    value: Expression | None
    path: tuple[int, ...]
    annotation: Expression | None
    operator: str | None
    definition: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Write:
    """An attribute or subscript is written to; `target` is an expression of its own."""

    target: Expression
    block: int
    kind: WriteKind
    value: Expression | None
    path: tuple[int, ...]
    annotation: Expression | None
    operator: str | None


@dataclass(frozen=True, slots=True)
class Declaration:
    """`global` or `nonlocal` names of a scope."""

    kind: Literal["global", "nonlocal"]
    names: tuple[str, ...]
    scope: int


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: `import module [as alias]`, `from ..module import name [as alias]`.

    `module` is empty for `from . import x`; `name` is None for a plain import and `*` for a star.
    `bound` is the name it gives, None for a star.
    """

    module: str
    level: int
    name: str | None
    bound: str | None
    scope: int
    block: int
    conditional: bool
    typing_only: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; the tables of expressions hold its annotation and default."""

    name: str
    kind: ParameterKind
    annotation: Expression | None
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Function:
    """A function, method or lambda. `body` is what a lambda returns; `span` covers the name."""

    number: int
    name: str
    qualname: str
    scope: int
    block: int
    decorators: tuple[Expression, ...]
    parameters: tuple[Parameter, ...]
    returns: Expression | None
    is_async: bool
    is_generator: bool
    owner_class: int | None
    body: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class Class:
    """A class; `span` covers the name."""

    number: int
    name: str
    qualname: str
    scope: int
    block: int
    decorators: tuple[Expression, ...]
    bases: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Leave:
    """A statement that leaves: return, raise, break, continue, or assert with its test."""

    kind: LeaveKind
    value: Expression | None
    cause: Expression | None
    block: int
    span: Span


@dataclass(frozen=True, slots=True)
class Handler:
    """An except clause; no types means a bare one. `reraises` if any path raises it again."""

    block: int
    types: tuple[Expression, ...]
    name: str | None
    is_star: bool
    reraises: bool


@dataclass(frozen=True, slots=True)
class Try:
    """A try statement; `overrides` are the exits of `finally` that drop an exception (B.10)."""

    block: int
    handlers: tuple[Handler, ...]
    otherwise: int | None
    final: int | None
    awaits: bool
    overrides: tuple[int, ...]
