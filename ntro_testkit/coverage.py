"""What of a bundle a run reached: steps, gates x decisions, signals, activities, children."""

from __future__ import annotations

from collections.abc import Iterable

from ntro_testkit.decisions import REVIEW
from ntro_testkit.runtime.definitions import WorkflowDefinition, steps_of
from ntro_testkit.trace import Coverage, CoverageItem, RunResult, run_tree

DECISIONS = ("approved", "rejected")
"""What a review gate can be answered with; a scenario reaches one of them at each opening."""


def coverage_of(
    result: RunResult,
    definition: WorkflowDefinition,
    activities: Iterable[str],
    children: Iterable[str],
) -> Coverage:
    """Compare what a run did with what its root declares and which activities, children exist."""
    items: list[CoverageItem] = []
    entered = set(result.steps_entered)
    items += [
        CoverageItem("step", step, step in entered) for step in steps_of(definition.workflow_class)
    ]
    items += _decisions(result)
    sent = {s.name for s in result.signals if s.workflow_id == result.workflow_id and not s.problem}
    items += [CoverageItem("signal", name, name in sent) for name in sorted(definition.signals)]
    called = {call.name for call in result.activities}
    items += [CoverageItem("activity", name, name in called) for name in activities]
    started = {child.slug for child in run_tree(result.children)}
    known = sorted({*children, *started})
    items += [CoverageItem("child", slug, slug in started) for slug in known]
    return Coverage(tuple(items))


def _decisions(result: RunResult) -> list[CoverageItem]:
    reached = {(gate.slug, gate.step, gate.verdict) for gate in result.gates if gate.kind == REVIEW}
    gates = dict.fromkeys((slug, step) for slug, step, _ in sorted(reached, key=str))
    return [
        CoverageItem("decision", f"{slug}/{step}={decision}", (slug, step, decision) in reached)
        for slug, step in gates
        for decision in DECISIONS
    ]
