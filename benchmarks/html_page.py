"""The HTML report: building the page, beside running the two scenarios it shows."""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import Comparison, Goal, Peak, Section
from benchmarks.rounds import in_turns, warm
from ntro_testkit import HAPPY, REJECT_ALL, RunResult, WorkflowHarness
from ntro_testkit.report.html import html

RUNBOOKS = Path(__file__).parent.parent / "fixtures/runbooks"
BUNDLE = RUNBOOKS / "nav-monthly"
CHILDREN = (RUNBOOKS / "document-collect", RUNBOOKS / "nav-monthly-journals")

BUILT = Goal(seconds=0.05)
LARGEST = 300_000


def measure(quick: bool) -> Section:
    """Time the page and its runs, in turns, and take the page's size."""
    with WorkflowHarness(BUNDLE, child_workflows=CHILDREN) as harness:

        def runs() -> list[RunResult]:
            return [harness.run_sync(scenario=scenario) for scenario in (HAPPY, REJECT_ALL)]

        shown = runs()
        page, made = in_turns(
            [warm(lambda: html(shown)), warm(runs)],
            rounds=2 if quick else 30,
            warm_up=1,
        )
    size = len(html(shown).encode())
    return Section(
        "the page of nav-monthly with its three children, happy and reject_all",
        (Comparison("building it", page, "running both scenarios", made, "floor", BUILT),),
        peaks=(Peak("the file", size, LARGEST),),
    )
