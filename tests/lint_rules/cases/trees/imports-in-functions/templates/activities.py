"""Imports late too."""

from __future__ import annotations

from ntro.workflow import activity


@activity.defn
async def load(value: object) -> object:
    import requests

    from .clocks import of_activities

    return [value, of_activities(), requests.get("https://example.test")]
