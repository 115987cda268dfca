"""At the top."""

from __future__ import annotations

import os


def region() -> str:
    return os.environ["REGION"]  # expect: NTR105/payload


def name() -> str:
    return "levels"
