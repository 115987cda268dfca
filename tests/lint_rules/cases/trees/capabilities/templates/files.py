"""Helpers over ntro's capabilities."""

from __future__ import annotations

from ntro.capabilities import storage
from ntro.capabilities.ai import extract as extract_text
from ntro.workflow.agents import invoke


async def read(name: str) -> object:
    return await storage.read_file(name)  # expect: NTR107/sequence


async def extract(name: str) -> object:
    return await extract_text(name)  # expect: NTR107/sequence


async def ask(name: str) -> object:
    return await invoke(name, input={})  # expect: NTR107/sequence


async def read_in_activities(name: str) -> object:
    return await storage.read_file(name)
