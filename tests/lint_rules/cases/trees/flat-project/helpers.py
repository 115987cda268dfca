"""Helpers of the workflow."""

from __future__ import annotations

import random
import time


def choose(names: list[str]) -> str:
    return random.choice(names)  # expect: NTR103/payload


def is_night() -> bool:
    return time.localtime().tm_hour < 6  # expect: NTR101/sequence


def clean(name: str) -> str:
    return name.strip()


def of_activities(names: list[str]) -> str:
    return random.choice(names)
