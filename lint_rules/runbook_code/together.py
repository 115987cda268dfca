"""Children that are started together: coroutines that `gather` and tasks run at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lint_rules.facts.expressions import Await, Call, Comprehension, Expression, Name
from lint_rules.facts.records import Binding, Block, Function, Leave
from lint_rules.program import Instance, Module, ProjectFunction
from lint_rules.program.modules import external
from lint_rules.program.reach import Reached
from lint_rules.runbook_code.runbook import ChildCall, Runbook
from lint_rules.workflow_code.workflow_code import WorkflowCode

_GATHERING = ("asyncio.gather", "asyncio.wait", "asyncio.as_completed")
_TASKS = ("asyncio.create_task", "asyncio.ensure_future", "asyncio.TaskGroup.create_task")
_WAITING = ("temporalio.workflow.wait", "temporalio.workflow.as_completed")
_LOOPS = ("for", "while")

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


class _Together:
    def __init__(self, workflow: WorkflowCode, runbook: Runbook) -> None:
        self.workflow = workflow
        self.program = workflow.program
        self.runbook = runbook
        self.at: dict[tuple[str, int], ChildCall] = {}
        self.inside: dict[tuple[str, int], list[ChildCall]] = defaultdict(list)
        for child in runbook.children:
            if child.how == "run_child_workflow" and _key(child) is not None:
                self.at[child.module.name, child.call.number] = child
                function = child.via.function
                self.inside[function.module, function.number].append(child)

    def repeated(self) -> Iterator[Repeated]:
        for reached in self.runbook.reached.values():
            module, function = self.program.function(reached.function)
            scopes = module.view.running_with[function.scope]
            calls = list(module.view.of_kind(scopes, Call))
            if any(self._name(module, call) in (*_GATHERING, *_WAITING, *_TASKS) for call in calls):
                yield from self._in_function(module, function, calls, reached)

    def _in_function(
        self, module: Module, function: Function, calls: Iterable[Call], reached: Reached
    ) -> Iterator[Repeated]:
        before: dict[tuple[int, _Key], list[_Launch]] = defaultdict(list)
        for call in calls:
            children = self._started(module, call)
            launch = self._launch(module, function, call) if children else None
            if launch is None:
                continue
            for child in children:
                key = _key(child)
                if key is None:
                    continue
                earlier = before[launch.group, key]
                beside = any(self._beside(module, function, each, launch) for each in earlier)
                if launch.many or beside:
                    yield Repeated(module, call, child, reached)
                    break
                earlier.append(launch)

    def _name(self, module: Module, call: Call) -> str | None:
        return self.program.name(module, call.function)

    def _started(self, module: Module, call: Call) -> list[ChildCall]:
        """Return the children that awaiting a call would start."""
        direct = self.at.get((module.name, call.number))
        if direct is not None:
            return [direct]
        match self.program.resolve(module, call.function):
            case (ProjectFunction() as function,) if not self.workflow.walks.is_activity(function):
                return self._started_by(function)
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

    def _launch(self, module: Module, function: Function, call: Call) -> _Launch | None:
        """Follow a coroutine to what runs it; None when it runs before the next one is made."""
        many = gathered = task = False
        node: Expression = call
        block = module.facts.block_of(call)
        while (around := module.view.parents.get(node.number)) is not None:
            if isinstance(around, Await):
                return _Launch(call, around.number, many, None, block) if gathered else None
            if isinstance(around, Comprehension):
                many = many or node is not around.clauses[0].iterable
                block = module.facts.block_of(around)
            elif isinstance(around, Call):
                name = self._name(module, around)
                gathered = gathered or name in (*_GATHERING, *_WAITING)
                task = task or name in _TASKS
            node = around
        contexts = module.view.contexts.get(node.number, [])
        if not (task or gathered) and any(isinstance(each, Leave) for each in contexts):
            return None
        if not (task or gathered or self._gathers(module, function)):
            return None
        name = next((each.name for each in contexts if isinstance(each, Binding)), None)
        return self._kept(module, function, _Launch(call, -1, many, name, block))

    def _kept(self, module: Module, function: Function, launch: _Launch) -> _Launch | None:
        """Return a coroutine that is kept for later, with the loop and task group around it."""
        for block in module.view.enclosing_blocks(launch.block):
            if block.head is not None and self._is_task_group(module, block.head):
                # The group waits for its tasks at the end of the block.
                return replace(launch, group=block.number)
            if block.kind in _LOOPS:
                if launch.name is not None and self._awaits(module, function, launch.name, block):
                    return None
                return replace(launch, many=True)
        return launch

    def _is_task_group(self, module: Module, head: Expression) -> bool:
        return any(
            isinstance(meaning, Instance) and meaning.of == external("asyncio.TaskGroup")
            for meaning in self.program.resolve(module, head)
        )

    def _gathers(self, module: Module, function: Function) -> bool:
        scopes = module.view.running_with[function.scope]
        calls = module.view.of_kind(scopes, Call)
        return any(self._name(module, call) in (*_GATHERING, *_WAITING) for call in calls)

    def _awaits(self, module: Module, function: Function, name: str, inside: Block) -> bool:
        for each in self._awaits_of(module, function, name):
            blocks = module.view.enclosing_blocks(module.facts.block_of(each))
            if any(block.number == inside.number for block in blocks):
                return True
        return False

    def _awaits_of(self, module: Module, function: Function, name: str) -> Iterator[Await]:
        for each in module.view.of_kind(module.view.running_with[function.scope], Await):
            if isinstance(each.value, Name) and each.value.name == name:
                yield each

    def _beside(self, module: Module, function: Function, earlier: _Launch, later: _Launch) -> bool:
        """Tell whether two coroutines certainly run at the same time."""
        around = {block.number for block in module.view.enclosing_blocks(later.block)}
        if earlier.block.number not in around:
            return False
        if earlier.name is None:
            return True
        start, end = module.facts.span(earlier.call)[:2], module.facts.span(later.call)[:2]
        awaits = self._awaits_of(module, function, earlier.name)
        return not any(start < module.facts.span(each)[:2] < end for each in awaits)


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
