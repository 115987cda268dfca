"""What a gate is called in messages."""

from __future__ import annotations

from ntro_testkit.trace import Gate


def named(gate: Gate) -> str:
    """Return how a gate is called in a message: by its step, or by the signal it waits for."""
    name = gate.step or gate.signal_name
    return f"gate `{name}`" if name else f"a gate `{gate.kind}`"
