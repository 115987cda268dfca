"""The strict check on histories of a real server, which hold what no runbook does."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import pytest

from ntro_testkit.history.history import History
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.history.reading import read_histories
from ntro_testkit.loading import load_bundle
from ntro_testkit.replay.strict.check import check_strict
from tests.bundles import ROOT

FOLDER = ROOT / "fixtures" / "histories"
PLAIN = sorted((FOLDER / "server" / "plain").glob("*.json"))
FORMS = sorted((FOLDER / "server" / "forms").glob("*.json"))
RUNBOOKS = sorted(path.parent for path in (ROOT / "fixtures" / "runbooks").glob("*/runbook.md"))
OF_RUNBOOKS = [
    path for bundle in RUNBOOKS for path in sorted((FOLDER / "server" / bundle.name).glob("*.json"))
]


NEWER_ORDER = ("CancelsChild-child", "CleansUpWhenCancelled")
"""Histories in which a cancelled sleep cancels its timer before anything else is asked for.

temporalio 1.12 and 1.18 ask in the other order; the Replayer of 1.12 refuses one (TMPRL1100).
"""


def skip_if_refused_by_this_temporalio(path: Path) -> None:
    numbers = tuple(int(part) for part in version("temporalio").split(".")[:2])
    if path.stem in NEWER_ORDER and numbers < (1, 25):
        pytest.skip("this temporalio cancels timers later, and its Replayer refuses the history")


@pytest.fixture(scope="module")
def workflows() -> Iterator[Sequence[type]]:
    spec = importlib.util.spec_from_file_location("plain_workflows", FOLDER / "plain_workflows.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["plain_workflows"] = module
    try:
        spec.loader.exec_module(module)
        yield module.WORKFLOWS
    finally:
        del sys.modules["plain_workflows"]


def read(path: Path) -> History:
    [history] = read_histories([path])
    assert isinstance(history, History), history
    return history


@pytest.fixture(scope="module")
def runbooks() -> Sequence[type]:
    return [load_bundle(bundle).workflow_class for bundle in RUNBOOKS]


def test_there_are_histories_of_every_runbook() -> None:
    assert {path.parent.name for path in OF_RUNBOOKS} == {bundle.name for bundle in RUNBOOKS}


@pytest.mark.parametrize("path", OF_RUNBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_runs_of_runbooks_replay_without_a_difference(path: Path, runbooks: Sequence[type]) -> None:
    assert check_strict(read(path), runbooks).differences == ()


def test_a_parent_without_the_bundle_of_its_child_says_which_is_missing() -> None:
    parent = load_bundle(ROOT / "fixtures" / "runbooks" / "nav-monthly").workflow_class
    history = read(FOLDER / "server" / "nav-monthly" / "happy.json")
    with pytest.raises(HistoryError, match=r"child `document-collect`.*--child"):
        check_strict(history, [parent])


@pytest.mark.parametrize("path", [*PLAIN, *FORMS], ids=lambda path: path.stem)
def test_what_a_server_wrote_replays_without_a_difference(
    path: Path, workflows: Sequence[type]
) -> None:
    skip_if_refused_by_this_temporalio(path)
    verdict = check_strict(read(path), workflows)
    assert verdict.differences == ()
    assert verdict.tasks >= 1


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_every_beginning_of_a_history_replays_without_breaking(
    path: Path, workflows: Sequence[type]
) -> None:
    skip_if_refused_by_this_temporalio(path)
    whole = read(path)
    for end in range(1, len(whole.events)):
        kind = whole.events[end - 1]["eventType"]
        if kind == "EVENT_TYPE_WORKFLOW_TASK_COMPLETED" and end < len(whole.events):
            # A server writes the events of its commands in the same moment.
            continue
        if not any("TASK_STARTED" in event["eventType"] for event in whole.events[:end]):
            continue
        part = History(
            whole.workflow_id, whole.run_id, whole.workflow_type, whole.events[:end], path.name
        )
        assert not check_strict(part, workflows).breaking, (end, kind)
