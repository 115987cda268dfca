"""Modules side by side, without a package."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

import helpers
from activities import book
from helpers import choose as pick

SHORT = timedelta(minutes=5)


@workflow.defn
class Flat:
    @workflow.run
    async def run(self, names: list[str]) -> str:
        name = pick(names)
        if helpers.is_night():
            name = helpers.clean(name)
        return await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)
