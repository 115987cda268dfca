"""Models: what is made with them counts where they are made."""

from __future__ import annotations

import os
import random
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel, Field, field_validator


def new_id() -> str:
    return uuid.uuid4().hex  # expect: NTR104


class Base(BaseModel):
    id: str = Field(default_factory=new_id)


class Journal(Base):
    period: str
    made_at: datetime = Field(default_factory=datetime.now)  # expect: NTR101

    @field_validator("period")
    @classmethod
    def check_period(cls, value: str) -> str:
        return value or os.environ["PERIOD"]  # expect: NTR105


@dataclass
class Line:
    amount: int
    order: float = field(default_factory=random.random)  # expect: NTR103

    def __post_init__(self) -> None:
        self.made = time.time_ns()  # expect: NTR101


class Loaded(BaseModel):
    """Made by activities alone."""

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    made_at: datetime = Field(default_factory=datetime.now)

    @field_validator("id")
    @classmethod
    def check_id(cls, value: str) -> str:
        return value or os.environ["ID"]


@dataclass
class LoadedLine:
    """Made by activities alone."""

    amount: int

    def __post_init__(self) -> None:
        self.made = time.time_ns()


class Plain(BaseModel):
    names: list[str] = Field(default_factory=list)
    period: str = "2026-01"
