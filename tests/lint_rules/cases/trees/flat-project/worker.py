"""Starts the worker; nothing of this is workflow code."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from temporalio.client import Client
from temporalio.worker import Worker

from activities import book
from workflows import Flat


async def main() -> None:
    print("starting at", time.time(), file=sys.stderr)
    client = await Client.connect(os.environ["TEMPORAL_ADDRESS"])
    with ThreadPoolExecutor() as pool:
        worker = Worker(
            client,
            task_queue="flat",
            workflows=[Flat],
            activities=[book],
            activity_executor=pool,
        )
        await worker.run()


if __name__ == "__main__":
    asyncio.run(main())
