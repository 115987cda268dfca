"""What the tests reached of each bundle: carried by the tests' reports, told at the end.

Reports travel from pytest-xdist's workers to the controller, so what is on them adds up there. A
gate belongs to the bundle it is written in, also when a parent's test opened it; a bundle has a
line of its own when a test ran it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .runs import COVERAGE, runs_of

if TYPE_CHECKING:
    import pytest

    from ntro_testkit.trace import RunResult

Reached = dict[str, dict[str, dict[str, bool]]]
"""Bundle -> `step` or `decision` -> name -> whether it was reached; no steps: only as a child."""


def attach_coverage(item: pytest.Item) -> None:
    """Put what a test reached on its report."""
    reached: Reached = {}
    for bundle, result in runs_of(item):
        _merge(reached, _reached(bundle, result))
    if reached:
        item.user_properties.append((COVERAGE, json.dumps(reached, separators=(",", ":"))))


def coverage_lines(said: Iterable[str]) -> list[str]:
    """Return a line per bundle that was run, and below it what no test reached."""
    reached: Reached = {}
    for one in said:
        _merge(reached, json.loads(one))
    run = {bundle: kinds for bundle, kinds in sorted(reached.items()) if "step" in kinds}
    width = max(map(len, run), default=0)
    lines = []
    for bundle, found in run.items():
        kinds = {kind: found.get(kind, {}) for kind in ("step", "decision")}
        counts = [f"{kind}s {_count(names)}" for kind, names in kinds.items() if names]
        lines.append(f"{bundle:<{width}}  {', '.join(counts) or 'no steps'}")
        for kind, names in kinds.items():
            missed = [name for name, reached_it in names.items() if not reached_it]
            if missed:
                lines.append(f"{'':<{width}}    missed {kind}s: {', '.join(missed)}")
    return lines


def _count(names: dict[str, bool]) -> str:
    return f"{sum(names.values())}/{len(names)}"


def _reached(bundle: str, result: RunResult) -> Reached:
    reached: Reached = {bundle: {"step": {}, "decision": {}}}
    for item in result.coverage.items:
        if item.kind == "step":
            reached[bundle]["step"][item.name] = item.reached
        elif item.kind == "decision":
            slug, _, decision = item.name.partition("/")
            owner = bundle if slug == result.slug else slug
            reached.setdefault(owner, {}).setdefault("decision", {})[decision] = item.reached
    return reached


def _merge(into: Reached, other: Reached) -> None:
    for bundle, kinds in other.items():
        for kind, names in kinds.items():
            known = into.setdefault(bundle, {}).setdefault(kind, {})
            for name, reached in names.items():
                known[name] = known.get(name, False) or reached
