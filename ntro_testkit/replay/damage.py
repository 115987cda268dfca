"""Events that cannot be used: they are made of whatever stood in a file."""

from __future__ import annotations

from google.protobuf.json_format import ParseError

from ntro_testkit.history.history import Event, History
from ntro_testkit.history.problems import HistoryError

DAMAGED = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, ParseError)
"""What it raises to take values out of a damaged event; nothing else is done meanwhile."""


def damaged(history: History, event: Event, cause: Exception) -> HistoryError:
    """Return the error that names the event, and in a line what is wrong with it."""
    if isinstance(cause, HistoryError):
        return cause
    kind = str(event["eventType"]).removeprefix("EVENT_TYPE_")
    what = f"no `{cause.args[0]}`" if isinstance(cause, KeyError) and cause.args else str(cause)
    line = " ".join(what.split())
    return HistoryError(f"{history.source}: event {event['eventId']} ({kind}): {line}")
