"""The places where a run waits for something that a signal brings about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import Call, Constant, Expression
from lint_rules.program import External, Module, Partial
from lint_rules.program.reach import Reached
from lint_rules.runbook_code.read import facade_member
from lint_rules.runbook_code.runbook import Gate, Runbook
from lint_rules.workflow_code.workflow_code import WorkflowCode


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait for a predicate; `gate` is None for an author's own `wait_condition`.

    `may_end` says whether a time limit is given, or may be.
    """

    module: Module
    call: Call
    via: Reached
    predicate: Expression | None
    gate: Gate | None
    may_end: bool


def waits_of(workflow: WorkflowCode, runbook: Runbook) -> Iterator[Wait]:
    """Yield the signal gates of a class, and the conditions its own code waits for."""
    for gate in runbook.gates:
        if gate.kind == "signal":
            predicate = gate.call.keyword("predicate")
            ends = _may_end(workflow, gate.module, gate.call)
            yield Wait(gate.module, gate.call, gate.via, predicate, gate, ends)
    seen: set[tuple[str, int]] = set()
    for exit_ in workflow.reach.outside:
        edge, via = exit_.edge, exit_.via
        if edge.how != "call" or not isinstance(edge.target, External):
            continue
        if facade_member(edge.target.name) != "wait_condition" or (edge.module, edge.at) in seen:
            continue
        if (via.function.module, via.function.number) not in runbook.reached:
            continue
        module = workflow.program.modules[edge.module]
        call = module.facts.expressions[edge.at]
        if isinstance(call, Call) and call.arguments:
            seen.add((edge.module, edge.at))
            ends = _may_end(workflow, module, call)
            yield Wait(module, call, via, call.arguments[0], None, ends)


def _may_end(workflow: WorkflowCode, module: Module, call: Call) -> bool:
    given = call.keyword("timeout")
    if given is not None and not (isinstance(given, Constant) and given.kind == "none"):
        return True
    if any(keyword.name is None for keyword in call.keywords):
        return True
    if any(isinstance(each, Partial) for each in workflow.program.resolve(module, call.function)):
        # `functools.partial` gave some arguments before, the limit among them perhaps.
        return True
    return _is_limited(workflow, module, call)


def _is_limited(workflow: WorkflowCode, module: Module, call: Call) -> bool:
    """Tell whether what is around a wait may end it: another call, or `async with timeout()`."""
    around = module.view.parents.get(call.number)
    if isinstance(around, Call):
        return True
    for block in module.view.enclosing_blocks(module.facts.block_of(call)):
        if block.kind == "with" and isinstance(block.head, Call):
            name = workflow.program.name(module, block.head.function) or ""
            if name.rpartition(".")[2] in ("timeout", "timeout_at"):
                return True
    return False
