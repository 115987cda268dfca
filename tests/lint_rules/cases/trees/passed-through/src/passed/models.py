"""Plain models."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Row:
    name: str

    def label(self) -> str:
        return self.name.upper()
