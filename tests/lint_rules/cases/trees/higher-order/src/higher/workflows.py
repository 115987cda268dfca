"""Passes functions on."""

from __future__ import annotations

import functools
from datetime import timedelta

from temporalio import activity, workflow

from higher import parts
from higher.tools import Pipeline, compose, each, retry

SHORT = timedelta(minutes=5)

label_fund = functools.partial(parts.labelled, prefix="fund-")


@activity.defn
async def book(value: object) -> str:
    return parts.passed_to_nobody(str(value))


@workflow.defn
class Higher:
    @workflow.run
    async def run(self, names: list[str]) -> str:
        names = each(names, parts.stamped)
        names = each(names, parts.plain)
        names = each(names, label_fund)
        clean = compose(parts.plain, parts.shuffled)
        located = Pipeline(clean=parts.located).run(clean(names[0]))
        return await retry(3, functools.partial(self._book, located))

    async def _book(self, name: str) -> str:
        return await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)
