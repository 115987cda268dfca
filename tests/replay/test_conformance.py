"""Both engines in-process and a real server: the same commands, in the same order, task by task.

Every sample bundle, every scenario. A command is told by its workflow, its workflow task, its kind,
its name and the ids it carries.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import RunResult, WorkflowHarness
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.history.commands import commands_of
from ntro_testkit.history.history import History
from ntro_testkit.loading import load_bundle
from ntro_testkit.replay.official.replayer import check_officially
from ntro_testkit.replay.strict.check import strict_check
from ntro_testkit.siblings import find_children
from ntro_testkit.trace import Command
from tests.bundles import ROOT, python

BUNDLES = sorted((ROOT / "fixtures" / "runbooks").iterdir())
CASES = [(bundle, name) for bundle in BUNDLES for name in available_scenarios(bundle)]
IDS = [f"{bundle.name}/{name}" for bundle, name in CASES]


@pytest.fixture(scope="module")
def on_server(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a server made of every scenario; by `slug/scenario`."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        # The processes of one test run share one server: whoever is first starts it.
        folder = folder.parent
    file = folder / "server-runs.json"
    try:
        (folder / "server-runs-begun").mkdir()
    except FileExistsError:
        _await(file)
    else:
        done = python("-m", "tests.replay.servers", str(file), cwd=ROOT)
        assert done.returncode == 0, done.stderr[-2000:]
    runs: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return runs


def _await(file: Path) -> None:
    """Wait for what another process writes at once; it takes some ten seconds."""
    give_up = time.monotonic() + 120
    while not file.exists():
        assert time.monotonic() < give_up, "the process that runs the server has not come to an end"
        time.sleep(0.1)


@pytest.fixture(scope="module", params=["local", "sdk"])
def in_process(request: pytest.FixtureRequest) -> dict[str, RunResult]:
    """Return what a backend of this process made of every scenario; by `slug/scenario`."""
    runs = {}
    for bundle in BUNDLES:
        children = find_children(bundle)
        with WorkflowHarness(bundle, child_workflows=children, backend=request.param) as harness:
            for name, scenario in available_scenarios(bundle).items():
                runs[f"{bundle.name}/{name}"] = harness.run_sync(scenario=scenario)
    return runs


@pytest.mark.parametrize("case", IDS)
def test_a_run_in_process_issues_the_commands_a_server_gets(case, in_process, on_server):
    commands = [each for history in histories(on_server[case]) for each in commands_of(history)]

    assert first_difference(rows(in_process[case].trace.commands), rows(commands)) is None


@pytest.mark.parametrize("case", IDS)
def test_a_run_on_a_server_tells_what_a_run_in_process_tells(case, in_process, on_server):
    ours, theirs = in_process[case], on_server[case]

    assert theirs["status"] == ours.status, theirs["error"]
    assert theirs["steps_completed"] == ours.steps_completed
    assert theirs["steps_entered"] == ours.steps_entered
    assert theirs["signals"] == [[sent.name, sent.problem] for sent in ours.signals]
    assert theirs["activities"] == sorted([call.name, call.source] for call in ours.activities)
    assert [child[0] for child in theirs["children"]] == [child.slug for child in ours.children]
    assert sorted(theirs["gates"], key=str) == sorted(
        ([gate.slug, gate.step, gate.verdict] for gate in ours.gates), key=str
    )


def test_the_replayer_accepts_what_a_server_recorded(on_server):
    recorded = [history for run in on_server.values() for history in histories(run)]

    assert [each for each in check_officially(BUNDLES, recorded) if not each.accepted] == []
    assert len(recorded) > len(CASES)


def test_strict_finds_only_the_timers_that_the_test_has_shortened(on_server):
    check = strict_check([load_bundle(bundle).workflow_class for bundle in BUNDLES])
    recorded = [history for run in on_server.values() for history in histories(run)]

    found = [difference for history in recorded for difference in check(history).differences]
    assert [each for each in found if not each.message.startswith("a timer of ")] == []
    assert {each.code for each in found} == {"NTR805"}


def test_a_difference_is_told_with_both_sides():
    ours = {"w": [(1, "schedule_activity", "a", "1"), (2, "complete_workflow", "W", "")]}
    theirs = {"w": [(1, "schedule_activity", "a", "1"), (1, "complete_workflow", "W", "")]}

    assert first_difference(ours, theirs) == (
        "w, command 2: (2, 'complete_workflow', 'W', '') in-process, "
        "(1, 'complete_workflow', 'W', '') on the server"
    )


# -- comparing ---------------------------------------------------------------------------------

Row = tuple[int, str, str, str]


def histories(run: dict[str, Any]) -> list[History]:
    return [History(source=each["workflow_id"], **each) for each in run["histories"]]


def rows(commands: Iterable[Command]) -> dict[str, list[Row]]:
    """Return the commands by workflow, without the timers of which a server hears nothing."""
    found: dict[str, list[Row]] = defaultdict(list)
    for command in commands:
        child = command.attributes.get("workflow_id")
        other = str(child) if command.kind == "start_child_workflow" else ""
        found[command.workflow_id].append((command.task, command.kind, command.name, other))
    return {name: _without_unseen_timers(each) for name, each in found.items()}


def _without_unseen_timers(commands: list[Row]) -> list[Row]:
    """Drop timers that are cancelled in the task that starts them; they still use up a number."""
    started = {(task, name) for task, kind, name, _ in commands if kind == "start_timer"}
    cancelled = {(task, name) for task, kind, name, _ in commands if kind == "cancel_timer"}
    unseen = started & cancelled
    return [
        row for row in commands if not row[1].endswith("_timer") or (row[0], row[2]) not in unseen
    ]


def first_difference(ours: dict[str, list[Row]], theirs: dict[str, list[Row]]) -> str | None:
    """Say where two runs part, None when they do not."""
    for name in sorted({*ours, *theirs}):
        pairs = zip_longest(ours.get(name, ()), theirs.get(name, ()))
        for number, (mine, other) in enumerate(pairs, start=1):
            if mine != other:
                return f"{name}, command {number}: {mine} in-process, {other} on the server"
    return None
