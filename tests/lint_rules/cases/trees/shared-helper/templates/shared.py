"""Helpers of activities; one of them is called by the workflow too."""

from __future__ import annotations

import random
import time
from pathlib import Path


def shared(name: str) -> str:
    return f"{name}-{time.time()}"  # expect: NTR101/payload


def of_activities(name: str) -> str:
    time.sleep(1)
    return f"{Path(name).read_text()}-{random.random()}"


def pure(name: str) -> str:
    return name.upper()
