"""The tables of one module, grouped: by block, by scope, by class.

Each grouping is made when it is first asked for, so that no loop over a function goes through the
tables of its whole module.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from lint_rules.facts.expressions import Attribute, Expression
from lint_rules.facts.module import ModuleFacts
from lint_rules.facts.records import Binding, Block, Function, Leave, Try, Write

Record = TypeVar("Record")


class Groups:
    """The groupings of one module's tables."""

    def __init__(self, facts: ModuleFacts) -> None:
        self.facts = facts

    @cached_property
    def blocks_by_scope(self) -> dict[int, list[Block]]:
        """The blocks of each scope."""
        return grouped(self.facts.blocks, lambda block: block.scope)

    @cached_property
    def writes_by_scope(self) -> dict[int, list[Write]]:
        """The writes in each scope."""
        blocks = self.facts.blocks
        return grouped(self.facts.writes, lambda write: blocks[write.block].scope)

    @cached_property
    def bindings_by_scope(self) -> dict[int, list[Binding]]:
        """The bindings that stand in each scope, whichever scope they bind in."""
        blocks = self.facts.blocks
        return grouped(self.facts.bindings, lambda binding: blocks[binding.block].scope)

    @cached_property
    def expressions_by_block(self) -> dict[int, list[Expression]]:
        """The expressions of each block."""
        return grouped(self.facts.expressions, lambda e: self.facts.blocks_of[e.number])

    @cached_property
    def leaves_by_block(self) -> dict[int, list[Leave]]:
        """The exits in each block."""
        return grouped(self.facts.leaves, lambda leave: leave.block)

    @cached_property
    def writes_by_block(self) -> dict[int, list[Write]]:
        """The writes in each block."""
        return grouped(self.facts.writes, lambda write: write.block)

    @cached_property
    def bindings_by_block(self) -> dict[int, list[Binding]]:
        """The bindings in each block."""
        return grouped(self.facts.bindings, lambda binding: binding.block)

    @cached_property
    def bindings_of_scope(self) -> dict[int, list[Binding]]:
        """The bindings that bind in each scope."""
        return grouped(self.facts.bindings, lambda binding: binding.scope)

    @cached_property
    def tries_by_scope(self) -> dict[int, list[Try]]:
        """The try statements in each scope."""
        blocks = self.facts.blocks
        return grouped(self.facts.tries, lambda shape: blocks[shape.block].scope)

    @cached_property
    def methods_by_class(self) -> dict[int, list[Function]]:
        """The methods of each class."""
        methods = (f for f in self.facts.functions if f.owner_class is not None)
        return grouped(methods, lambda function: function.owner_class or 0)

    @cached_property
    def writes_by_attribute(self) -> dict[str, list[Write]]:
        """The writes to attributes, by the name of the attribute."""
        found: dict[str, list[Write]] = defaultdict(list)
        for write in self.facts.writes:
            if isinstance(write.target, Attribute):
                found[write.target.name].append(write)
        return dict(found)

    @cached_property
    def inner_blocks(self) -> dict[int, list[int]]:
        """The blocks directly in each block."""
        found: dict[int, list[int]] = defaultdict(list)
        for block in self.facts.blocks:
            if block.parent is not None:
                found[block.parent].append(block.number)
        return dict(found)

    @cached_property
    def followers(self) -> dict[int, list[int]]:
        """The blocks that follow each one: else, except, finally, case."""
        found: dict[int, list[int]] = defaultdict(list)
        for block in self.facts.blocks:
            if block.partner is not None:
                found[block.partner].append(block.number)
        return dict(found)

    def leaves_of_scope(self, scope: int) -> Iterator[Leave]:
        """Yield the exits in a scope."""
        for block in self.blocks_by_scope.get(scope, ()):
            yield from self.leaves_by_block.get(block.number, ())

    @cached_property
    def running_with(self) -> dict[int, tuple[int, ...]]:
        """The scopes that run when the code of a scope does: comprehensions and class bodies."""
        found: dict[int, list[int]] = {}
        for scope in self.facts.scopes:
            # Scopes come in source order, a parent before what is inside.
            found[scope.number] = [scope.number]
        for scope in reversed(self.facts.scopes):
            if scope.kind in ("comprehension", "class") and scope.parent is not None:
                found[scope.parent] += found[scope.number]
        return {number: tuple(sorted(inside)) for number, inside in found.items()}


def grouped(records: Iterable[Record], key: Callable[[Record], int]) -> dict[int, list[Record]]:
    """Return records by a number that each of them has."""
    found: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        found[key(record)].append(record)
    return dict(found)
