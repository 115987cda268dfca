"""The hostile twin of the small bundle, from its start to its last answer."""

from __future__ import annotations

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.processes import ProcessFailedError, python, run
from benchmarks.rounds import Timed, in_turns, stopwatch
from benchmarks.samples import SMALL, small_input
from ntro_testkit.twin.order import order_for
from ntro_testkit.twin.twin import start_twin

GOAL = Goal(added=0.3)
_IMPORT = "import ntro_testkit.harness"


def measure(quick: bool) -> Section:
    """Time a twin that runs both built-in scenarios here and in two worlds, and bare imports."""
    rounds = 2 if quick else 9
    twin, imports, empty = in_turns(
        [stopwatch(_twin), _process(_IMPORT), _process("pass")], rounds, warm_up=1
    )
    subject = "a twin, 2 scenarios in 3 surroundings"
    return Section(
        "the hostile twin, which nobody waits for while there is other work",
        (
            Comparison(subject, twin, "a new process that imports the kit", imports, "floor", GOAL),
            Comparison(subject, twin, "python -c pass", empty, "floor"),
        ),
    )


def _twin() -> None:
    order = order_for(SMALL, ("happy", "reject_all"), input=small_input())
    with start_twin(order) as twin:
        answer = twin.answer(order)
    if answer.problem is not None or any(run.elsewhere for run in answer.runs):
        raise ProcessFailedError(f"the twin of a sound bundle differs: {answer}")


def _process(source: str) -> Timed:
    command = python("-c", source)

    def timed() -> float:
        finished = run(command)
        if finished.returncode:
            raise ProcessFailedError(finished.errors)
        return finished.seconds

    return timed
