"""Something of the SDK is used whose activity the worker does not register.

The worker registers the activities it finds as attributes of `templates/activities.py` and
`templates/workflow.py`, and no others. `load_previous_task`, `find_committed_document` and the
checks of a gate run activities of the SDK, which have to be imported there (D46). Without that the
activity is `not registered on this worker` and is retried for ever: the run hangs. Checks only stay
`running` in the Tenant UI, and the gate still opens.

Bad:

    # templates/activities.py does not import load_previous_task_activity
    previous = await self.load_previous_task(workflow_slug="nav-monthly", entity_id=entity_id)

Good:

    # templates/activities.py
    from ntro.workflow.task import load_previous_task_activity as load_previous_task_activity
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lint_rules.contract.contract import Contract
from lint_rules.contract.registered import (
    LOOKED_THROUGH,
    Attributes,
    looked_through,
)
from lint_rules.facts.expressions import Call, Expression
from lint_rules.finding import Edit, Severity
from lint_rules.program import External, Module
from lint_rules.program.reach import Reached
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.read import activities_of, base_method
from lint_rules.runbook_code.written import written
from lint_rules.workflow_code.observation import Observation


@dataclass(frozen=True, slots=True)
class _Needed:
    """An activity of the SDK: its function, the name it is registered by, what goes wrong."""

    function: str
    registered: str
    source: str
    severity: Severity
    consequence: str


_HANGS = "the worker does not know it, and the run hangs"
_PREVIOUS = _Needed(
    "load_previous_task_activity", "load_previous_task", "ntro.workflow.task", "error", _HANGS
)
_COMMITTED = _Needed(
    "find_committed_document_activity",
    "find_committed_document",
    "ntro.workflow.task",
    "error",
    _HANGS,
)
_CHECKS = _Needed(
    "run_quality_check",
    "run_quality_check",
    "ntro.capabilities.checks",
    "warning",
    "the checks stay `running` for ever",
)

_BY_FUNCTION = {
    "ntro.workflow.task.previous": _PREVIOUS,
    "ntro.workflow.task.find_committed_document": _COMMITTED,
    "ntro.workflow.find_committed_document": _COMMITTED,
}
_BY_METHOD = {"load_previous_task": _PREVIOUS, "find_committed_document": _COMMITTED}


@dataclass(frozen=True, slots=True)
class _Use:
    needed: _Needed
    module: Module
    at: Expression
    via: Reached


def check(contract: Contract) -> Iterator[Observation]:
    """Report uses of the SDK's activities that neither module brings to the worker."""
    uses = list(_uses(contract))
    modules = looked_through(contract) if uses else ()
    if not modules or not all(module.are_known for module in modules):
        return
    known: dict[str, bool] = {}
    for use in uses:
        needed = use.needed
        if needed.function not in known:
            known[needed.function] = _is_there(contract, modules, needed)
        if not known[needed.function]:
            edits = _import(contract, needed)
            yield Observation(
                module=use.module,
                span=use.module.facts.span(use.at),
                message=f"`{needed.function}` is not imported in `templates/activities.py`:"
                f" {needed.consequence}",
                alternative=f"`from {needed.source} import {needed.function}` there",
                via=use.via,
                severity=needed.severity,
                fix="import-activity" if edits else None,
                applicability="safe",
                edits=edits,
            )


def _import(contract: Contract, needed: _Needed) -> tuple[Edit, ...]:
    if contract.files is None:
        return ()
    from lint_rules.fixes.re_export import re_export

    return re_export(contract.files.text(LOOKED_THROUGH[0]), needed.source, needed.function)


def _is_there(contract: Contract, modules: Iterable[Attributes], needed: _Needed) -> bool:
    if any(module.has_sdk_function(needed.function) for module in modules):
        return True
    own = (a for module in contract.templates for a in activities_of(contract.program, module))
    return any(activity.name == needed.registered for activity in own)


def _uses(contract: Contract) -> Iterator[_Use]:
    for runbook in contract.runbooks:
        for gate in runbook.gates:
            spec = gate.call.keyword("checks_spec")
            if spec is not None and not _is_empty(contract, gate.module, spec):
                yield _Use(_CHECKS, gate.module, spec, gate.via)
    for exit_ in contract.workflow.reach.outside:
        target = exit_.edge.target
        if not isinstance(target, External):
            continue
        needed = _BY_FUNCTION.get(target.name) or _BY_METHOD.get(base_method(target.name) or "")
        if needed is not None:
            module = contract.program.modules[exit_.edge.module]
            found = module.facts.expressions[exit_.edge.at]
            at = found.function if isinstance(found, Call) else found
            yield _Use(needed, module, at, exit_.via)


def _is_empty(contract: Contract, module: Module, spec: Expression) -> bool:
    value = written(contract.program, module, spec)
    return value.is_none or (value.kind == "sequence" and value.complete and not value.items)


RULE = Rule(
    code="NTR425",
    name="missing-re-export",
    summary="an activity of the SDK is used and not imported in `activities.py`",
    explanation=__doc__,
    contract=check,
    fix="safe",
)
