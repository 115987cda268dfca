"""What the run is given and answers."""

from __future__ import annotations

from pydantic import BaseModel, Field


class HourlyContext(BaseModel):
    """Input of the run."""

    count: int = Field(default=24, ge=1)


class HourlyResult(BaseModel):
    """What a parent runbook reads."""

    looks: int
