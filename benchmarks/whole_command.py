"""The whole command, cold: a new process from start to end, and where our time goes."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from benchmarks.dev_server import missing_peer
from benchmarks.figures import Comparison, Goal, Section
from benchmarks.import_time import import_shares
from benchmarks.processes import Finished, ProcessFailedError, python, run
from benchmarks.rounds import Timed, in_turns
from benchmarks.samples import SMALL, SMALL_INPUT

GOAL = Goal(times=3)
SUBJECT = "ntro-testkit test"
SCENARIOS = 2
OURS = ("-m", "ntro_testkit", "test", str(SMALL), "--input", f"@{SMALL_INPUT}", "--json")


def measure(quick: bool) -> Section:
    """Time both commands and an empty Python, in turns."""
    rounds = 2 if quick else 9
    with tempfile.TemporaryDirectory() as directory:
        commands: list[Timed] = [_ours, _empty]
        why_not = missing_peer()
        if why_not is None:
            commands.append(_official(Path(directory) / "report.json"))
        ours, empty, *official = in_turns(commands, rounds, warm_up=1)
    comparisons = [
        Comparison(SUBJECT, ours, "the same with ntro.testing", theirs, "peer", GOAL)
        for theirs in official
    ]
    comparisons.append(Comparison(SUBJECT, ours, "python -c pass", empty, "floor"))
    return Section(
        "both built-in scenarios, whole processes" + (f" ({why_not})" if why_not else ""),
        tuple(comparisons),
        "imports of our command, which -X importtime makes slower than they are",
        import_shares(OURS, runs=1 if quick else 5),
    )


def _ours() -> float:
    finished = run(python(*OURS))
    _check(finished, finished.output)
    return finished.seconds


def _empty() -> float:
    return run(python("-c", "pass")).seconds


def _official(report: Path) -> Timed:
    def timed() -> float:
        report.unlink(missing_ok=True)
        finished = run(
            python("-m", "benchmarks.official_command", str(SMALL), str(SMALL_INPUT), str(report))
        )
        written = report.read_text(encoding="utf-8") if report.is_file() else ""
        _check(finished, written)
        return finished.seconds

    return timed


def _check(finished: Finished, report: str) -> None:
    """Judge by the report, not by the exit code: the peer sometimes aborts at exit (D23)."""
    try:
        results = json.loads(report)
    except ValueError as error:
        raise ProcessFailedError(f"no report: {finished.errors.strip()[-500:]}") from error
    ends = [result["status"] for result in results]
    if ends != ["completed"] * SCENARIOS:
        raise ProcessFailedError(f"the scenarios ended with {ends}")
