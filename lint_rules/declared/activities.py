"""The names a worker knows the activities of a bundle by, and which of them a step runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lint_rules.contract.contract import Contract
from lint_rules.declared.running import running_in
from lint_rules.facts.expressions import Expression
from lint_rules.facts.records import Import
from lint_rules.program import External, Module, ProjectFunction
from lint_rules.runbook_code.read import activities_of, activity_of, base_method
from lint_rules.runbook_code.runbook import ActivityCall, Runbook, Step
from lint_rules.runbook_code.written import written

_MODULES = ("templates/activities.py", "templates/workflow.py")
"""Where the worker looks for activities (3.5)."""

_OF_NTRO: Mapping[str, str] = {
    "ntro.workflow.task.load_previous_task_activity": "load_previous_task",
    "ntro.workflow.task.find_committed_document_activity": "find_committed_document",
    "ntro.capabilities.checks.run_quality_check": "run_quality_check",
}
"""The activities of the SDK, by the names they are registered under."""

_HELPERS = frozenset(_OF_NTRO.values())


def registered(contract: Contract) -> frozenset[str] | None:
    """Return the names of all activities; None when some may be hidden."""
    found: set[str] = set()
    for path in _MODULES:
        module = contract.module(path)
        if module is None or module.stars:
            return None
        for statement in module.facts.imports:
            source = module.absolute(statement)
            name = f"{source}.{statement.name}"
            if name in _OF_NTRO:
                found.add(_OF_NTRO[name])
            elif _may_be_activity(contract, module, source):
                found |= {statement.name or "", statement.bound or ""}
    program = contract.program
    # Only now are the modules loaded that those import.
    loaded = program.modules.loaded
    return frozenset(found | {a.name for m in loaded for a in activities_of(program, m)})


def of_sdk(contract: Contract) -> Iterator[tuple[str, Module, Import]]:
    """Yield the activities of the SDK that the bundle hands on to the worker, with their import."""
    named = {full.rpartition(".")[2]: name for full, name in _OF_NTRO.items()}
    seen: set[str] = set()
    for path in _MODULES:
        module = contract.module(path)
        for statement in module.facts.imports if module is not None else ():
            name = named.get(statement.name or "")
            if module is None or name is None or name in seen:
                continue
            source = module.absolute(statement) or ""
            if statement.scope == 0 and not statement.typing_only and source.startswith("ntro."):
                seen.add(name)
                yield name, module, statement


def _may_be_activity(contract: Contract, module: Module, source: str | None) -> bool:
    """Tell whether what is imported from a module outside could be an activity."""
    if source is None:
        return True
    return not source.startswith("ntro.") and contract.program.modules.get(source) is None


def run_in(contract: Contract, runbook: Runbook, step: Step) -> frozenset[str] | None:
    """Return the names of the activities that a step runs; None when one cannot be told."""
    found: set[str] = set()
    for call in runbook.activity_calls:
        if any(owner.key == step.key for owner in call.steps):
            name = name_of(contract, call)
            if name is None:
                return None
            found.add(name)
    found.update(use.name for use in through_helpers(contract, runbook, step))
    return frozenset(found | set(_mentioned(contract, runbook, step)))


def _mentioned(contract: Contract, runbook: Runbook, step: Step) -> Iterator[str]:
    """Yield the activities that a step refers to: it may have somebody else run them."""
    functions = {(f.module, f.number) for f in running_in(contract, runbook, step)}
    for exit_ in contract.workflow.reach.activities:
        target, function = exit_.edge.target, exit_.via.function
        here = (function.module, function.number) in functions
        if here and isinstance(target, ProjectFunction):
            yield activity_of(contract.program, target).name


def name_of(contract: Contract, call: ActivityCall) -> str | None:
    """Return the name of the activity that a call runs."""
    match call.activity:
        case ProjectFunction() as function:
            return activity_of(contract.program, function).name
        case External(name):
            return _OF_NTRO.get(name)
        case _ if call.named is not None:
            return written(contract.program, call.module, call.named).text
        case _:
            return None


@dataclass(frozen=True, slots=True)
class HelperUse:
    """A call of a method of `NtroWorkflow` that runs an activity of the SDK."""

    name: str
    module: Module
    call: Expression


def through_helpers(contract: Contract, runbook: Runbook, step: Step) -> Iterator[HelperUse]:
    """Yield the activities that methods of `NtroWorkflow` run for a step."""
    functions = {(f.module, f.number) for f in running_in(contract, runbook, step)}
    for exit_ in contract.workflow.reach.outside:
        target, function = exit_.edge.target, exit_.via.function
        name = _by_helper(target.name) if isinstance(target, External) else None
        if name is not None and (function.module, function.number) in functions:
            module = contract.program.modules[exit_.edge.module]
            yield HelperUse(name, module, module.facts.expressions[exit_.edge.at])
    for gate in runbook.gates:
        checks = gate.call.keyword("checks_spec")
        if checks is not None and any(owner.key == step.key for owner in gate.steps):
            yield HelperUse("run_quality_check", gate.module, checks)


def _by_helper(name: str) -> str | None:
    if name == "ntro.workflow.task.previous":
        return "load_previous_task"
    method = base_method(name)
    return method if method in _HELPERS else None
