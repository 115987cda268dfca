"""The facts of one module: tables that rules loop over.

They depend on the text alone, not on where it lies, so they can be cached by its hash.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from lint_rules.facts.expressions import Expression
from lint_rules.facts.records import (
    Binding,
    Block,
    Class,
    Declaration,
    Function,
    Import,
    Leave,
    Scope,
    Span,
    Try,
    Write,
)


@dataclass(frozen=True, slots=True)
class ParseProblem:
    """Why a module has no facts; line and column count from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """Everything later stages know about a module.

    `spans` and `blocks_of` run beside `expressions`: four numbers and one number for each.
    `discarded` are the numbers of expressions whose value nobody uses. `exports` is `__all__`,
    None without one; `exports_are_partial` when parts of it are not written out.
    """

    expressions: tuple[Expression, ...]
    spans: array[int]
    blocks_of: array[int]
    scopes: tuple[Scope, ...]
    blocks: tuple[Block, ...]
    bindings: tuple[Binding, ...]
    writes: tuple[Write, ...]
    declarations: tuple[Declaration, ...]
    imports: tuple[Import, ...]
    functions: tuple[Function, ...]
    classes: tuple[Class, ...]
    leaves: tuple[Leave, ...]
    tries: tuple[Try, ...]
    discarded: frozenset[int]
    exports: tuple[str, ...] | None
    exports_are_partial: bool

    def span(self, expression: Expression) -> Span:
        """Return where an expression stands."""
        first = expression.number * 4
        line, column, end_line, end_column = self.spans[first : first + 4]
        return Span(line, column + 1, end_line, end_column + 1)

    def block_of(self, expression: Expression) -> Block:
        """Return the block an expression is evaluated in."""
        return self.blocks[self.blocks_of[expression.number]]

    def scope_of(self, expression: Expression) -> Scope:
        """Return the scope an expression is evaluated in."""
        return self.scopes[self.block_of(expression).scope]
