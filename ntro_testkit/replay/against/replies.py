"""What activities answer while the code changes under a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ntro_testkit.mocks import MockBook, MockError
from ntro_testkit.runtime.definitions import ActivityDefinition
from ntro_testkit.runtime.replies import ActivityReplies, Reply


class SwitchedReplies:
    """The old bundle's answers until the switch, today's for what is scheduled from then on.

    What was scheduled before is answered by the old one: its attempt was under way on an old
    worker, and today's may not know it any more.
    """

    def __init__(self, old: ActivityReplies, new: ActivityReplies) -> None:
        self._old = old
        self._new = new
        self._current = old

    def switch(self) -> None:
        """Let today's bundle answer from now on."""
        self._current = self._new

    def find(self, activity: Any) -> ActivityDefinition | None:
        """Return the activity a worker of the moment has registered."""
        return self._current.find(activity)

    def reply(self, activity: ActivityDefinition, args: list[Any]) -> Reply:
        """Answer one call, by the bundle the activity is of."""
        is_new = self._new.find(activity.name) is activity
        return (self._new if is_new else self._old).reply(activity, args)


def failures_known_to(book: MockBook, failures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the failures of a scenario whose activities a bundle has; others cannot happen."""
    known = {}
    for name, error in failures.items():
        try:
            book.for_run({name: error})
        except MockError:
            continue
        known[name] = error
    return known
