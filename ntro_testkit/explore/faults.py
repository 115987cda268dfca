"""What is wrong with a run that went through events in an unusual order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntro_testkit.checks.decisions.unseen_gates import unseen_gates
from ntro_testkit.invariants import Invariant, broken
from ntro_testkit.trace import RunResult, SourceLine, clock


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a run.

    `about` tells it from others of its code: what failed where, which gate, which invariant.
    """

    code: str
    about: str
    message: str
    line: SourceLine | None
    evidence: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same when the schedule gets shorter."""
        return self.code, self.about


def faults(run: RunResult, usual: RunResult, invariants: Sequence[Invariant]) -> list[Fault]:
    """Return what is wrong with a run; `usual` is the run in the engine's own order."""
    found = [_bad_end(run, usual)] if _is_bad(run, usual) else []
    found += _stale(run)
    found += [
        Fault("NTR713", each.name, f"`{each.name}` does not hold: {each.reason}", each.line)
        for each in broken(run, invariants)
    ]
    return found


def _is_bad(run: RunResult, usual: RunResult) -> bool:
    """Tell whether a run ended as none may, whatever came when.

    A timer that fires where it usually does not may end a run: that is what timeouts are for.
    """
    if run.status in {"task-failed", "stuck"}:
        return True
    return run.status == "failed" and not run.may_fail and _fired(run) <= _fired(usual)


def _fired(run: RunResult) -> Counter[tuple[SourceLine | None, float]]:
    """Return the timers that fired, by the line that set them and their length."""
    fired = (timer for timer in run.timers if timer.outcome == "fired")
    return Counter((timer.line, timer.seconds) for timer in fired)


def _bad_end(run: RunResult, usual: RunResult) -> Fault:
    line = run.line
    kind = type(run.exception).__name__ if run.exception is not None else run.status
    place = f"{line.path}:{line.line}" if line else run.status
    does = {"task-failed": "hangs", "stuck": "waits for ever", "failed": "fails"}[run.status]
    return Fault(
        "NTR712",
        f"{run.status} {kind} {place}",
        f"events in another order, and the run {does}: {_one_line(run.error)}",
        line,
        (f"in the usual order it ends as {usual.status} after {clock(usual.virtual_duration_s)}",),
    )


def _stale(run: RunResult) -> Iterator[Fault]:
    for gate in unseen_gates(run):
        step = f"`{gate.step}`" if gate.step else "without a step"
        yield Fault(
            "NTR702",
            str(gate.step),
            f"the gate {step} is opened by an answer that was sent before anybody could see it",
            gate.line,
        )


def _one_line(error: str | None) -> str:
    return " ".join((error or "no reason").split())
