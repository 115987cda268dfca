"""A real server for tests, and runs of the sample bundles on it, in a process of their own.

`python -m tests.replay.servers FILE` runs every sample bundle through every scenario, writes what
came of it into FILE as JSON, and leaves without Python's ending, in which temporalio's core aborts
now and then.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from ntro_testkit import Scenario, WorkflowHarness
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.replay.fetching.files import write_whole
from ntro_testkit.replay.server.dev_server import dev_server
from ntro_testkit.replay.server.scenario import connect, run_on_server
from ntro_testkit.siblings import find_children
from tests.bundles import ROOT
from tests.replay.hurried import HurriedRunner

BUNDLES = sorted((ROOT / "fixtures" / "runbooks").iterdir())
AT_ONCE = 8
"""Runs under way together; more only make each other's timers come too early."""

SHORT = timedelta(seconds=2)
"""What a timer that is to fire lasts at least: longer than all else a run has to do by then."""


async def run_all(address: str) -> dict[str, Any]:
    client = await connect(address)
    places = asyncio.Semaphore(AT_ONCE)
    done: dict[str, Any] = {}

    async def run(harness: WorkflowHarness, scenario: Scenario) -> None:
        async with places:
            runner = HurriedRunner(scenario.timeouts, SHORT)
            result = await run_on_server(client, harness, scenario=scenario, runner=runner)
        done[f"{harness.definition.slug}/{scenario.name}"] = {
            "status": result.status,
            "error": result.error,
            "steps_completed": result.steps_completed,
            "steps_entered": result.steps_entered,
            "gates": [[gate.slug, gate.step, gate.verdict] for gate in result.gates],
            "signals": [[sent.name, sent.problem] for sent in result.signals],
            "activities": sorted([call.name, call.source] for call in result.activities),
            "children": [[child.slug, child.status] for child in result.children],
            "histories": [
                {
                    "workflow_id": history.workflow_id,
                    "run_id": history.run_id,
                    "workflow_type": history.workflow_type,
                    "events": history.events,
                }
                for history in result.histories
            ],
        }

    planned = []
    for bundle in BUNDLES:
        harness = WorkflowHarness(bundle, child_workflows=find_children(bundle))
        planned += [(harness, each) for each in available_scenarios(bundle).values()]
    # Those that take longest begin first: what waits for a timer, then what has children.
    planned.sort(key=lambda each: (not each[1].timeouts, not each[0].child_workflows))
    async with asyncio.TaskGroup() as runs:
        for harness, scenario in planned:
            runs.create_task(run(harness, scenario))
    return done


def main(file: Path) -> None:
    logging.disable()
    with dev_server() as server:
        done = asyncio.run(run_all(server.address))
    write_whole(file, json.dumps(done).encode())
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
