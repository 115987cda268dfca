"""The process that runs on a server: `python -m ntro_testkit.replay.server.process`.

One JSON line of `RecordingOrder` comes in on stdin; one goes out on stdout for each scenario, or
one that says what the user has to put right.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.harness import FAKED, WorkflowHarness
from ntro_testkit.history.history import History
from ntro_testkit.import_errors import BundleError
from ntro_testkit.loading import load_bundle
from ntro_testkit.mocks import MockError
from ntro_testkit.replay.recording.variations import variations
from ntro_testkit.replay.server.dev_server import DevServerError, dev_server
from ntro_testkit.replay.server.recording import RecordingOrder
from ntro_testkit.replay.server.scenario import connect, run_on_server
from ntro_testkit.run_data import as_data, plain
from ntro_testkit.runtime.sdk.instance import sandboxed_runner
from ntro_testkit.scenario import HAPPY, Scenario

Answer = Callable[[dict[str, Any]], None]


def main() -> None:
    """Run, and leave without Python's ending."""
    logging.disable()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def answer(data: dict[str, Any]) -> None:
        answers.write(json.dumps(data) + "\n")
        answers.flush()

    order = RecordingOrder(**json.loads(sys.stdin.readline()))
    code = 0
    try:
        with contextlib.suppress(BrokenPipeError):
            _run_or_tell(order, answer)
    except KeyboardInterrupt:
        code = 130
    sys.stderr.flush()
    os._exit(code)


def _run_or_tell(order: RecordingOrder, answer: Answer) -> None:
    """Run, or answer with what the user has to put right."""
    try:
        plan = _plan(order)
        with _server(order.address) as address:
            asyncio.run(_run(plan, order, address, answer))
    except (BundleError, DevServerError, MockError, _NoServerError) as error:
        answer({"problem": str(error)})
    except WorkflowAlreadyStartedError as error:
        answer(
            {
                "problem": f"{order.address}: the workflow {error.workflow_id} is running there "
                f"already: let the other run of this scenario end, or terminate it"
            }
        )
    except RPCError as error:
        answer({"problem": f"{order.address or 'the dev server'}: {error.message}"})


class _NoServerError(RuntimeError):
    """Nobody answers at an address."""


@contextlib.contextmanager
def _server(address: str | None) -> Iterator[str]:
    if address is not None:
        yield address
        return
    with dev_server() as server:
        yield server.address


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an order comes to once the bundle is loaded."""

    harness: WorkflowHarness
    input: Any
    scenarios: list[Scenario]


def _plan(order: RecordingOrder) -> _Plan:
    loaded = load_bundle(order.bundle, workflow_class=order.workflow_class)
    children = [load_bundle(each).workflow_class for each in order.children]
    harness = WorkflowHarness(loaded.workflow_class, child_workflows=children)
    given = order.input if order.has_input else FAKED
    available = available_scenarios(order.bundle)
    if any(name not in available for name in order.scenarios):
        happy = harness.run_sync(input=given, scenario=available[HAPPY.name])
        available = {**{one.name: one for one in variations(happy.trace)}, **available}
    return _Plan(harness, given, [available[name] for name in order.scenarios])


async def _run(plan: _Plan, order: RecordingOrder, address: str, answer: Answer) -> None:
    try:
        client = await connect(address, order.namespace)
    except RuntimeError as error:
        reason = str(error).partition("\n")[0]
        raise _NoServerError(f"{address}: no Temporal server answers: {reason}") from error
    for scenario in plan.scenarios:
        result = await run_on_server(
            client,
            plan.harness,
            input=plan.input,
            scenario=scenario,
            timeout_s=order.timeout_s,
            runner=sandboxed_runner() if order.sandbox else None,
        )
        answer(
            {
                "run": plain(as_data(result)),
                "may_fail": result.may_fail,
                "histories": [_as_data(history) for history in result.histories],
            }
        )


def _as_data(history: History) -> dict[str, Any]:
    return {
        "workflow_id": history.workflow_id,
        "run_id": history.run_id,
        "workflow_type": history.workflow_type,
        "events": history.events,
    }


if __name__ == "__main__":
    main()
