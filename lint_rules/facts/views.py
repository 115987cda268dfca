"""Questions about one module that its tables answer with a loop: calls, references, parents.

Computed when first asked, so a module without findings pays for none of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Comprehension,
    Expression,
    Name,
    Starred,
    Subscript,
    Yield,
    children,
)
from lint_rules.facts.groups import Groups, grouped
from lint_rules.facts.records import Binding, Block, Function, Leave, Scope, Write

Kind = TypeVar("Kind", bound=Expression)

_CHANGES = frozenset(
    ["append", "clear", "extend", "insert", "pop", "popitem", "remove", "setdefault", "update"]
)
"""Methods that change a list or dict."""

Context = Binding | Write | Block | Leave | Function
"""The record that takes the value of an expression which is inside no other expression."""


@dataclass(frozen=True, slots=True)
class CallSite:
    """A call and what becomes of its result."""

    call: Call
    block: Block
    awaited: bool
    discarded: bool


@dataclass(frozen=True, slots=True)
class Iteration:
    """Something is consumed in order; `by` is the loop, clause, star or `yield from`."""

    iterable: Expression
    block: Block
    by: Literal["for", "comprehension", "star", "yield from"]
    is_async: bool


class View(Groups):
    """One module's facts, indexed on demand."""

    @cached_property
    def parents(self) -> dict[int, Expression]:
        """The expression around each expression, by number."""
        return {
            child.number: expression
            for expression in self.facts.expressions
            for child in children(expression)
        }

    @cached_property
    def contexts(self) -> dict[int, list[Context]]:
        """The records that use each outermost expression, by number; none means discarded."""
        facts = self.facts
        found: dict[int, list[Context]] = defaultdict(list)
        valued: list[Binding | Write | Leave] = [*facts.bindings, *facts.writes, *facts.leaves]
        for record in valued:
            if record.value is not None:
                found[record.value.number].append(record)
        for block in facts.blocks:
            if block.head is not None:
                found[block.head.number].append(block)
        for function in facts.functions:
            if function.body is not None:
                found[function.body.number].append(function)
        return dict(found)

    @cached_property
    def calls(self) -> tuple[CallSite, ...]:
        """Every call."""
        facts = self.facts
        awaited = {e.value.number for e in facts.expressions if isinstance(e, Await)}
        return tuple(
            CallSite(
                expression,
                facts.block_of(expression),
                expression.number in awaited,
                expression.number in facts.discarded
                or self._discarded_await(expression.number, awaited),
            )
            for expression in facts.expressions
            if isinstance(expression, Call)
        )

    def _discarded_await(self, number: int, awaited: set[int]) -> bool:
        # The await of a call is the next expression after it.
        return number in awaited and number + 1 in self.facts.discarded

    @cached_property
    def references(self) -> tuple[Name | Attribute, ...]:
        """Names and dotted names that are used as values: not called, not part of a longer one."""
        taken = {write.target.number for write in self.facts.writes}
        for expression in self.facts.expressions:
            if isinstance(expression, Call):
                taken.add(expression.function.number)
            elif isinstance(expression, Attribute):
                taken.add(expression.value.number)
        return tuple(
            expression
            for expression in self.facts.expressions
            if isinstance(expression, Name | Attribute) and expression.number not in taken
        )

    @cached_property
    def _targets(self) -> frozenset[int]:
        return frozenset(write.target.number for write in self.facts.writes)

    @cached_property
    def changed_names(self) -> frozenset[str]:
        """The names of containers that code puts something into or takes something out of."""
        found: set[str] = set()
        for write in self.facts.writes:
            if isinstance(write.target, Subscript) and isinstance(write.target.value, Name):
                found.add(write.target.value.name)
        for expression in self.facts.expressions:
            match expression:
                case Call(_, Attribute(_, Name(_, name), method)) if method in _CHANGES:
                    found.add(name)
                case _:
                    pass
        found.update(b.name for b in self.facts.bindings if b.kind == "augment")
        return frozenset(found)

    def is_target(self, expression: Expression) -> bool:
        """Tell whether an attribute or subscript is written to, or deleted."""
        return expression.number in self._targets

    @cached_property
    def iterations(self) -> tuple[Iteration, ...]:
        """Every place that consumes an iterable in its order."""
        return tuple(self._iterations())

    def _iterations(self) -> Iterator[Iteration]:
        facts = self.facts
        for block in facts.blocks:
            if block.kind == "for" and block.head is not None:
                yield Iteration(block.head, facts.block_of(block.head), "for", block.is_async)
        for expression in facts.expressions:
            here = facts.block_of(expression)
            match expression:
                case Comprehension(clauses=clauses):
                    for clause in clauses:
                        block = facts.block_of(clause.iterable)
                        yield Iteration(clause.iterable, block, "comprehension", clause.is_async)
                case Starred(_, value):
                    yield Iteration(value, here, "star", False)
                case Yield(_, value, True) if value is not None:
                    yield Iteration(value, here, "yield from", False)

    @cached_property
    def by_scope(self) -> dict[int, list[Expression]]:
        """The expressions evaluated directly in each scope, in the order of the table."""
        found: dict[int, list[Expression]] = defaultdict(list)
        for expression in self.facts.expressions:
            if expression.number not in self.annotations:
                found[self.facts.scope_of(expression).number].append(expression)
        return dict(found)

    @cached_property
    def by_kind(self) -> dict[tuple[int, type], list[Expression]]:
        """The expressions of each scope by their kind: `by_kind[scope, Call]`."""
        found: dict[tuple[int, type], list[Expression]] = defaultdict(list)
        for scope, several in self.by_scope.items():
            for expression in several:
                found[scope, expression.__class__].append(expression)
        return dict(found)

    @cached_property
    def _by_class(self) -> dict[type, list[Expression]]:
        found: dict[type, list[Expression]] = defaultdict(list)
        for expression in self.facts.expressions:
            found[expression.__class__].append(expression)
        return dict(found)

    def every(self, kind: type[Kind]) -> list[Kind]:
        """Return all expressions of one kind, in the order of the table."""
        return self._by_class.get(kind, [])  # type: ignore[return-value]

    def of_kind(self, scopes: Iterable[int], kind: type[Kind]) -> Iterator[Kind]:
        """Yield the expressions of one kind in some scopes."""
        for scope in scopes:
            yield from self.by_kind.get((scope, kind), ())  # type: ignore[misc]

    @cached_property
    def iterations_by_scope(self) -> dict[int, list[Iteration]]:
        """The iterations in each scope."""
        return grouped(self.iterations, lambda iteration: iteration.block.scope)

    @cached_property
    def annotations(self) -> frozenset[int]:
        """The numbers of what stands in annotations, which running the code does not evaluate."""
        facts = self.facts
        waiting: list[Expression | None] = [b.annotation for b in facts.bindings]
        waiting += [write.annotation for write in facts.writes]
        for function in facts.functions:
            waiting.append(function.returns)
            waiting += [parameter.annotation for parameter in function.parameters]
        found: set[int] = set()
        while waiting:
            expression = waiting.pop()
            if expression is not None and expression.number not in found:
                found.add(expression.number)
                waiting += children(expression)
        return frozenset(found)

    def enclosing_blocks(self, block: Block) -> Iterator[Block]:
        """Yield a block and those around it, up to the body of its scope."""
        yield block
        while block.kind != "body" and block.parent is not None:
            block = self.facts.blocks[block.parent]
            yield block

    def function_of(self, scope: Scope) -> Function | None:
        """Return the function whose call runs the code of a scope; None for import time."""
        current: Scope | None = scope
        while current is not None:
            if current.kind in ("function", "lambda") and current.owner is not None:
                return self.facts.functions[current.owner]
            current = None if current.parent is None else self.facts.scopes[current.parent]
        return None

    def runs_at_import(self, expression: Expression) -> bool:
        """Tell whether importing the module evaluates an expression.

        Defaults and decorators of functions count: they belong to the scope around.
        """
        return self.function_of(self.facts.scope_of(expression)) is None
