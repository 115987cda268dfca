"""Records histories anew with `--ntro-record`: one test per bundle, told at the end of the session.

Nothing else of the plugin ever writes: a baseline that refreshes itself would hide what it is for.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from .collection import RunbookItem
from .histories import HISTORIES, NOT_INSTALLED
from .options import wanted_scenarios

if TYPE_CHECKING:
    from ntro_testkit.replay.recording.record import Refused
    from ntro_testkit.replay.recording.refresh import Refreshed

CHANGES = "ntro_histories"
"""The property of a test's report that says what became of the files."""


def record_items(parent: pytest.File, scenarios: Iterable[str]) -> Iterator[pytest.Item]:
    """Yield the test that records a bundle, if it has a scenario that is wanted."""
    wanted = wanted_scenarios(parent.config)
    if not wanted or set(wanted) & set(scenarios):
        yield RecordItem.from_parent(parent, name="record")


class RecordItem(RunbookItem):
    """Writes the histories of a bundle, with the sibling bundles it mentions as children."""

    def runtest(self) -> None:
        """Record; fails when a scenario does not end as it may, and then leaves its history."""
        from ntro_testkit.runtime.failures import HAS_TEMPORALIO

        from .fixtures import one_line_errors

        if not HAS_TEMPORALIO:
            pytest.fail(NOT_INSTALLED, pytrace=False)
        with one_line_errors(), _one_line_record_errors():
            refreshed = self._refresh()
        changes = [[change.file, change.what] for change in refreshed.changes]
        told = {"bundle": self.path.parent.name, "changes": changes}
        self.user_properties.append((CHANGES, json.dumps(told)))
        refused = refreshed.recordings.refused
        if refused:
            pytest.fail(_told(refused), pytrace=False)

    def _refresh(self) -> Refreshed:
        from ntro_testkit.replay.recording.backends import Subject, generated_scenarios
        from ntro_testkit.replay.recording.refresh import refresh
        from ntro_testkit.scenario import HAPPY

        from .runbooks import runbooks_of

        runbooks = runbooks_of(self.config)
        directory = self.path.parent.resolve()
        children = [runbooks.load(child) for child in runbooks.siblings(directory)]
        subject = Subject(runbooks.load(directory), children)
        available = runbooks.scenarios(directory)
        wanted = wanted_scenarios(self.config)
        return refresh(
            self.path.parent / HISTORIES,
            subject,
            [one for name, one in available.items() if not wanted or name in wanted],
            () if wanted else generated_scenarios(subject, available[HAPPY.name]),
            backend="local",
            is_selection=bool(wanted),
            prune=True,
        )


@contextmanager
def _one_line_record_errors() -> Iterator[None]:
    from ntro_testkit.replay.recording.corpus import CorpusError
    from ntro_testkit.replay.recording.record import RecordError

    try:
        yield
    except (CorpusError, RecordError) as error:
        pytest.fail(str(error), pytrace=False)


def _told(refused: Sequence[Refused]) -> str:
    lines = [f"cannot be recorded: {one.scenario}: {one.status}: {one.error}" for one in refused]
    return "\n".join(lines)


def changes_on(reports: Iterable[Any]) -> list[str]:
    """Return what the reports of a session say was written; each test has one teardown report."""
    return [
        value
        for report in reports
        if getattr(report, "when", None) == "teardown"
        for name, value in report.user_properties
        if name == CHANGES
    ]


def change_lines(said: Iterable[str]) -> list[str]:
    """Return a line per bundle with counts, and below it the files that are not what they were."""
    told = sorted((json.loads(one) for one in said), key=lambda one: str(one["bundle"]))
    width = max((len(one["bundle"]) for one in told), default=0)
    lines = []
    for one in told:
        counts = Counter(what for _, what in one["changes"])
        listed = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
        lines.append(f"{one['bundle']:<{width}}  {listed}")
        lines += [
            f"{'':<{width}}    {what} {file}"
            for file, what in one["changes"]
            if what != "unchanged"
        ]
    return lines
