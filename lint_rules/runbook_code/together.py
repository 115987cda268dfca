"""Children that are started together: coroutines that `gather` and tasks run at the same time."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

from lint_rules.facts.expressions import Await, Call, Comprehension, Expression, Name
from lint_rules.facts.records import Binding, Block, Function, Leave
from lint_rules.program import Instance, Module, Program, ProjectFunction
from lint_rules.program.modules import external
from lint_rules.program.reach import Reached
from lint_rules.runbook_code.runbook import ChildCall, Runbook
from lint_rules.workflow_code.workflow_code import WorkflowCode

_GATHERING = frozenset(
    {
        "asyncio.as_completed",
        "asyncio.gather",
        "asyncio.wait",
        "temporalio.workflow.as_completed",
        "temporalio.workflow.wait",
    }
)
_TASKS = frozenset(
    {"asyncio.create_task", "asyncio.ensure_future", "asyncio.TaskGroup.create_task"}
)
_STARTING = _GATHERING | _TASKS
_LOOPS = ("for", "while")
_FEW = 20
"""As many earlier starts are compared with one, so that a long list of them stays quick."""

_Key = tuple[str, str]
"""Slug and step: with the id of the parent they are the id of the child."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A call that starts a child whose id another one has at the same time."""

    module: Module
    call: Call
    child: ChildCall
    via: Reached


@dataclass(frozen=True, slots=True)
class _Launch:
    """A coroutine that runs beside others; `group` tells which, `many` when it is made often."""

    call: Call
    group: int
    many: bool
    name: str | None
    block: Block


def started_together(workflow: WorkflowCode, runbook: Runbook) -> Iterator[Repeated]:
    """Yield the calls that start a child with the id of another that runs at the same time."""
    if any(child.how == "run_child_workflow" for child in runbook.children):
        yield from _Together(workflow, runbook).repeated()


