"""Changing state, or issuing commands, in a query or a validator.

A query may be asked at any time, any number of times, on any worker that has the run in memory;
it leaves no event behind. What it changes is changed in that process only, and the replay does
not know of it. A validator decides whether an update is accepted and must not act on it.

Bad:

    @runbook.query
    def next_line(self) -> Line:
        return self._lines.pop()

Good:

    @runbook.query
    def next_line(self) -> Line:
        return self._lines[-1]

Local values and copies may be changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Attribute, Call
from lint_rules.facts.records import Function, Span
from lint_rules.program import External, Module, ProjectFunction
from lint_rules.program.edges import Edge
from lint_rules.program.reach import Reach, Reached, entry_points
from lint_rules.program.workflow_names import CONSTRUCTORS
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.commands import command
from lint_rules.workflow_code.mutations import mutations, root
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode

_QUERIES = ("ntro.workflow.runbook.query", "temporalio.workflow.query")
_TASKS = ("asyncio.create_task", "asyncio.ensure_future", "asyncio.gather")


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report writes and commands that queries and validators lead to."""
    for kind in workflow.workflows:
        for entry in entry_points(workflow.program, kind):
            module, function = workflow.program.function(entry)
            role = _role(workflow, module, function)
            if role is not None:
                yield from _asynchronous(module, function, entry, role)
                yield from _followed(workflow, entry, role)


def _role(workflow: WorkflowCode, module: Module, function: Function) -> str | None:
    for decorator in function.decorators:
        called = decorator.function if isinstance(decorator, Call) else decorator
        if workflow.program.name(module, called) in _QUERIES:
            return "a query"
        if isinstance(called, Attribute) and called.name == "validator":
            return "a validator"
    return None


def _asynchronous(
    module: Module, function: Function, entry: ProjectFunction, role: str
) -> Iterator[Observation]:
    if function.is_async:
        yield Observation(
            module=module,
            span=function.span,
            message=f"{role} must answer at once, without waiting",
            alternative="def instead of async def",
            via=Reached(entry, None, None),
            ceiling="warning",
            severity="warning",
        )


def _followed(workflow: WorkflowCode, entry: ProjectFunction, role: str) -> Iterator[Observation]:
    found = workflow.walks.from_functions([entry])
    owned = _acting_on_workflow(workflow, entry, found)
    for reached in found.functions:
        module, function = workflow.program.function(reached.function)
        if (module.name, function.number) in owned and function.name not in CONSTRUCTORS:
            for mutation in mutations(
                workflow.program, module, module.view.running_with[function.scope]
            ):
                name, path = root(module, mutation.target)
                first = function.parameters[0].name if function.parameters else None
                if name is not None and name.name == first:
                    what = ".".join([name.name, *path])
                    span = module.facts.span(mutation.at)
                    yield _observation(module, span, f"{role} changes `{what}`", reached)
    for exit_ in found.outside:
        target = exit_.edge.target
        if not isinstance(target, External) or exit_.edge.how != "call":
            continue
        if command(target.name) is not None or target.name in _TASKS:
            module = workflow.program.modules[exit_.edge.module]
            span = module.facts.span(module.facts.expressions[exit_.edge.at])
            short = target.name.removeprefix("ntro.workflow.").removeprefix("temporalio.")
            yield _observation(module, span, f"{role} calls `{short}()`", exit_.via)


def _acting_on_workflow(
    workflow: WorkflowCode, entry: ProjectFunction, found: Reach
) -> set[tuple[str, int]]:
    """Return the functions whose first parameter is the workflow, or an object it holds.

    A method that is called on `self`, or on something reached through `self`, acts on the workflow;
    one that is called on a local object does not.
    """
    owned = {(entry.module, entry.number)}
    grown = True
    while grown:
        before = len(owned)
        for target, edges in found.callers.items():
            if any(_is_on_self(workflow, edge, owned) for edge in edges):
                owned.add((target.module, target.number))
        grown = len(owned) > before
    return owned


def _is_on_self(workflow: WorkflowCode, edge: Edge, owned: set[tuple[str, int]]) -> bool:
    module = workflow.program.modules[edge.module]
    at = module.facts.expressions[edge.at]
    caller = module.view.function_of(module.facts.scope_of(at))
    if caller is None or (module.name, caller.number) not in owned or not caller.parameters:
        return False
    function = at.function if isinstance(at, Call) else at
    if not isinstance(function, Attribute):
        return False
    if isinstance(function.value, Call):
        return workflow.program.name(module, function.value.function) == "builtins.super"
    name, _ = root(module, function.value)
    return name is not None and name.name == caller.parameters[0].name


def _observation(module: Module, span: Span, message: str, reached: Reached) -> Observation:
    return Observation(
        module=module,
        span=span,
        message=message,
        alternative="a signal or a step to change state, and a copy to work on",
        via=reached,
        impact="sequence",
        sandbox="silent",
    )


RULE = Rule(
    code="NTR121",
    name="read-only-handler-writes",
    summary="a query or validator changes state or issues commands",
    explanation=__doc__,
    check=check,
)
