"""Reaches up, across and down."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

from .. import common
from ..tools import deep
from ..tools.deep import read as read_file

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return [value, deep.read("rows.csv")]


@workflow.defn
class Levels:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            common.name(),
            deep.top.name(),
            deep.tools_region(),
            deep.stem(name),
            read_file(name),
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
