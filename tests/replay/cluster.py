"""A cluster to fetch from, in a process of its own: `python -m tests.replay.cluster`.

It has a run of a sample bundle, and one that nobody works on, all with encoded payloads. It prints
its address; a line on stdin ends the second run, the end of stdin the process.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import os
import sys

from temporalio.client import Client

from ntro_testkit import HAPPY, REJECT_ALL, WorkflowHarness
from ntro_testkit.replay.server.dev_server import dev_server
from ntro_testkit.replay.server.identity import IDENTITY
from ntro_testkit.replay.server.scenario import run_on_server
from ntro_testkit.runtime.sdk.instance import DATA_CONVERTER
from tests.bundles import ROOT
from tests.replay.reversing import Reversing

BUNDLE = ROOT / "fixtures" / "runbooks" / "petty-cash"
ODD_ID = "../an odd id/ü"


async def serve(address: str) -> None:
    converter = dataclasses.replace(DATA_CONVERTER, payload_codec=Reversing())
    client = await Client.connect(address, data_converter=converter, identity=IDENTITY)
    with WorkflowHarness(BUNDLE) as harness:
        for scenario in (HAPPY, REJECT_ALL):
            result = await run_on_server(client, harness, scenario=scenario)
            assert result.status == "completed", result.error
    unfinished = await client.start_workflow(
        "PettyCashWorkflow", "nobody reads this", id=ODD_ID, task_queue="nobody-works-here"
    )
    while await _count(client, "") < 3 or await _count(client, "ExecutionStatus='Running'") != 1:
        # What lists workflows learns of them a little later.
        await asyncio.sleep(0.05)
    print(address, flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await unfinished.terminate()
    print("terminated", flush=True)
    await asyncio.to_thread(sys.stdin.readline)


async def _count(client: Client, query: str) -> int:
    return (await client.count_workflows(query)).count


def main() -> None:
    logging.disable()
    with dev_server() as server:
        asyncio.run(serve(server.address))
    os._exit(0)


if __name__ == "__main__":
    main()
