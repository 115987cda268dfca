"""Stops a session in one line, also from a worker of pytest-xdist, whose own words nobody sees."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

USAGE_ERROR = "ntro_usage_error"


def stop_session(config: pytest.Config, problem: str) -> NoReturn:
    """End the session with exit code 4 and one line on stderr: raises `pytest.UsageError`."""
    output = getattr(config, "workeroutput", None)
    if output is not None:
        output[USAGE_ERROR] = problem
    raise pytest.UsageError(problem)


def stop_if_worker_did(node: Any) -> None:
    """End the controller's session the way a worker's ended."""
    problem = getattr(node, "workeroutput", {}).get(USAGE_ERROR)
    if problem is not None:
        raise pytest.UsageError(problem)
