"""Runs that do not just complete, on a real server: `python -m tests.replay.odd_runs FILE`.

Each is a small bundle of its own, written and run in this process; FILE gets what came of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from temporalio.client import Client

from ntro_testkit import StandIn, WorkflowHarness
from ntro_testkit.mocks import MockError
from ntro_testkit.replay.fetching.files import write_whole
from ntro_testkit.replay.server.dev_server import dev_server
from ntro_testkit.replay.server.scenario import connect, run_on_server
from ntro_testkit.runtime.failures import ApplicationError
from tests.bundles import write_bundle

ADD = """
@activity.defn
async def add(first: int, second: int) -> int:
    return first + second
"""

CHILD = "return await self.run_child_workflow(slug='other', input={'n': 1}, step_id='s')"


async def later(first: int, second: int) -> int:
    await asyncio.sleep(0.05)
    return first * second


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "returns_at_once": ({"run": "return 7", "returns": "int"}, {}),
    "fake": ({"run": "return await do(add, 1, 2)", "activities": ADD, "returns": "int"}, {}),
    "real": (
        {"run": "return await do(add, 1, 2)", "activities": ADD, "returns": "int"},
        {"real": ["add"]},
    ),
    "asynchronous_mock": (
        {"run": "return await do(add, 4, 5)", "activities": ADD, "returns": "int"},
        {"mocks": {"add": later}},
    ),
    "mock_fails": (
        {"run": "return await do(add, 1, 2)", "activities": ADD},
        {"mocks": {"add": ValueError("no")}},
    ),
    "mock_used_up": (
        {"run": "return await do(add, 1, 2)", "activities": ADD},
        {"mocks": {"add": []}},
    ),
    "wrong_result": (
        {"run": "return await do(add, 1, 2)", "activities": ADD},
        {"mocks": {"add": "a word"}},
    ),
    "wrong_argument": ({"run": "return await do(add, 'a', 2)", "activities": ADD}, {}),
    "too_few_arguments": ({"run": "return await do(add, 1)", "activities": ADD}, {}),
    "unregistered": ({"run": "return await do('nobody.has_it', 1)"}, {}),
    "name_error": ({"run": "return undefined_name"}, {}),
    "fails": ({"run": "raise WorkflowError('by plan', type='PLANNED')"}, {}),
    "long_sleep": ({"run": "await asyncio.sleep(3600)"}, {}),
    "nobody_signals": (
        {"run": "await runbook.wait_condition(lambda: False)"},
        {},
    ),
    "short_sleep": ({"run": "await asyncio.sleep(0.2)\nreturn 1", "returns": "int"}, {}),
    "unknown_child": ({"run": CHILD}, {}),
    "stand_in": (
        {"run": CHILD},
        {"child_workflows": [StandIn("other", happy=lambda data: {"got": data["n"]})]},
    ),
    "failing_stand_in": (
        {"run": CHILD},
        {"child_workflows": [StandIn("other", happy=ApplicationError("no", type="NO"))]},
    ),
    "cancels": (
        {
            "run": """
            task = asyncio.ensure_future(do("nobody.has_it", 1))
            await asyncio.sleep(0.1)
            task.cancel()
            try:
                await task
            except ActivityError as error:
                return type(error.cause).__name__
            """,
        },
        {},
    ),
}
"""Name -> the parts of the bundle, and the options of the harness."""


async def outcome(client: Client, folder: Path, name: str) -> dict[str, Any]:
    parts, options = CASES[name]
    bundle = write_bundle(folder, name.replace("_", "-"), **parts)
    with WorkflowHarness(bundle, **options) as harness:
        try:
            result = await run_on_server(client, harness, timeout_s=10)
        except MockError as error:
            return {"status": "MockError", "error": str(error)}
    return {
        "status": result.status,
        "result": result.result,
        "error": result.error,
        "line": result.line.line if result.line else None,
        "activities": [[call.source, call.result, call.error] for call in result.activities],
        "children": [[child.slug, child.status, child.stand_in] for child in result.children],
        "timers": [[timer.seconds, timer.outcome] for timer in result.timers],
        "histories": len(result.histories),
        "took": result.duration_s,
    }


async def run_all(address: str, folder: Path) -> dict[str, Any]:
    client = await connect(address)
    outcomes = await asyncio.gather(*(outcome(client, folder, name) for name in CASES))
    left = [each.id async for each in client.list_workflows("ExecutionStatus='Running'")]
    return {**dict(zip(CASES, outcomes, strict=True)), "left_running": left}


INTERRUPTED_AFTER_S = (0.0, 0.05, 0.2)
"""Before the worker is told to work, while the workflow is started, and while it waits."""


class InterruptionError(Exception):
    """What leaves `asyncio.run` while a run is under way, so that everything is cancelled."""


async def interrupted_run(address: str, bundle: Path, after_s: float) -> None:
    client = await connect(address)
    harness = WorkflowHarness(bundle)
    task = asyncio.create_task(run_on_server(client, harness, timeout_s=60))
    await asyncio.sleep(after_s)
    raise InterruptionError(task.get_name())


def interrupt_runs(address: str, folder: Path) -> list[float]:
    """Interrupt a run at several moments, and return the seconds it took to end."""
    took = []
    for after_s in INTERRUPTED_AFTER_S:
        waits = {"run": "await runbook.wait_condition(lambda: False)"}
        bundle = write_bundle(folder, f"interrupted-{len(took)}", **waits)
        began = time.monotonic()
        with contextlib.suppress(InterruptionError):
            asyncio.run(interrupted_run(address, bundle, after_s))
        took.append(time.monotonic() - began)
    return took


def main(file: Path) -> None:
    logging.disable()
    with tempfile.TemporaryDirectory() as folder, dev_server() as server:
        interrupted = interrupt_runs(server.address, Path(folder))
        done = asyncio.run(run_all(server.address, Path(folder)))
        done["interrupted"] = interrupted
    write_whole(file, json.dumps(done).encode())
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
