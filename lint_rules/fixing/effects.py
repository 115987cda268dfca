"""What fixes do to runs in flight: their histories were made by the code as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from lint_rules.finding import Finding

Effect = Literal["commands", "value", "none"]
"""Whether the fixed code issues other commands, or has another value that may decide a branch."""

EFFECTS: Mapping[str, Effect] = {
    "now-utc": "value",
    "utcnow": "value",
    "now-local": "value",
    "today-local": "value",
    "time-time": "value",
    "time-time-ns": "value",
    "add-utc": "value",
    "print-to-logger": "none",
    "logging-to-logger": "none",
    "time-sleep": "commands",
    "asyncio-wait": "commands",
    "asyncio-as-completed": "commands",
    "sorted-set": "commands",
    "sorted-payload": "value",
    "execute-activity": "commands",
    # These change what happens where the workflow task failed, which no history goes beyond.
    "raise-workflow-error": "none",
    "get-key": "none",
    "async-step": "none",
    "add-defn": "none",
    "ui-step": "none",
    "workflow-to-runbook": "none",
    "import-from-ntro": "none",
    "facade-import": "none",
    "import-activity": "none",
    "remove-quotes": "none",
    "remove-mark": "none",
    "quote-value": "none",
    "await-call": "commands",
    "remove-suppression": "none",
    "pin-requirement": "none",
    # What the pinned version cannot import has no runs in flight.
    "raise-pin": "none",
    "remove-requirement": "none",
    "add-extra": "none",
    "spell-requirement": "none",
}
"""By the id of the fix."""


def effects(fixed: Iterable[Finding]) -> frozenset[Effect]:
    """Return what the fixes of some findings do, taken together."""
    return frozenset(EFFECTS[finding.fix.id] for finding in fixed if finding.fix is not None)
