"""Timers of workflows on temporalio's instance, on the run's virtual clock."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from ntro_testkit.runtime.recorder import Place
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.sdk.activities import Deliver
from ntro_testkit.runtime.sdk.execution import SdkExecution
from ntro_testkit.trace import Timer


class Timers:
    """Starts, cancels and fires timers as commands ask for."""

    def __init__(self, state: RunState, deliver: Deliver) -> None:
        self._state = state
        self._deliver = deliver
        self._open: dict[tuple[SdkExecution, int], tuple[Timer, asyncio.TimerHandle]] = {}

    def start(self, execution: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that starts a timer."""
        # temporalio works out waits from seconds since 1970, which are good to a microsecond.
        seconds = round(command.start_to_fire_timeout.ToNanoseconds() / 1e9, 6)
        timer = self._state.recorder.timer(execution, round(seconds, 3), place)
        handle = self._state.loop.call_later(seconds, self._fire, execution, command.seq)
        self._open[execution, command.seq] = timer, handle

    def cancel(self, execution: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that cancels a timer."""
        timer, handle = self._open.pop((execution, command.seq))
        timer.outcome = "cancelled"
        self._state.recorder.close(timer)
        handle.cancel()
        self._state.recorder.command(execution, "cancel_timer", str(timer.sequence), place=place)

    def forget(self, execution: SdkExecution) -> None:
        """Let no timer of a closed workflow move the clock any more."""
        for key in [key for key in self._open if key[0] is execution]:
            self._open.pop(key)[1].cancel()

    def _fire(self, execution: SdkExecution, number: int) -> None:
        timer, _ = self._open.pop((execution, number))
        timer.outcome = "fired"
        self._state.recorder.close(timer)
        self._state.recorder.gate_timed_out(execution, timer.line)
        job = WorkflowActivationJob()
        job.fire_timer.seq = number
        self._deliver(execution, job)


class TimerNumberError(RuntimeError):
    """A timer that fires under a number today's code counts another one by (TMPRL1100)."""


def misnumbered(jobs: Iterable[WorkflowActivationJob], numbers: Mapping[int, int]) -> str | None:
    """Say which timer fires that its workflow counts differently, which Temporal's core refuses.

    `numbers` has the workflow's number -> the one a server knows.
    """
    counted = {known: own for own, known in numbers.items()}
    for job in jobs:
        if job.HasField("fire_timer") and job.fire_timer.seq in counted:
            own = counted[job.fire_timer.seq]
            return f"timer {own} in place of timer {job.fire_timer.seq}, which fires (TMPRL1100)"
    return None


def renumbered(commands: Sequence[Any], numbers: Mapping[int, int]) -> Sequence[Any]:
    """Return commands with timers numbered as a server knows them."""
    if not numbers:
        return commands
    return [_renumbered(command, numbers) for command in commands]


def _renumbered(command: Any, numbers: Mapping[int, int]) -> Any:
    kind = command.WhichOneof("variant")
    if kind not in ("start_timer", "cancel_timer"):
        return command
    again = type(command)()
    again.CopyFrom(command)
    timer = getattr(again, kind)
    timer.seq = numbers.get(timer.seq, timer.seq)
    return again
