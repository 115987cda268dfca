"""The seed Temporal gives a workflow's random numbers, from the run it belongs to.

Source: the Rust core hashes the run id with SipHash-1-3 under a zero key, as Rust hashes a string
(its bytes and then 0xff). Old histories must keep their numbers, so it can never change.
"""

from __future__ import annotations

from functools import lru_cache

_MASK = (1 << 64) - 1


@lru_cache(maxsize=64)
def randomness_seed(run_id: str) -> int:
    """Return the seed (64 bits) of the first run's id, `original_execution_run_id`."""
    return _siphash_1_3(run_id.encode() + b"\xff")


def _siphash_1_3(data: bytes) -> int:
    state = [0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573]
    whole = len(data) - len(data) % 8
    words = [int.from_bytes(data[at : at + 8], "little") for at in range(0, whole, 8)]
    words.append((len(data) & 0xFF) << 56 | int.from_bytes(data[whole:], "little"))
    for word in words:
        state[3] ^= word
        _round(state)
        state[0] ^= word
    state[2] ^= 0xFF
    for _ in range(3):
        _round(state)
    return state[0] ^ state[1] ^ state[2] ^ state[3]


def _round(state: list[int]) -> None:
    v0, v1, v2, v3 = state
    v0 = (v0 + v1) & _MASK
    v1 = _rotated(v1, 13) ^ v0
    v0 = _rotated(v0, 32)
    v2 = (v2 + v3) & _MASK
    v3 = _rotated(v3, 16) ^ v2
    v0 = (v0 + v3) & _MASK
    v3 = _rotated(v3, 21) ^ v0
    v2 = (v2 + v1) & _MASK
    v1 = _rotated(v1, 17) ^ v2
    v2 = _rotated(v2, 32)
    state[:] = v0, v1, v2, v3


def _rotated(value: int, by: int) -> int:
    return (value << by | value >> (64 - by)) & _MASK
