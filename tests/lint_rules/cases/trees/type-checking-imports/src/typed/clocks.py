"""Clocks, known to the workflow by annotation."""

from __future__ import annotations

import time
from pathlib import Path


class Clock:
    def now(self) -> float:
        return time.time()  # expect: NTR101/payload

    def never_called(self) -> float:
        return time.time()


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        return [path.name for path in self.path.iterdir()]  # expect: NTR106/sequence


class FixedClock:
    def now(self) -> float:
        return 0.0


def clock_of(name: str) -> Clock:
    raise NotImplementedError(name)
