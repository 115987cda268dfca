"""No planted fault goes unseen, no sound bundle is accused, and the table says what is so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntro_testkit import WorkflowHarness
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.checks.examining import run_all
from ntro_testkit.examination import AskedTwin, Exploring, Thoroughness, examination_of
from ntro_testkit.twin.order import order_of
from ntro_testkit.twin.twin import Twin, start_twin
from tests.planted.eyes import SCHEDULES, SEED, Subject, seen
from tests.planted.faults import FAULTS, Fault, planted
from tests.planted.table import head, row, rows_in_page
from tests.test_fixtures import BUNDLES, children

pytest.importorskip("temporalio", reason="crashes and replays are on temporalio's engine")


@pytest.fixture(scope="module")
def twin() -> Iterator[Twin]:
    with start_twin() as started:
        yield started


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_seen_as_the_table_says(
    fault: Fault, twin: Twin, tmp_path: Path
) -> None:
    found = seen(Subject(planted(fault, tmp_path), twin))
    assert any(found.values()), "unseen"
    told = rows_in_page()[FAULTS.index(fault)]
    assert row(fault, found) == told, "python -m tests.planted.table writes the table anew"


def test_the_table_has_a_row_for_each_fault_and_a_column_for_each_way() -> None:
    assert len(rows_in_page()) == len(FAULTS) >= 30
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert all(line.count("|") == head().splitlines()[0].count("|") for line in rows_in_page())


@pytest.mark.parametrize("directory", BUNDLES, ids=lambda path: path.name)
def test_nothing_is_said_of_a_sound_bundle_however_thorough_the_examination(
    directory: Path, twin: Twin
) -> None:
    harness = WorkflowHarness(directory, child_workflows=children(directory))
    experiment = run_all(harness, available_scenarios(directory).values(), {})
    exploring = Exploring(seconds=600, schedules=SCHEDULES // 10, seed=SEED)
    how = Thoroughness(AskedTwin(twin, order_of(experiment)), crash=True, exploring=exploring)
    assert examination_of(experiment, how=how).verdicts == ()
