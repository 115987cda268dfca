"""Runs in the workflow, and the sandbox cannot see it."""

from __future__ import annotations

import os
import time


def stamp() -> float:
    return time.time()  # expect: NTR101/payload


def region() -> str:
    return os.environ["REGION"]  # expect: NTR105/payload
