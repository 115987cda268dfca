"""When a failed activity is tried again: Temporal's retry policies.

Source of the defaults (a policy nobody gave, and what one leaves out): 1 s before the first retry,
each wait twice the one before, at most 100 times the first, attempts without limit.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ntro_testkit.runtime.failures import ApplicationError


@dataclass(frozen=True, slots=True)
class Retries:
    """One activity's policy, in seconds; zero attempts mean no limit.

    `deadline` is the schedule-to-close timeout, counted from the first attempt, or None.
    """

    first_wait: float = 1.0
    factor: float = 2.0
    longest_wait: float = 100.0
    attempts: int = 0
    final_types: Collection[str] = ()
    deadline: float | None = None

    def wait_after(self, attempt: int, error: BaseException, elapsed: float) -> float | None:
        """Return the seconds until the next attempt, None when this failure is final.

        `attempt` counts from 1, `elapsed` are the seconds since the activity was scheduled.
        """
        if _is_final(error, self.final_types) or attempt == self.attempts:
            return None
        wait = _wanted_by(error)
        if wait is None:
            wait = self._wait(attempt)
        if self.deadline is not None and elapsed + wait >= self.deadline:
            return None
        return wait

    def _wait(self, attempt: int) -> float:
        try:
            return min(self.first_wait * self.factor ** (attempt - 1), self.longest_wait)
        except OverflowError:
            return self.longest_wait


def retries_of(command: Any) -> Retries:
    """Read the policy of temporalio's command that schedules an activity."""
    deadline = command.schedule_to_close_timeout.ToNanoseconds() / 1e9 or None
    if not command.HasField("retry_policy"):
        return Retries(deadline=deadline)
    policy = command.retry_policy
    first = policy.initial_interval.ToNanoseconds() / 1e9 or 1.0
    return Retries(
        first_wait=first,
        factor=policy.backoff_coefficient or 2.0,
        longest_wait=policy.maximum_interval.ToNanoseconds() / 1e9 or 100 * first,
        attempts=policy.maximum_attempts,
        final_types=tuple(policy.non_retryable_error_types),
        deadline=deadline,
    )


def _is_final(error: BaseException, final_types: Collection[str]) -> bool:
    if isinstance(error, ApplicationError):
        return error.non_retryable or (error.type or type(error).__name__) in final_types
    return type(error).__name__ in final_types


def _wanted_by(error: BaseException) -> float | None:
    """Return the wait an `ApplicationError` asks for itself."""
    wanted = getattr(error, "next_retry_delay", None)
    return wanted.total_seconds() if wanted else None
