"""What of a bundle a run reached: steps, gates x decisions, signals, activities, children."""

from __future__ import annotations

from collections.abc import Iterable

from ntro_testkit.runtime.definitions import WorkflowDefinition
from ntro_testkit.trace import Coverage, CoverageItem, RunResult

DECISIONS = ("approved", "rejected")
"""What a review gate can be answered with; a scenario reaches one of them at each opening."""


def coverage_of(
    result: RunResult, definition: WorkflowDefinition, activities: Iterable[str]
) -> Coverage:
    """Compare what a run did with what the root workflow declares; `activities` are all names."""
    items: list[CoverageItem] = []
    entered = set(result.steps_entered)
    items += [CoverageItem("step", step, step in entered) for step in _steps(definition)]
    items += _decisions(result)
    sent = {s.name for s in result.signals if s.workflow_id == result.workflow_id and not s.problem}
    items += [CoverageItem("signal", name, name in sent) for name in sorted(definition.signals)]
    called = {call.name for call in result.activities}
    items += [CoverageItem("activity", name, name in called) for name in activities]
    started = {child.slug for child in result.children}
    items += [CoverageItem("child", slug, True) for slug in sorted(started)]
    return Coverage(tuple(items))


def _steps(definition: WorkflowDefinition) -> list[str]:
    """Return the steps in definition order, inherited ones included (unlike D48)."""
    steps: dict[str, None] = {}
    for cls in reversed(definition.workflow_class.__mro__):
        for member in vars(cls).values():
            declared = getattr(member, "__ntro_ui_step__", None)
            if isinstance(declared, dict) and declared.get("name"):
                steps[str(declared["name"])] = None
    return list(steps)


def _decisions(result: RunResult) -> list[CoverageItem]:
    reached = {
        (gate.slug, gate.step, gate.verdict)
        for gate in result.gates
        if gate.kind == "interactive_review"
    }
    gates = dict.fromkeys((slug, step) for slug, step, _ in sorted(reached, key=str))
    return [
        CoverageItem("decision", f"{slug}/{step}={decision}", (slug, step, decision) in reached)
        for slug, step in gates
        for decision in DECISIONS
    ]
