"""Collects recorded histories: each file in `<bundle>/tests/histories` is a test, its replay."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .collection import BrokenItem, RunbookItem
from .options import wanted_scenarios

if TYPE_CHECKING:
    from ntro_testkit.history.history import History
    from ntro_testkit.replay.verdict import ReplayVerdict

    from .runbooks import Runbook

HISTORIES = "tests/histories"

NOT_INSTALLED = "histories need temporalio: pip install 'ntro-testkit[temporal]'"


def history_items(parent: pytest.File) -> Iterator[pytest.Item]:
    """Yield one test per recorded history of a bundle."""
    from ntro_testkit.history.reading import history_files

    directory = parent.path.parent / HISTORIES
    if not directory.is_dir():
        return
    from ntro_testkit.replay.recording.record import file_stem

    wanted = {file_stem(name) for name in wanted_scenarios(parent.config)}
    for file in history_files([directory]):
        if not isinstance(file, Path):
            yield BrokenItem.from_parent(parent, name="histories", problem=str(file))
        elif not wanted or _name(file).partition(".")[0] in wanted:
            yield ReplayItem.from_parent(parent, name=f"replay[{_name(file)}]", file=file)


class ReplayItem(RunbookItem):
    """One history of a bundle against its code of today."""

    def __init__(self, *, file: Path, **node: Any) -> None:
        super().__init__(**node)
        self.file = file

    def runtest(self) -> None:
        """Replay the history; any difference fails."""
        from .fixtures import one_line_errors
        from .runbooks import runbooks_of

        with one_line_errors():
            runbook = runbooks_of(self.config).get(self.path.parent.resolve(), None, self.path)
            verdicts = [verdict_on(history, runbook) for history in histories_in(self.file)]
        if any(verdict.differences for verdict in verdicts):
            raise DiffersError(verdicts)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the differences, each with its line and what to do."""
        if not isinstance(excinfo.value, DiffersError):
            return super().repr_failure(excinfo, style)
        place = os.path.relpath(self.path, self.config.invocation_params.dir)
        again = f"reproduce: pytest {shlex.quote(f'{place}::{self.name}')}"
        return "\n".join([str(excinfo.value), "", again])


class DiffersError(Exception):
    """Today's code does something else than a history has."""

    def __init__(self, verdicts: Sequence[ReplayVerdict]) -> None:
        from ntro_testkit.report.replay_text import concise, full

        told = [full(verdict, False) for verdict in verdicts]
        lines = [line for one in verdicts for line in concise(one, False).splitlines()]
        # The first line is what pytest's short summary shows beside the node id.
        super().__init__("\n".join([_worst(verdicts, lines), "", *told]).rstrip())


def _worst(verdicts: Sequence[ReplayVerdict], lines: Sequence[str]) -> str:
    """Return the line of the difference with the lowest code, which is the worst."""
    codes = [difference.code for verdict in verdicts for difference in verdict.differences]
    return lines[codes.index(min(codes))]


def find_history(name: Path | str, directory: Path, request: pytest.FixtureRequest) -> History:
    """Return a recorded history of a bundle by its name, or the one history of a file.

    Raises `HistoryError`. Skips the test without temporalio.
    """
    from ntro_testkit.history.problems import HistoryError

    recorded = directory / HISTORIES / f"{name}.json"
    tried = [recorded, request.path.parent / name, request.config.rootpath / name]
    file = next((path for path in tried if path.is_file()), None)
    if file is None:
        raise HistoryError(f"no history `{name}`: there is no {', no '.join(map(str, tried))}")
    found = histories_in(file)
    if len(found) != 1:
        raise HistoryError(f"{file}: {len(found)} histories where one is meant")
    return found[0]


def histories_in(file: Path) -> list[History]:
    """Return the histories of a file.

    Raises `HistoryError` for one that cannot be read. Skips the test without temporalio.
    """
    _need_temporalio()
    from ntro_testkit.history.problems import HistoryError
    from ntro_testkit.history.reading import read_histories

    found: list[History] = []
    for read in read_histories([file]):
        if isinstance(read, HistoryError):
            raise read
        found.append(read)
    return found


def verdict_on(history: History, runbook: Runbook) -> ReplayVerdict:
    """Return what the strict check says of a history and a bundle with its children.

    Raises `HistoryError` for a history of another bundle. Skips the test without temporalio.
    """
    _need_temporalio()
    from ntro_testkit.replay.strict.check import check_strict

    children = [child for child in runbook.children if isinstance(child, type)]
    return check_strict(history, [runbook.workflow_class, *children])


def _need_temporalio() -> None:
    from ntro_testkit.runtime.failures import HAS_TEMPORALIO

    if not HAS_TEMPORALIO:
        pytest.skip(NOT_INSTALLED)


def _name(file: Path) -> str:
    return Path(file.name.removesuffix(".gz")).stem
