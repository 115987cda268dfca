"""Objects whose methods Python calls."""

from __future__ import annotations

import os
import random
import time
import uuid
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path


class Clock:
    @property
    def now(self) -> float:
        return time.time()  # expect: NTR101/payload

    @cached_property
    def started(self) -> float:
        return time.monotonic()  # expect: NTR102/payload

    @property
    def name(self) -> str:
        return "clock"

    @property
    def never_read(self) -> float:
        return time.time()


class Rows:
    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> Rows:
        self.text = Path(self.path).read_text()  # expect: NTR106/sequence
        return self

    def __exit__(self, *error: object) -> None:
        os.remove(self.path)  # expect: NTR106/sequence

    def __iter__(self) -> Iterator[str]:
        yield random.choice(self.text.split())  # expect: NTR103

    def __len__(self) -> int:
        return 1

    def __delitem__(self, key: str) -> None:
        os.remove(key)


class Label:
    def __format__(self, spec: str) -> str:
        return str(uuid.uuid4())  # expect: NTR104

    def __str__(self) -> str:
        return "label"


class Money:
    def __init__(self, amount: int) -> None:
        self.amount = amount

    def __radd__(self, other: object) -> object:
        return other, os.getpid()  # expect: NTR105

    def __lt__(self, other: Money) -> bool:
        return random.random() < other.amount  # expect: NTR103

    def __sub__(self, other: object) -> object:
        return other, os.getpid()
