"""Handlers for every workflow."""

from __future__ import annotations

from temporalio import workflow

from asked.counting import Counter


class Asked:
    def __init__(self) -> None:
        self.rows: list[str] = []
        self.counter = Counter()

    @workflow.query
    def first_row(self) -> str:
        self.rows.reverse()  # expect: NTR121
        return self.rows[0]

    @workflow.query
    def count(self) -> int:
        return self.counter.next()

    @workflow.query
    def total(self) -> int:
        return self.counter.total(self.rows)

    @workflow.query
    def described(self) -> str:
        return self.describe()

    def describe(self) -> str:
        self.rows.append("described")
        return "base"

    @workflow.signal
    def add(self, name: str) -> None:
        self.rows.append(name)