class _Body:
    """What one function runs by itself: its calls, and where it awaits which name."""

    def __init__(self, program: Program, module: Module, function: Function) -> None:
        self.program = program
        self.module = module
        self._scopes = module.view.running_with[function.scope]

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The calls in the order of the code."""
        return tuple(self.module.view.of_kind(self._scopes, Call))

    @cached_property
    def callees(self) -> frozenset[str]:
        """The names of what is called."""
        return frozenset(filter(None, map(self.name, self.calls)))

    def name(self, call: Call) -> str | None:
        """Return the name of what is called."""
        return self.program.name(self.module, call.function)

    @cached_property
    def _awaits(self) -> dict[str, tuple[list[tuple[int, int]], set[int]]]:
        """The places where each name is awaited, sorted, and the blocks around them."""
        found: dict[str, tuple[list[tuple[int, int]], set[int]]] = {}
        for each in self.module.view.of_kind(self._scopes, Await):
            if isinstance(each.value, Name):
                places, blocks = found.setdefault(each.value.name, ([], set()))
                bisect.insort(places, self.module.facts.span(each)[:2])
                around = self.module.view.enclosing_blocks(self.module.facts.block_of(each))
                blocks.update(block.number for block in around)
        return found

    def awaits_in(self, name: str, block: Block) -> bool:
        """Tell whether a name is awaited in a block."""
        return name in self._awaits and block.number in self._awaits[name][1]

    def awaits_between(self, name: str, first: Call, last: Call) -> bool:
        """Tell whether a name is awaited after one call and before another."""
        places = self._awaits[name][0] if name in self._awaits else []
        start = bisect.bisect(places, self.module.facts.span(first)[:2])
        return start < bisect.bisect(places, self.module.facts.span(last)[:2])


class _Together:
    def __init__(self, workflow: WorkflowCode, runbook: Runbook) -> None:
        self.workflow = workflow
        self.program = workflow.program
        self.runbook = runbook
        self.at: dict[tuple[str, int], ChildCall] = {}
        self.inside: dict[tuple[str, int], list[ChildCall]] = defaultdict(list)
        self.started_by: dict[tuple[str, int], list[ChildCall]] = {}
        for child in runbook.children:
            if child.how == "run_child_workflow" and _key(child) is not None:
                self.at[child.module.name, child.call.number] = child
                function = child.via.function
                self.inside[function.module, function.number].append(child)

    def repeated(self) -> Iterator[Repeated]:
        for reached in self.runbook.reached.values():
            body = _Body(self.program, *self.program.function(reached.function))
            if not _STARTING.isdisjoint(body.callees):
                yield from self._in_body(body, reached)

    def _in_body(self, body: _Body, reached: Reached) -> Iterator[Repeated]:
        before: dict[tuple[int, _Key], list[_Launch]] = defaultdict(list)
        for call in body.calls:
            children = self._started(body.module, call)
            launch = self._launch(body, call) if children else None
            if launch is None:
                continue
            for child in children:
                key = _key(child)
                if key is None:
                    continue
                earlier = before[launch.group, key]
                if launch.many or any(_beside(body, each, launch) for each in earlier[-_FEW:]):
                    yield Repeated(body.module, call, child, reached)
                    break
                earlier.append(launch)

    def _started(self, module: Module, call: Call) -> list[ChildCall]:
        """Return the children that awaiting a call would start."""
        direct = self.at.get((module.name, call.number))
        if direct is not None:
            return [direct]
        match self.program.resolve(module, call.function):
            case (ProjectFunction() as function,) if not self.workflow.walks.is_activity(function):
                key = (function.module, function.number)
                if key not in self.started_by:
                    self.started_by[key] = self._started_by(function)
                return self.started_by[key]
            case _:
                return []

    def _started_by(self, function: ProjectFunction) -> list[ChildCall]:
        found: list[ChildCall] = []
        seen = {(function.module, function.number)}
        waiting = [function]
        while waiting:
            current = waiting.pop()
            found += self.inside.get((current.module, current.number), ())
            for edge in self.workflow.walks.edges(current):
                target = edge.target
                if not isinstance(target, ProjectFunction):
                    continue
                key = (target.module, target.number)
                if key not in seen and not self.workflow.walks.is_activity(target):
                    seen.add(key)
                    waiting.append(target)
        return found

    def _launch(self, body: _Body, call: Call) -> _Launch | None:
        """Follow a coroutine to what runs it; None when it runs before the next one is made."""
        many = gathered = task = False
        module, node = body.module, cast(Expression, call)
        block = module.facts.block_of(call)
        while (around := module.view.parents.get(node.number)) is not None:
            if isinstance(around, Await):
                return _Launch(call, around.number, many, None, block) if gathered else None
            if isinstance(around, Comprehension):
                many = many or node is not around.clauses[0].iterable
                block = module.facts.block_of(around)
            elif isinstance(around, Call):
                name = body.name(around)
                gathered = gathered or name in _GATHERING
                task = task or name in _TASKS
            node = around
        contexts = module.view.contexts.get(node.number, [])
        returned = any(isinstance(each, Leave) for each in contexts)
        if not (task or gathered) and (returned or _GATHERING.isdisjoint(body.callees)):
            return None
        name = next((each.name for each in contexts if isinstance(each, Binding)), None)
        return self._kept(body, _Launch(call, -1, many, name, block))

    def _kept(self, body: _Body, launch: _Launch) -> _Launch | None:
        """Return a coroutine that is kept for later, with the loop and task group around it."""
        for block in body.module.view.enclosing_blocks(launch.block):
            if block.head is not None and self._is_task_group(body.module, block.head):
                # The group waits for its tasks at the end of the block.
                return replace(launch, group=block.number)
            if block.kind in _LOOPS:
                if launch.name is not None and body.awaits_in(launch.name, block):
                    return None
                return replace(launch, many=True)
        return launch

    def _is_task_group(self, module: Module, head: Expression) -> bool:
        return any(
            isinstance(meaning, Instance) and meaning.of == external("asyncio.TaskGroup")
            for meaning in self.program.resolve(module, head)
        )


def _beside(body: _Body, earlier: _Launch, later: _Launch) -> bool:
    """Tell whether two coroutines certainly run at the same time."""
    around = {block.number for block in body.module.view.enclosing_blocks(later.block)}
    if earlier.block.number not in around:
        return False
    return earlier.name is None or not body.awaits_between(earlier.name, earlier.call, later.call)


def _key(child: ChildCall) -> _Key | None:
    """Return slug and step of a child; None when one of them may differ each time."""
    slug = child.slug.text if child.slug is not None else None
    if slug is None:
        return None
    if child.step_id is None or child.step_id.is_none:
        names = {step.name or "" for step in child.steps}
        return slug, names.pop() if len(names) == 1 else ""
    step = child.step_id.text
    return None if step is None else (slug, step)
