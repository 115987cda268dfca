"""A coroutine that nobody awaits: what it should do never happens.

Calling `self.wait_for_action(...)`, `runbook.execute_activity(...)` or an `async` method only makes
a coroutine. Without `await` the gate never opens, the activity is never scheduled, the step is
never run, and the run goes on as if it had. Python warns on the worker's stderr when the object is
collected, and nobody else says anything. (The answer of `wait_for_action` has to be read as well,
so that the fix of one that stands alone is left to the author.)

Where its result is read without `await`, the code reads the coroutine: an attribute of it or a
comparison with it raises or is never true, and a test of it is always true. What is handed to
another call, kept in an attribute or awaited later is left alone.

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
from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Comprehension,
    Expression,
    Operation,
    Subscript,
)
from lint_rules.facts.records import Binding, Block, Leave
from lint_rules.finding import Edit
from lint_rules.program import External, Meaning, Module
from lint_rules.program.decorators import decorator_names
from lint_rules.program.meaning import ProjectFunction
from lint_rules.program.names import lookup
from lint_rules.program.workflow_names import ACTIVITIES, STEPS
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.read import base_method, facade_member
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.points import Point
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


_ASYNCIO = frozenset({"asyncio.sleep", "asyncio.to_thread", "asyncio.wait", "asyncio.wait_for"})
_OF_COROUTINES = ("close", "send", "throw")
_Key = tuple[str, int]


def check(contract: Contract) -> Iterator[Observation]:
    """Report coroutines that are thrown away, or read as if they were their results."""
    reached = {key for runbook in contract.runbooks for key in runbook.reached}
    read_gates = _read_gates(contract)
    for running in contract.workflow.functions:
        if (running.module.name, running.function.number) in reached:
            yield from _in_function(contract, running, read_gates)


def _read_gates(contract: Contract) -> frozenset[_Key]:
    """Return the calls of review gates whose answer is read somewhere."""
    return frozenset(
        (decision.gate.module.name, decision.gate.call.number)
        for decision in contract.decisions
        if decision.reads or decision.tests or decision.attributes
    )


def _in_function(
    contract: Contract, running: Running, read_gates: frozenset[_Key]
) -> Iterator[Observation]:
    module = running.module
    for call in module.view.of_kind(running.scopes, Call):
        thrown_away = _is_thrown_away(contract, module, call)
        if not thrown_away and not _is_misread(contract, running, call, read_gates):
            continue
        meanings = contract.program.resolve(module, call.function)
        if not meanings or not all(_is_coroutine(contract, meaning) for meaning in meanings):
            continue
        named = _named(contract, meanings[0])
        span = module.facts.span(call.function)
        start = (span.line, span.column)
        alone = call.number not in module.view.parents
        mends = running.function.is_async and alone
        if thrown_away and named == "wait_for_action":
            mends = False
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


def _is_misread(
    contract: Contract, running: Running, call: Call, read_gates: frozenset[_Key]
) -> bool:
    """Tell whether a call, or the name that it is given, is used where only a result can be."""
    module = running.module
    if _needs_result(module, call):
        return True
    records = module.view.contexts.get(call.number, ())
    if call.number in module.view.parents or len(records) != 1:
        return False
    [record] = records
    if isinstance(record, Leave):
        return record.kind == "return" and running.function.is_async
    if not isinstance(record, Binding) or record.kind != "assign" or _is_declared(module, record):
        return False
    readers = [
        point.expression
        for point in contract.workflow.flow.readers.of_binding(module, record, "value")
        if isinstance(point, Point)
    ]
    if not all(_reads_only(module, each, record) for each in readers):
        return False
    if any(_needs_result(module, each) for each in readers):
        return True
    is_read = (module.name, call.number) in read_gates
    return is_read and not any(_may_await(contract, module, each) for each in readers)


def _reads_only(module: Module, reader: Expression, binding: Binding) -> bool:
    """Tell whether a name can hold nothing but what one assignment gave it."""
    found = lookup(module, binding.name, module.facts.scope_of(reader), reader)
    return len(found) == 1


def _needs_result(module: Module, expression: Expression) -> bool:
    """Tell whether an expression is used in a way that no coroutine allows."""
    match module.view.parents.get(expression.number):
        case Attribute(_, value, name) if value is expression:
            return name not in _OF_COROUTINES and not name.startswith(("cr_", "__"))
        case Subscript(_, value, _) if value is expression:
            return True
        case Operation(_, operators, _):
            return operators[0] not in ("and", "or", "is", "is not")
        case Comprehension(clauses=clauses):
            return any(each.iterable is expression and not each.is_async for each in clauses)
        case None:
            pass
        case _:
            return False
    return any(
        bool(record.path)
        if isinstance(record, Binding)
        else isinstance(record, Block) and record.kind in ("if", "while", "for", "match")
        for record in module.view.contexts.get(expression.number, ())
    )


def _may_await(contract: Contract, module: Module, reader: Expression) -> bool:
    """Tell whether a coroutine is awaited, or handed to what may await it."""
    match module.view.parents.get(reader.number):
        case Await():
            return True
        case Call(_, called, _, _):
            meanings = contract.program.resolve(module, called)
            return not meanings or any(
                not isinstance(meaning, ProjectFunction)
                or contract.program.function(meaning)[1].is_async
                for meaning in meanings
            )
        case _:
            return False


def _is_declared(module: Module, binding: Binding) -> bool:
    """Tell whether a name is global or of an outer function, so that others may await it."""
    return (binding.scope, binding.name) in module.declared


def _is_coroutine(contract: Contract, meaning: Meaning) -> bool:
    match meaning:
        case External(name):
            if name in _ASYNCIO:
                return True
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
    if name in _ASYNCIO:
        return name
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
