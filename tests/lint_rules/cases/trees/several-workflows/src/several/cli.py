"""The command line: it may do anything."""

from __future__ import annotations

import asyncio
import sys
import time
import uuid

from temporalio.client import Client

from several.parent import Parent

STARTED = time.time()


async def start(name: str) -> None:
    client = await Client.connect("localhost:7233")
    await client.execute_workflow(Parent.run, name, id=str(uuid.uuid4()), task_queue="several")
    print("took", time.time() - STARTED)


if __name__ == "__main__":
    asyncio.run(start(sys.argv[1]))
