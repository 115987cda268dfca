"""An object of the workflow."""

from __future__ import annotations


class Counter:
    def __init__(self) -> None:
        self.value = 0

    def next(self) -> int:
        self.value += 1  # expect: NTR121
        return self.value

    def total(self, rows: list[str]) -> int:
        seen: list[str] = []
        for row in rows:
            seen.append(row)
        return self.value + len(seen)
