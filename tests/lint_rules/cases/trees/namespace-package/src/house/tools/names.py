"""Works on names."""

from __future__ import annotations

from uuid import uuid4


def clean(name: str) -> str:
    return name.strip()


def label(name: str) -> str:
    return f"{name}-{uuid4()}"  # expect: NTR104/payload
