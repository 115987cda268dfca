"""The facts of a module while they are being collected.

The readers of expressions and statements write into it. They find each other through its two
dispatch tables, so a reader of lambdas needs no import of the reader of names.
"""

from __future__ import annotations

import ast
import re
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lint_rules.facts.columns import Columns
from lint_rules.facts.expressions import Expression, Opaque
from lint_rules.facts.records import (
    Binding,
    BindingKind,
    Block,
    BlockKind,
    Class,
    Declaration,
    Function,
    Import,
    Leave,
    Scope,
    ScopeKind,
    Span,
    Try,
    Write,
)

ExpressionReader = Callable[["Draft", Any], Expression]
StatementReader = Callable[["Draft", Any], None]

_OPENING = re.compile(r"((?:async[\s\\]+)?(?:def|class|for|with))[\s\\]*([^\s\\(:\[]*)")
"""The words a statement opens with, and what comes after them: the name of a definition."""

# The constructor that a named tuple writes for itself is a function in Python around this one.
_new_tuple: Callable[..., Any] = tuple.__new__


@dataclass(slots=True)
class Draft:
    """Tables that grow, the block the walk is in, and how many awaits and yields it has met."""

    columns: Columns
    expression_readers: Mapping[type, ExpressionReader]
    statement_readers: Mapping[type, StatementReader]
    expressions: list[Expression] = field(default_factory=list)
    spans: array[int] = field(default_factory=lambda: array("l"))
    blocks_of: array[int] = field(default_factory=lambda: array("l"))
    scopes: list[Scope] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    functions: list[Function | None] = field(default_factory=list)
    classes: list[Class | None] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    tries: list[Try | None] = field(default_factory=list)
    discarded: set[int] = field(default_factory=set)
    block: int = -1
    awaits: int = 0
    yields: int = 0

    @property
    def scope(self) -> Scope:
        """The scope the walk is in."""
        return self.scopes[self.blocks[self.block].scope]

    def read(self, node: ast.expr) -> Expression:
        """Read an expression."""
        return self.expression_readers.get(node.__class__, _unknown)(self, node)

    def read_optional(self, node: ast.expr | None) -> Expression | None:
        """Read an expression that may be missing."""
        return None if node is None else self.read(node)

    def read_all(self, nodes: Iterable[ast.expr]) -> tuple[Expression, ...]:
        """Read several expressions."""
        return tuple(map(self.read, nodes))

    def read_body(self, body: list[ast.stmt]) -> None:
        """Read the statements of a block."""
        readers = self.statement_readers
        for statement in body:
            readers[statement.__class__](self, statement)

    def add(self, kind: Callable[..., Expression], node: Any, *content: Any) -> Expression:
        """Add an expression whose children are added already."""
        expressions = self.expressions
        self.spans.extend((node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))
        self.blocks_of.append(self.block)
        expression: Expression = _new_tuple(kind, (len(expressions), *content))
        expressions.append(expression)
        return expression

    def span(self, node: Any) -> Span:
        """Return where a node stands."""
        character = self.columns.character
        return Span(
            node.lineno,
            character(node.lineno, node.col_offset) + 1,
            node.end_lineno,
            character(node.end_lineno, node.end_col_offset) + 1,
        )

    def word(self, node: Any, length: int) -> Span:
        """Return where the word stands that a node begins with."""
        return self._part(node, 0, length)

    def opening(self, node: Any) -> Span:
        """Return where `for`, `with` or `async for` stands that a node begins with."""
        return self._part(node, 0, len(self._opening(node)[1]))

    def name(self, node: Any) -> Span:
        """Return where the name stands that a function or class is defined by."""
        found = self._opening(node)
        return self._part(node, found.start(2) - found.start(), len(found[2]))

    def _opening(self, node: Any) -> re.Match[str]:
        character = self.columns.character(node.lineno, node.col_offset)
        found = self.columns.match(_OPENING, node.lineno, character)
        if found is None:
            raise ValueError(f"line {node.lineno} opens no {node.__class__.__name__}")
        return found

    def _part(self, node: Any, before: int, length: int) -> Span:
        column = self.columns.character(node.lineno, node.col_offset) + 1 + before
        return Span(node.lineno, column, node.lineno, column + length)

    def open_scope(self, kind: ScopeKind, name: str, owner: int | None, span: Span) -> int:
        """Begin a scope and its body; the caller restores `block` afterwards."""
        parent = None if self.block < 0 else self.scope
        parent_name = parent.qualname if parent else ""
        qualname = f"{parent_name}.{name}" if parent_name and name else name or parent_name
        number = len(self.scopes)
        self.scopes.append(Scope(number, kind, qualname, parent.number if parent else None, owner))
        self.open_block("body", None, span, scope=number)
        return number

    def open_block(
        self,
        kind: BlockKind,
        head: Expression | None,
        span: Span,
        *,
        partner: int | None = None,
        is_async: bool = False,
        scope: int | None = None,
    ) -> int:
        """Begin a block inside the current one and make it the current one."""
        parent = None if self.block < 0 else self.block
        inside = self.blocks[self.block].scope if scope is None else scope
        number = len(self.blocks)
        self.blocks.append(Block(number, parent, inside, kind, head, partner, is_async, span))
        self.block = number
        return number

    def bind(
        self,
        name: str,
        kind: BindingKind,
        span: Span,
        *,
        value: Expression | None = None,
        path: tuple[int, ...] = (),
        annotation: Expression | None = None,
        operator: str | None = None,
        definition: int | None = None,
        scope: int | None = None,
    ) -> None:
        """Add a binding to the current scope, or to the one given."""
        into = self.blocks[self.block].scope if scope is None else scope
        self.bindings.append(
            Binding(
                name,
                into,
                self.block,
                kind,
                value,
                path,
                annotation,
                operator,
                definition,
                span,
            )
        )


def _unknown(draft: Draft, node: ast.expr) -> Expression:
    return draft.add(Opaque, node)
