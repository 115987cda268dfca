"""The facts of a module while they are being collected.

The readers of expressions and statements write into it. They find each other through its two
dispatch tables, so a reader of lambdas needs no import of the reader of names.
"""

from __future__ import annotations

import ast
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

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

ExpressionReader = Callable[["Draft", Any, Any], Expression]
StatementReader = Callable[["Draft", Any, Any], None]


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

    def read(self, node: Any, twin: Any) -> Expression:
        """Read an expression of libcst with its twin of `ast`."""
        reader = self.expression_readers.get(node.__class__)
        if reader is None:
            return self.add(Opaque, twin)
        return reader(self, node, twin)

    def read_optional(self, node: Any, twin: Any) -> Expression | None:
        """Read an expression that may be missing."""
        return None if node is None or twin is None else self.read(node, twin)

    def read_body(self, body: cst.BaseSuite | cst.Module, twins: Sequence[ast.stmt]) -> None:
        """Read the statements of a block."""
        readers = self.statement_readers
        rest = iter(twins)
        small: tuple[Any, ...] = (body,) if isinstance(body, cst.SimpleStatementSuite) else ()
        for line in small or body.body:
            if isinstance(line, cst.SimpleStatementLine | cst.SimpleStatementSuite):
                for statement in line.body:
                    readers[statement.__class__](self, statement, next(rest))
            else:
                readers[line.__class__](self, line, next(rest))

    def add(self, kind: Callable[..., Expression], twin: Any, *content: Any) -> Expression:
        """Add an expression whose children are added already."""
        self.spans.extend((twin.lineno, twin.col_offset, twin.end_lineno, twin.end_col_offset))
        self.blocks_of.append(self.block)
        expression = kind(len(self.expressions), *content)
        self.expressions.append(expression)
        return expression

    def span(self, twin: Any) -> Span:
        """Return where a node of `ast` stands."""
        character = self.columns.character
        return Span(
            twin.lineno,
            character(twin.lineno, twin.col_offset) + 1,
            twin.end_lineno,
            character(twin.end_lineno, twin.end_col_offset) + 1,
        )

    def word(self, twin: Any, before: int, word: str) -> Span:
        """Return where a word stands that begins some characters after a node's start."""
        column = self.columns.character(twin.lineno, twin.col_offset) + 1 + before
        return Span(twin.lineno, column, twin.lineno, column + len(word))

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
