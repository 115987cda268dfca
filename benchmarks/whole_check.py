"""`ntro-testkit check` of each sample bundle without its histories, as whole processes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.processes import ProcessFailedError, python, run
from benchmarks.rounds import Timed, in_turns

RUNBOOKS = Path(__file__).parent.parent / "fixtures/runbooks"
BUNDLES = ("petty-cash", "document-collect", "invoice-batch", "nav-monthly")

GOAL = Goal(seconds=2)


def measure(quick: bool) -> Section:
    """Time a check of each bundle, and an import of what every run needs, in turns."""
    with tempfile.TemporaryDirectory() as directory:
        copies = shutil.copytree(
            RUNBOOKS, Path(directory) / "runbooks", ignore=shutil.ignore_patterns("histories")
        )
        commands = [_check(copies / name) for name in BUNDLES]
        times = in_turns([*commands, _import], rounds=2 if quick else 9, warm_up=1)
    floor = times.pop()
    return Section(
        "lint, scenarios, checks, guard and twin, whole processes",
        tuple(
            Comparison(f"check {name}", ours, "importing harness and SDK", floor, "floor", GOAL)
            for name, ours in zip(BUNDLES, times, strict=True)
        ),
    )


def _check(bundle: Path) -> Timed:
    def timed() -> float:
        finished = run(python("-m", "ntro_testkit", "check", str(bundle)))
        if not finished.output.endswith("check: ready to be deployed\n"):
            raise ProcessFailedError(f"{bundle.name}: {finished.output[-500:]}{finished.errors}")
        return finished.seconds

    return timed


def _import() -> float:
    return run(python("-c", "import ntro_testkit.harness, ntro.workflow")).seconds
