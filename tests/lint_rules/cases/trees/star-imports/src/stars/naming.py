"""Names without `__all__`: all but those with an underscore."""

from __future__ import annotations

from uuid import uuid4


def label() -> str:
    return str(uuid4())  # expect: NTR104/payload


def _secret() -> str:
    return str(uuid4())


def overridden() -> str:
    return str(uuid4())
