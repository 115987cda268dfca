"""Loops that nothing in the code ends, and what they do on each turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Constant,
    Expression,
    Name,
    Yield,
    parts,
)
from lint_rules.facts.records import Block
from lint_rules.program import External, Module, Program, ProjectFunction
from lint_rules.program.reach import Reach
from lint_rules.workflow_code import blocks
from lint_rules.workflow_code.mutations import mutations

_FOR_EVER = ("itertools.count", "itertools.cycle")
_CONTINUES = ".continue_as_new"


@dataclass(frozen=True, slots=True)
class Loop:
    """A `while` or `for` of reached code."""

    module: Module
    block: Block
    body: frozenset[int]

    @property
    def waits(self) -> tuple[Await, ...]:
        """The awaits on each turn."""
        found = blocks.expressions(self.module, self.body)
        return tuple(e for e in found if isinstance(e, Await))

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls on each turn."""
        return tuple(e for e in blocks.expressions(self.module, self.body) if isinstance(e, Call))

    @property
    def waits_by_itself(self) -> bool:
        """Whether `async for` or `async with` waits without an await of its own."""
        held = (self.module.facts.blocks[number] for number in self.body)
        return any(block.is_async for block in held)

    def can_leave(self) -> bool:
        """Tell whether a statement in the loop leaves it, or hands control to the caller."""
        found = blocks.expressions(self.module, self.body)
        if any(isinstance(expression, Yield) for expression in found):
            return True
        scope = self.block.scope
        for leave in blocks.leaves(self.module, self.body):
            if leave.kind in ("continue", "assert"):
                continue
            if self.module.facts.blocks[leave.block].scope != scope:
                continue
            if leave.kind != "break" or self._breaks(leave.block):
                return True
        return False

    def _breaks(self, block: int) -> bool:
        inner = self.module.facts.blocks[block]
        while inner.number != self.block.number and inner.parent is not None:
            if inner.kind in ("for", "while"):
                return False
            inner = self.module.facts.blocks[inner.parent]
        return True


class LoopFinder:
    """Judges the loops of reached functions."""

    def __init__(self, program: Program, reach: Reach) -> None:
        self.program = program
        self.reach = reach

    def loops(self, module: Module, scopes: tuple[int, ...]) -> Iterator[Loop]:
        """Yield the loops of a function."""
        view = module.view
        for block in (b for scope in scopes for b in view.blocks_by_scope.get(scope, ())):
            if block.kind in ("while", "for"):
                yield Loop(module, block, blocks.inside(module, block.number))

    def never_ends(self, loop: Loop) -> bool:
        """Tell whether neither the head nor a statement nor a called function ends a loop."""
        return self._is_for_ever(loop) and not loop.can_leave() and not self._continues(loop)

    def _is_for_ever(self, loop: Loop) -> bool:
        head = loop.block.head
        if loop.block.kind == "while":
            return isinstance(head, Constant) and bool(head.value)
        called = head.function if isinstance(head, Call) else None
        return called is not None and self.program.name(loop.module, called) in _FOR_EVER

    def _continues(self, loop: Loop) -> bool:
        """Tell whether what the loop calls continues as new, or always raises."""
        waiting: list[ProjectFunction] = []
        for call in loop.calls:
            for meaning in self.program.resolve(loop.module, call.function):
                if isinstance(meaning, External) and meaning.name.endswith(_CONTINUES):
                    return True
                if isinstance(meaning, ProjectFunction):
                    if self._always_raises(meaning):
                        return True
                    waiting.append(ProjectFunction(meaning.module, meaning.number))
        seen: set[ProjectFunction] = set()
        while waiting:
            function = waiting.pop()
            if function in self._continuing:
                return True
            if function not in seen:
                seen.add(function)
                waiting += self._called.get(function, ())
        return False

    def _always_raises(self, meaning: ProjectFunction) -> bool:
        module, function = self.program.function(meaning)
        body = module.bodies[function.scope]
        found = module.view.leaves_by_block.get(body, ())
        return any(leave.kind == "raise" for leave in found)

    @cached_property
    def _continuing(self) -> set[ProjectFunction]:
        return {
            ProjectFunction(exit_.via.function.module, exit_.via.function.number)
            for exit_ in self.reach.outside
            if isinstance(exit_.edge.target, External)
            and exit_.edge.target.name.endswith(_CONTINUES)
        }

    @cached_property
    def _called(self) -> dict[ProjectFunction, list[ProjectFunction]]:
        found: dict[ProjectFunction, list[ProjectFunction]] = {}
        for target, edges in self.reach.callers.items():
            for edge in edges:
                module = self.program.modules[edge.module]
                scope = module.facts.scope_of(module.facts.expressions[edge.at])
                caller = module.view.function_of(scope)
                if caller is not None:
                    found.setdefault(ProjectFunction(module.name, caller.number), []).append(target)
        return found

    def spins(self, loop: Loop) -> bool:
        """Tell whether a loop waits for something that cannot come, since it never awaits."""
        if loop.waits or loop.waits_by_itself or loop.can_leave() or self._continues(loop):
            return False
        if self._is_for_ever(loop):
            return True
        head = loop.block.head
        if loop.block.kind != "while" or head is None or loop.calls:
            return False
        return not self._changes(loop, head)

    def _changes(self, loop: Loop, head: Expression) -> bool:
        """Tell whether a turn changes what the head looks at."""
        if any(blocks.bindings(loop.module, loop.body)):
            return True
        if any(blocks.writes(loop.module, loop.body)):
            return True
        if any(isinstance(e, Call) for e in parts(head)):
            return True
        scope = (loop.block.scope,)
        return any(
            loop.module.facts.blocks_of[m.at.number] in loop.body
            for m in mutations(self.program, loop.module, scope)
        )

    def polls(self, loop: Loop) -> bool:
        """Tell whether a loop only sleeps until an attribute of self changes."""
        head = loop.block.head
        if loop.block.kind != "while" or head is None or not _reads_self(head):
            return False
        names = {self.program.name(loop.module, call.function) for call in loop.calls}
        sleeps = names and names <= {"asyncio.sleep", "temporalio.workflow.sleep"}
        return bool(sleeps) and len(loop.waits) == 1 and len(loop.body) == 1


def _reads_self(head: Expression) -> bool:
    return any(
        isinstance(part, Attribute) and isinstance(part.value, Name) and part.value.name == "self"
        for part in parts(head)
    )
