"""Models."""

from __future__ import annotations

from pydantic import BaseModel


class Rows(BaseModel):
    rows: list[str]

    @property
    def first(self) -> str:
        return self.rows[0]
