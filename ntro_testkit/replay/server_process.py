"""The process that records on a server: `python -m ntro_testkit.replay.server_process`.

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
from typing import Any

from temporalio.service import RPCError

from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.harness import WorkflowHarness
from ntro_testkit.import_errors import BundleError
from ntro_testkit.loading import load_bundle
from ntro_testkit.mocks import MockError
from ntro_testkit.replay.dev_server import DevServerError, dev_server
from ntro_testkit.replay.server_recording import RecordingOrder
from ntro_testkit.replay.server_scenario import connect, run_on_server

Answer = Callable[[dict[str, Any]], None]


def main() -> None:
    """Record, and leave without Python's ending."""
    logging.disable()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def answer(data: dict[str, Any]) -> None:
        answers.write(json.dumps(data) + "\n")
        answers.flush()

    order = RecordingOrder(**json.loads(sys.stdin.readline()))
    code = 0
    try:
        with _server(order.address) as address, contextlib.suppress(BrokenPipeError):
            asyncio.run(_record(order, address, answer))
    except (BundleError, DevServerError, MockError) as error:
        answer({"problem": str(error)})
    except RPCError as error:
        answer({"problem": f"{order.address or 'the dev server'}: {error.message}"})
    except RuntimeError as error:
        answer({"problem": str(error).partition("\n")[0]})
    except KeyboardInterrupt:
        code = 130
    sys.stderr.flush()
    os._exit(code)


@contextlib.contextmanager
def _server(address: str | None) -> Iterator[str]:
    if address is not None:
        yield address
        return
    with dev_server() as server:
        yield server.address


async def _record(order: RecordingOrder, address: str, answer: Answer) -> None:
    client = await connect(address, order.namespace)
    loaded = load_bundle(order.bundle, workflow_class=order.workflow_class)
    scenarios = available_scenarios(order.bundle)
    children = [load_bundle(each).workflow_class for each in order.children]
    with WorkflowHarness(loaded.workflow_class, child_workflows=children) as harness:
        for name in order.scenarios:
            result = await run_on_server(
                client, harness, scenario=scenarios[name], timeout_s=order.timeout_s
            )
            answer(
                {
                    "scenario": name,
                    "status": result.status,
                    "error": result.error,
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
            )


if __name__ == "__main__":
    main()
