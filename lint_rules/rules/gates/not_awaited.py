"""A coroutine that nobody awaits: what it should do never happens.

Calling `self.wait_for_action(...)`, `runbook.execute_activity(...)` or an `async` method only makes
a coroutine. Without `await` the gate never opens, the activity is never scheduled, the step is
never run, and the run goes on as if it had. Python warns on the worker's stderr when the object is
collected, and nobody else says anything. (The answer of `wait_for_action` has to be read as well,
so that its fix is left to the author.)

Bad:

    self.wait_for_action(payload=pack)
    return await self._commit(ctx, pack)

Good:

    answer = await self.wait_for_action(payload=pack)
    if decision_of(answer) == "rejected":
        return NavResult(status="rejected")
    return await self._commit(ctx, pack)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Call
from lint_rules.facts.records import Binding
from lint_rules.finding import Edit
from lint_rules.program import External, Meaning, Module
from lint_rules.program.decorators import decorator_names
from lint_rules.program.meaning import ProjectFunction
from lint_rules.program.workflow_names import ACTIVITIES, STEPS
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.read import base_method, facade_member
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import Running

_BASE = frozenset(
    {
        "wait_for_action",
        "await_signal_with_action",
        "collect_documents",
        "wait_for_signal_predicate",
        "run_child_workflow",
        "run_child_workflows",
        "run_step",
        "load_previous_task",
        "find_committed_document",
    }
)
_FACADE = frozenset(
    {
        "execute_activity",
        "execute_activity_class",
        "execute_activity_method",
        "execute_local_activity",
        "execute_child_workflow",
        "start_child_workflow",
        "wait_condition",
        "sleep",
    }
)


def check(contract: Contract) -> Iterator[Observation]:
    """Report coroutines that are thrown away."""
    reached = {key for runbook in contract.runbooks for key in runbook.reached}
    for running in contract.workflow.functions:
        if (running.module.name, running.function.number) in reached:
            yield from _in_function(contract, running)


def _in_function(contract: Contract, running: Running) -> Iterator[Observation]:
    module = running.module
    for call in module.view.of_kind(running.scopes, Call):
        if not _is_thrown_away(contract, module, call):
            continue
        meanings = contract.program.resolve(module, call.function)
        if not meanings or not all(_is_coroutine(contract, meaning) for meaning in meanings):
            continue
        named = _named(contract, meanings[0])
        span = module.facts.span(call.function)
        start = (span.line, span.column)
        mends = running.function.is_async and named != "wait_for_action"
        yield Observation(
            module=module,
            span=span,
            message=f"`{named}` is not awaited: it never runs",
            alternative=f"`await` before the call of `{named}`",
            via=running.reached,
            severity="error",
            fix="await-call" if mends else None,
            edits=(Edit(module.path, start, start, "await "),) if mends else (),
        )


def _is_thrown_away(contract: Contract, module: Module, call: Call) -> bool:
    """Tell whether nothing is done with what a call gives: it stands alone, or its name is unread.

    What is written to an attribute or unpacked may be awaited elsewhere.
    """
    if call.number in module.facts.discarded:
        return True
    if call.number in module.view.parents:
        return False
    records = module.view.contexts.get(call.number, ())
    return bool(records) and all(
        isinstance(record, Binding)
        and record.kind == "assign"
        and not record.path
        and not any(contract.workflow.flow.readers.of_binding(module, record, "value"))
        and not _is_declared(module, record)
        for record in records
    )


def _is_declared(module: Module, binding: Binding) -> bool:
    """Tell whether a name is global or of an outer function, so that others may await it."""
    return (binding.scope, binding.name) in module.declared


def _is_coroutine(contract: Contract, meaning: Meaning) -> bool:
    match meaning:
        case External(name):
            return base_method(name) in _BASE or facade_member(name) in _FACADE
        case ProjectFunction():
            module, function = contract.program.function(meaning)
            if not function.is_async or function.is_generator:
                return False
            names = decorator_names(contract.program, module, function.decorators)
            if not names.isdisjoint(ACTIVITIES):
                return False
            return len(names) == len(function.decorators) and names <= STEPS
        case _:
            return False


def _named(contract: Contract, meaning: Meaning) -> str:
    name = contract.program.qualified_name(meaning) or ""
    member = facade_member(name)
    if member is not None:
        return f"runbook.{member}" if name.startswith("ntro.") else f"workflow.{member}"
    return name.rpartition(".")[2]


RULE = Rule(
    code="NTR315",
    name="not-awaited",
    summary="a coroutine that nobody awaits: what it should do never happens",
    explanation=__doc__,
    contract=check,
    fix="unsafe",
)
