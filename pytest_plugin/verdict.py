"""Says in one line why a run must not have ended as it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntro_testkit.trace import RunResult


def problem_of(result: RunResult) -> str | None:
    """Return why a run must not end as it did, None when it passes (`RunResult.passed`)."""
    if result.passed:
        return None
    if result.ended_well:
        first, *others = result.verdicts
        more = f" (and {len(others)} more)" if others else ""
        return f"{first.code} {first.name}: {first.message}{more}"
    error = (result.error or "no message").splitlines()[0]
    if result.status == "failed":
        return f"failed, though the scenario provoked no failure: {error}"
    return f"{result.status}: {error}"
