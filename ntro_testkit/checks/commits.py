"""Which activities leave something behind that people rely on, told by their names.

Nothing else tells: bundles run on fakes, and an activity that stores rows looks like one that reads
them. The usual name is `<slug>.<verb>_<object>` (contract 3.5).
"""

from __future__ import annotations

import re

VERBS = frozenset(
    {
        *("book", "commit", "delete", "finalise", "finalize", "insert", "pay", "persist", "post"),
        *("publish", "record", "save", "settle", "store", "submit", "transfer", "upsert", "write"),
    }
)
"""What is done for good. Verbs of which half the activities only work something out, such as
`create` and `apply`, are left out."""

BEST_EFFORT = frozenset(
    {
        *("audit", "cache", "comment", "draft", "email", "event", "events", "hint", "log", "logs"),
        *("mail", "message", "metric", "metrics", "note", "notice", "notification", "preview"),
        *("progress", "reminder", "slack", "stats", "status", "telemetry", "trace", "usage"),
    }
)
"""Objects a run may do without: `post_comment`, `write_audit_log`."""

DONE = frozenset(
    {
        *("booked", "closed", "committed", "complete", "completed", "done", "finished", "ok"),
        *("paid", "persisted", "posted", "published", "recorded", "saved", "settled", "stored"),
        *("submitted", "succeeded", "success", "successful", "transferred", "written"),
    }
)
"""How a result says that everything was done."""

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def is_commit(activity: str) -> bool:
    """Tell whether an activity, by its name, does something for good."""
    first, *others = [word.lower() for word in _WORD.findall(activity.rpartition(".")[2])] or [""]
    return first in VERBS and not BEST_EFFORT & set(others)


def is_done(word: object) -> bool:
    """Tell whether a word of a result says that everything was done."""
    return isinstance(word, str) and word.lower() in DONE
