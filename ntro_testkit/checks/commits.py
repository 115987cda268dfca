"""Which activities leave something behind that people rely on, told by their names.

Nothing else tells: bundles run on fakes, and an activity that stores rows looks like one that reads
them. The usual name is `<slug>.<verb>_<object>` (contract 3.5).
"""

from __future__ import annotations

import re

VERBS = frozenset(
    {
        *("book", "commit", "finalise", "finalize", "insert", "pay", "persist", "post"),
        *("publish", "record", "save", "settle", "store", "submit", "transfer", "upsert", "write"),
    }
)
"""What is done for good. Verbs of which half the activities only work something out, such as
`create` and `apply`, or clear something away, such as `delete`, are left out."""

BEST_EFFORT = frozenset(
    {
        *("audit", "cache", "checkpoint", "comment", "draft", "email", "event", "events", "hint"),
        *("log", "logs", "mail", "message", "metric", "metrics", "note", "notice", "notification"),
        *("preview", "progress", "reminder", "slack", "snapshot", "stats", "status", "telemetry"),
        *("temp", "tmp", "trace", "usage"),
    }
)
"""Objects a run may do without: `post_comment`, `write_audit_log`."""

VERIFYING = frozenset({"check", "confirm", "reconcile", "validate", "verify"})
"""What looks whether something was done; in a run on fakes it finds that it was."""

DONE = frozenset(
    {
        *("booked", "closed", "committed", "complete", "completed", "done", "finished", "ok"),
        *("paid", "persisted", "posted", "published", "recorded", "saved", "settled", "stored"),
        *("submitted", "succeeded", "success", "successful", "transferred", "written"),
    }
)
"""How a result says that everything was done."""

REJECTION = frozenset(
    {
        *("correction", "corrections", "decision", "decisions", "decline", "declined", "feedback"),
        *("outcome", "reason", "reasons", "refusal", "refused", "reject", "rejected", "rejection"),
        *("rejections", "reversal", "review", "reviews"),
    }
)
"""Objects that a rejection leaves behind: `store_rejection`, `record_decision`."""

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def is_commit(activity: str) -> bool:
    """Tell whether an activity, by its name, does something for good."""
    first, *others = _words(activity)
    return first in VERBS and not BEST_EFFORT & set(others)


def notes_rejection(activity: str) -> bool:
    """Tell whether an activity, by its name, keeps what became of a review, or takes back."""
    return bool(REJECTION & set(_words(activity)))


def verifies(activity: str) -> bool:
    """Tell whether an activity, by its name, looks whether something was done."""
    return _words(activity)[0] in VERIFYING


def is_done(word: object) -> bool:
    """Tell whether a word of a result says that everything was done."""
    return isinstance(word, str) and word.lower() in DONE


def _words(activity: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(activity.rpartition(".")[2])] or [""]
