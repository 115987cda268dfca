"""What the gates of a step show: the component and config of their display hint."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.contract.contract import Contract
from lint_rules.declared.running import running_in
from lint_rules.facts.expressions import Attribute, Call, Expression, Name
from lint_rules.program import External, ProjectFunction, Unknown
from lint_rules.runbook_code.read import base_method
from lint_rules.runbook_code.runbook import Gate, Runbook, Step
from lint_rules.runbook_code.written import Value, written

_METHODS = frozenset(
    {
        "wait_for_action",
        "await_signal_with_action",
        "collect_documents",
        "wait_for_signal_predicate",
        "run_step",
        "run_child_workflow",
        "run_child_workflows",
        "load_previous_task",
        "find_committed_document",
        "set_user_feedback",
        "use_ai_config",
        "on_row_action",
        "__init__",
    }
)
"""The methods of `NtroWorkflow` 0.1.2: gates, and what shows nothing; another may be a gate."""

_HARMLESS = ("ntro.", "temporalio.", "builtins.", "asyncio.")


@dataclass(frozen=True, slots=True)
class Hint:
    """What a gate shows; None for what is not written out. `value` is the hint in the code."""

    gate: Gate
    component: str | None
    value: Value | None


def gates_of(runbook: Runbook, step: Step) -> list[Gate]:
    """Return the gates at which a step waits."""
    return [gate for gate in runbook.gates if any(s.key == step.key for s in gate.steps)]


def hint_of(contract: Contract, gate: Gate) -> Hint:
    """Return what a gate shows, its defaults among it (`ntro/workflow/_base.py`)."""
    if gate.kind == "documents":
        return Hint(gate, "MULTI_FILE_UPLOAD", None)
    if any(keyword.name is None for keyword in gate.call.keywords):
        return Hint(gate, None, None)
    given = gate.call.keyword("display_hint")
    hint = None if given is None else written(contract.program, gate.module, given)
    if hint is None or hint.is_none:
        return Hint(gate, _default(contract, gate), None)
    component = hint.get("component")
    return Hint(gate, component.text if component is not None else None, hint)


def _default(contract: Contract, gate: Gate) -> str | None:
    if gate.kind == "review":
        return "APPROVAL_FORM"
    given = gate.call.keyword("action")
    action = None if given is None else written(contract.program, gate.module, given)
    kind = action.get("kind") if action is not None and action.lacks("display_hint") else None
    return "FILE_UPLOAD" if kind is not None and kind.text == "submit_file" else None


def waits_unseen(contract: Contract, runbook: Runbook, step: Step) -> bool:
    """Tell whether a step may wait for somebody at a gate that cannot be seen.

    It may when a child of it waits, when a gate belongs to no step, or when it calls what cannot
    be followed, or sets what is shown by hand.
    """
    if any(not gate.steps for gate in runbook.gates):
        return True
    if any(step.key == owner.key for child in runbook.children for owner in child.steps):
        return True
    return any(_unseen(contract, function) for function in running_in(contract, runbook, step))


def _unseen(contract: Contract, running: ProjectFunction) -> bool:
    module, function = contract.program.function(running)
    if module.view.writes_by_attribute.get("_pending_action"):
        return True
    own = function.parameters[0].name if function.parameters else ""
    return any(
        _may_wait(edge.target, module.facts.expressions[edge.at], own)
        for edge in contract.workflow.walks.edges(running)
    )


def _may_wait(target: object, expression: Expression, own: str) -> bool:
    """Tell whether a call can lead to a gate that is not among those that were found."""
    match target:
        case Unknown():
            return _hands_on(expression, own)
        case External(name):
            method = base_method(name)
            if method is not None:
                return method not in _METHODS
            return not name.startswith(_HARMLESS) and _hands_on(expression, own)
        case _:
            return False


def _hands_on(expression: Expression, own: str) -> bool:
    """Tell whether a call is one of a method of the run, or gives the run away."""
    if not isinstance(expression, Call):
        return True
    called = expression.function
    asked = (called.value,) if isinstance(called, Attribute) else (called,)
    given = (*asked, *expression.arguments, *(k.value for k in expression.keywords))
    return any(isinstance(each, Name) and each.name == own for each in given)
