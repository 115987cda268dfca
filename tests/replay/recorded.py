"""Histories in files, as the tests need them."""

from __future__ import annotations

import json
from pathlib import Path

from ntro_testkit.history.history import History


def read(path: Path) -> History:
    """Return the history in a file."""
    events = json.loads(path.read_text("utf-8"))["events"]
    started = events[0]["workflowExecutionStartedEventAttributes"]
    return History(
        started["workflowId"],
        started["originalExecutionRunId"],
        started["workflowType"]["name"],
        events,
        str(path),
    )
