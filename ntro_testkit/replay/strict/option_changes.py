"""What activities and children are both started with, held against what a server wrote down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ntro_testkit.history.moments import SECOND, span, spoken

Change = str
"""One change in words: `start-to-close timeout: 2 min -> 5 min`."""


def least(*timeouts: int) -> int:
    """Return the shortest of timeouts, where 0 stands for none."""
    return min((timeout for timeout in timeouts if timeout), default=0)


def task_queue_changes(message: Any, attributes: Any) -> Iterable[Change]:
    """Yield the change of the queue, which a command may leave to its run."""
    had = (attributes.get("taskQueue") or {}).get("name")
    if had and message.task_queue and had != message.task_queue:
        yield f"task queue: {had} -> {message.task_queue}"


def retry_policy_changes(policy: Any, attributes: Any) -> Iterable[Change]:
    """Yield the changes of a retry policy, None for one that a command leaves open."""
    recorded = attributes.get("retryPolicy") or {}
    had = _filled_policy(
        span(recorded.get("initialInterval")),
        float(recorded.get("backoffCoefficient") or 0),
        span(recorded.get("maximumInterval")),
        int(recorded.get("maximumAttempts") or 0),
        recorded.get("nonRetryableErrorTypes") or (),
    )
    now = (
        _filled_policy(0, 0, 0, 0, ())
        if policy is None
        else _filled_policy(
            policy.initial_interval.ToNanoseconds(),
            policy.backoff_coefficient,
            policy.maximum_interval.ToNanoseconds(),
            policy.maximum_attempts,
            policy.non_retryable_error_types,
        )
    )
    for (name, tell), before, after in zip(_POLICY_FIELDS, had, now, strict=True):
        if before != after:
            yield f"retry policy, {name}: {tell(before)} -> {tell(after)}"


def _filled_policy(
    initial: int, coefficient: float, maximum: int, attempts: int, types: Iterable[str]
) -> tuple[Any, ...]:
    """Return a policy with what servers fill in: from 1 s, doubled, up to a hundredfold."""
    initial = initial or SECOND
    return initial, coefficient or 2.0, maximum or 100 * initial, attempts, tuple(types)


_POLICY_FIELDS: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("initial interval", spoken),
    ("backoff coefficient", lambda value: f"{value:g}"),
    ("maximum interval", spoken),
    ("maximum attempts", lambda value: str(value or "no limit")),
    ("errors not retried", lambda value: ", ".join(value) or "none"),
)
"""The fields of `_filled_policy`, and how each is told."""
