"""Registered while the module is imported."""

from __future__ import annotations

from .state import handles


@handles("bank")
def handle_bank(name: str) -> str:
    return name.upper()
