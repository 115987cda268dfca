"""The left corner."""

from __future__ import annotations

import random

from .root import Root


class Left(Root):
    def describe(self) -> list[object]:
        return ["left", random.random(), *super().describe()]  # expect: NTR103/payload

    def label(self) -> str:
        return "left"
