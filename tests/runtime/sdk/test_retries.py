"""Retry policies, as properties: waits grow, stay below their limit, and come to an end."""

from __future__ import annotations

import pytest

pytest.importorskip("temporalio", reason="the backend is temporalio's")

from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit.runtime.sdk.retries import Retries

ERROR = ValueError("no")
POLICIES = st.builds(
    Retries,
    first_wait=st.floats(0.001, 1000),
    factor=st.floats(1, 1e6),
    longest_wait=st.floats(1000, 1e6),
    attempts=st.integers(1, 40),
    deadline=st.none() | st.floats(0.001, 1e6),
)


def waits(policy: Retries) -> list[float]:
    """Return the waits of an activity that fails until its policy gives up."""
    found: list[float] = []
    attempt, elapsed = 1, 0.0
    while (wait := policy.wait_after(attempt, ERROR, elapsed)) is not None:
        found.append(wait)
        attempt, elapsed = attempt + 1, elapsed + wait
    return found


@given(POLICIES)
def test_waits_grow_up_to_the_longest(policy: Retries) -> None:
    found = waits(policy)
    assert found == sorted(found)
    assert all(policy.first_wait <= wait <= policy.longest_wait for wait in found)


@given(POLICIES)
def test_attempts_and_the_deadline_are_kept(policy: Retries) -> None:
    found = waits(policy)
    assert len(found) < policy.attempts
    assert policy.deadline is None or sum(found) < policy.deadline


@given(st.integers(1, 10**6))
def test_without_a_limit_there_is_always_another_attempt(attempt: int) -> None:
    assert Retries().wait_after(attempt, ERROR, 0.0) == min(2.0 ** min(attempt - 1, 10), 100.0)
