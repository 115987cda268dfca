"""Where the gates of a class happen: in which functions, through which calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import Expression
from lint_rules.facts.records import Span
from lint_rules.program import Module, ProjectFunction
from lint_rules.runbook_code.runbook import Gate, Runbook, Step
from lint_rules.workflow_code.workflow_code import WorkflowCode

_FAR = 200


@dataclass(frozen=True, slots=True)
class GateSite:
    """A place in a function that opens a gate: the gate itself, or a call that leads to it.

    `step` is the step whose own code this is, None for a helper or `run`.
    """

    gate: Gate
    module: Module
    expression: Expression
    step: Step | None


def sites_of(workflow: WorkflowCode, runbook: Runbook, gate: Gate) -> Iterator[GateSite]:
    """Yield the places that lead to a gate, from the gate outwards.

    The way goes on behind steps too, up to `run`.
    """
    steps = {step.key: step for step in runbook.steps}
    waiting: list[tuple[Module, Expression]] = [(gate.module, gate.call)]
    seen: set[tuple[str, int]] = set()
    functions: set[tuple[str, int]] = set()
    while waiting and len(seen) < _FAR:
        module, expression = waiting.pop()
        if (module.name, expression.number) in seen:
            continue
        seen.add((module.name, expression.number))
        function = module.view.function_of(module.facts.scope_of(expression))
        if function is None or (module.name, function.number) not in runbook.reached:
            continue
        key = (module.name, function.number)
        yield GateSite(gate, module, expression, steps.get(key))
        if key not in functions:
            functions.add(key)
            callers = workflow.reach.callers.get(ProjectFunction(*key), ())
            for edge in callers:
                other = workflow.program.modules[edge.module]
                waiting.append((other, other.facts.expressions[edge.at]))


def sites_in_steps(workflow: WorkflowCode, runbook: Runbook) -> list[tuple[Step, list[GateSite]]]:
    """Return the places in the code of each step that open a gate there, in source order."""
    found: dict[tuple[str, int], dict[int, GateSite]] = {}
    for gate in runbook.gates:
        keys = {step.key for step in gate.steps}
        for site in sites_of(workflow, runbook, gate):
            if site.step is not None and site.step.key in keys:
                found.setdefault(site.step.key, {}).setdefault(site.expression.number, site)
    return [
        (step, sorted(found[step.key].values(), key=_place))
        for step in runbook.steps
        if step.key in found
    ]


def _place(site: GateSite) -> Span:
    return site.module.facts.span(site.expression)
