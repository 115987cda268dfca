"""Settings of one's own."""

from __future__ import annotations

import os as real_os

environ = {"REGION": "eu"}


def getpid() -> int:
    return 1


def listdir(name: str) -> list[str]:
    return real_os.listdir(name)  # expect: NTR106/sequence
