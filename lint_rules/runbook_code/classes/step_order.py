"""In which order a run certainly comes to its steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.records import Block
from lint_rules.program import Module, ProjectFunction
from lint_rules.program.reach import Walks
from lint_rules.runbook_code.runbook import Runbook, Step
from lint_rules.workflow_code.blocks import inside

_LONGEST = 200
"""Calls that are looked at; a run that makes more has no order that could be told."""

_PAIRS = 100
"""Ways to two steps that are compared; nobody calls a step as often."""

_LOOPS = ("for", "while")
_BRANCHES = ("if", "else", "for", "while", "try", "except", "match", "case")


@dataclass(frozen=True, slots=True)
class Frame:
    """A call in the code of one function, on the way to a step."""

    module: Module
    call: int

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks around the call, the innermost first."""
        facts = self.module.facts
        return tuple(self.module.view.enclosing_blocks(facts.blocks[facts.blocks_of[self.call]]))


Way = tuple[Frame, ...]
"""The calls that lead from `run` to a step."""


class StepOrder:
    """The ways of one runbook to its steps."""

    def __init__(self, walks: Walks, runbook: Runbook) -> None:
        self._walks = walks
        self._keys = {step.key for step in runbook.steps}
        self._left = _LONGEST
        module, function = runbook.runs[0]
        run = ProjectFunction(module.name, function.number, runbook.kind)
        self._ways: dict[tuple[str, int], list[Way]] = {}
        for key, way in self._follow(run, (), frozenset()):
            self._ways.setdefault(key, []).append(way)

    def certainly_before(self, first: Step, second: Step) -> bool:
        """Tell whether every call of one step comes before every call of another."""
        ways, others = self._ways.get(first.key, []), self._ways.get(second.key, [])
        if self._left <= 0 or not ways or not others or len(ways) * len(others) > _PAIRS:
            return False
        return all(_before(way, other) for way in ways for other in others)

    def _follow(
        self, function: ProjectFunction, way: Way, around: frozenset[tuple[str, int]]
    ) -> Iterator[tuple[tuple[str, int], Way]]:
        here = (function.module, function.number)
        module, _ = self._walks.program.function(function)
        awaited = {site.call.number for site in module.view.calls if site.awaited}
        for edge in self._walks.edges(function):
            target = edge.target
            if not isinstance(target, ProjectFunction) or self._left <= 0:
                continue
            self._left -= 1
            key = (target.module, target.number)
            if key in around or key == here:
                continue
            if edge.how != "call" or (key in self._keys and edge.at not in awaited):
                # It is started here, and runs at some other time.
                if key in self._keys:
                    self._left = 0
                continue
            frames = (*way, Frame(module, edge.at))
            if key in self._keys:
                yield key, frames
            if not self._walks.is_activity(target):
                yield from self._follow(target, frames, around | {here})


def _before(way: Way, other: Way) -> bool:
    """Tell whether one way is gone before another whenever both are."""
    for depth, (here, there) in enumerate(zip(way, other, strict=False)):
        if here == there:
            if any(block.kind in _LOOPS for block in here.blocks):
                return False
            continue
        if here.module is not there.module:
            return False
        return here.call < there.call and _both_happen(way[depth:], other[depth:])
    # One step is called inside the other.
    return False


def _both_happen(way: Way, other: Way) -> bool:
    here, there = way[0], other[0]
    outer = {block.number for block in there.blocks}
    shared = [block for block in here.blocks if block.number in outer]
    if any(block.kind in _LOOPS for block in shared):
        return False
    own = [block for block in here.blocks if block.number not in outer]
    inner = {block.number for block in here.blocks}
    others = [block for block in there.blocks if block.number not in inner]
    if _exclude_each_other(own, others):
        return False
    return not any(_leaves(frame, own if frame is here else frame.blocks) for frame in way)


def _exclude_each_other(own: list[Block], others: list[Block]) -> bool:
    """Tell whether the blocks are different branches of one statement."""
    if not own or not others:
        return False
    first, second = own[-1], others[-1]
    linked = second.partner in (first.number, first.partner) and second.partner is not None
    return linked and second.kind in ("else", "case", "except") and first.kind not in _LOOPS


def _leaves(frame: Frame, blocks: tuple[Block, ...] | list[Block]) -> bool:
    """Tell whether a branch that makes a call may end the function, so that nothing follows."""
    view = frame.module.view
    return any(
        leave.kind != "assert"
        for block in blocks
        if block.kind in _BRANCHES
        for number in inside(frame.module, block.number)
        for leave in view.leaves_by_block.get(number, ())
    )
