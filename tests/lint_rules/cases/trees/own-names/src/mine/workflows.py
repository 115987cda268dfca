"""Uses the names, its own and the real ones."""

from __future__ import annotations

import random as real_random
from datetime import timedelta

from temporalio import activity, workflow

from . import os, random, time
from .random import choice
from .uuid import uuid4

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return value


@workflow.defn
class Mine:
    @workflow.run
    async def run(self, names: list[str]) -> list[object]:
        values = [
            time.time(),
            time.sleep(8),
            time.now(),
            random.random(),
            random.choice(names),
            choice(names),
            os.environ["REGION"],
            os.getpid(),
            os.listdir("."),
            uuid4(),
            real_random.random(),  # expect: NTR103/payload
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
