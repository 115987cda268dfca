"""A thousand harness tests in one pytest process, against a thousand empty ones."""

from __future__ import annotations

import tempfile
from importlib.metadata import entry_points
from pathlib import Path

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.processes import ProcessFailedError, python, run
from benchmarks.rounds import Timed, in_turns
from benchmarks.samples import SMALL, SMALL_INPUT

COUNT = 1000
GOAL = Goal(seconds=3.0)

DIRECT_TESTS = """
import json
from pathlib import Path

import pytest

from ntro_testkit import HAPPY, WorkflowHarness, load_runbook

WORKFLOW, _ = load_runbook({bundle!r})
GIVEN = json.loads(Path({given!r}).read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", range({count}))
def test_happy(number):
    with WorkflowHarness(WORKFLOW) as harness:
        assert harness.run_sync(input=GIVEN, scenario=HAPPY).status == "completed"
"""

FIXTURE_TESTS = """
import json
from pathlib import Path

import pytest

from ntro_testkit import HAPPY

GIVEN = json.loads(Path({given!r}).read_text(encoding="utf-8"))


@pytest.mark.runbook({bundle!r})
@pytest.mark.parametrize("number", range({count}))
def test_happy(workflow_harness, number):
    result = workflow_harness().run_sync(input=GIVEN, scenario=HAPPY)
    assert result.status == "completed"
"""

EMPTY_TESTS = """
import pytest


@pytest.mark.parametrize("number", range({count}))
def test_empty(number):
    pass
"""


def measure(quick: bool) -> Section:
    """Time whole pytest processes, in turns."""
    count = 50 if quick else COUNT
    floor = f"{count:,} empty tests"
    sources = {"empty": EMPTY_TESTS, "direct": DIRECT_TESTS}
    if _plugin_is_installed():
        sources["fixture"] = FIXTURE_TESTS
    filled = {"count": count, "bundle": str(SMALL), "given": str(SMALL_INPUT)}
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        timed = [
            _pytest(folder, name, source.format(**filled), count)
            for name, source in sources.items()
        ]
        empty, *ours = in_turns(timed, rounds=1 if quick else 7, warm_up=0 if quick else 1)
    subjects = ("WorkflowHarness in each test", "the fixture workflow_harness in each test")
    return Section(
        f"{count:,} tests in one pytest process, each with a harness of its own",
        tuple(
            Comparison(subject, times, floor, empty, "floor", GOAL)
            for subject, times in zip(subjects, ours, strict=False)
        ),
    )


def _plugin_is_installed() -> bool:
    return any(point.name == "ntro_testkit" for point in entry_points(group="pytest11"))


def _pytest(folder: Path, name: str, source: str, count: int) -> Timed:
    file = folder / f"test_{name}.py"
    file.write_text(source, encoding="utf-8")

    def timed() -> float:
        finished = run(
            python("-m", "pytest", "-q", "-p", "no:cacheprovider", file.name), directory=folder
        )
        if f"{count} passed" not in finished.output:
            raise ProcessFailedError(finished.output[-2000:] + finished.errors[-500:])
        return finished.seconds

    return timed
