"""Notices names in a scenario that mean nothing in a run: a misspelt step is never decided."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ntro_testkit.runtime.definitions import steps_of
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import Trace, run_tree


def unknown_names(scenario: Scenario, classes: Iterable[type], trace: Trace) -> list[str]:
    """Return a sentence for each step or signal a scenario names and no workflow of the run has."""
    named = _named(scenario)
    if not named:
        return []
    known = {"start"}
    for workflow_class in classes:
        known.update(steps_of(workflow_class))
    known.update(step for _, step in trace.steps_entered)
    known.update(gate.signal_name for gate in trace.gates if gate.signal_name)
    known.update(child.slug for child in run_tree(trace.children))
    sentences = []
    for name in named:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            sentences.append(
                f"scenario `{scenario.name}` names `{name}`, "
                f"which no workflow of this run has{hint}"
            )
    return sentences


def _named(scenario: Scenario) -> list[str]:
    names = [
        *scenario.review_overrides,
        *scenario.corrections,
        *scenario.decisions,
        *scenario.row_actions,
        *scenario.timeouts,
        *scenario.signals,
    ]
    return list(dict.fromkeys(names))
