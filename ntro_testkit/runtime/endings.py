"""How a run ends, and the sentences that say why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from ntro_testkit.runtime.execution import Execution, RunAborted, current_execution
from ntro_testkit.runtime.failures import UnsupportedCallError, describe
from ntro_testkit.runtime.payloads import PayloadError
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.trace import Blocked, SourceLine, Status

FOR_EVER = "Temporal would retry the workflow task for ever and the run would hang"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended."""

    status: Status
    result: Any = None
    error: str | None = None
    exception: BaseException | None = None
    line: SourceLine | None = None
    blocked: tuple[Blocked, ...] = ()


class Endings:
    """Ends one run; the first ending counts.

    The `abort_...` methods are called from workflow code and unwind it; the others are not.
    """

    def __init__(
        self,
        state: RunState,
        blocked: Callable[[], tuple[Blocked, ...]],
        on_end: Callable[[], None],
    ) -> None:
        self.ending: Ending | None = None
        self._state = state
        self._blocked = blocked
        self._on_end = on_end

    def finish(self, ending: Ending) -> None:
        """End the run."""
        if self.ending is None:
            self.ending = ending
            self._on_end()

    def fail_task(
        self, execution: Execution, error: BaseException, said: str | None = None
    ) -> None:
        """End on an exception that would hang the run in production (D44).

        `said` are better words for it than its own.
        """
        line = self._state.recorder.line_of_error(error)
        message = f"{said or describe(error)}{_at(line)} (workflow `{execution.slug}`)"
        if not isinstance(error, UnsupportedCallError):
            message += f": {FOR_EVER}"
        self.finish(Ending("task-failed", error=message, exception=error, line=line))

    def stuck(self, reason: str | None = None) -> None:
        """End because nothing can go on, with who waits for what."""
        blocked = self._blocked()
        shown = [reason] if reason else []
        shown += [str(item) for item in blocked]
        error = "; ".join(shown) or "nothing can wake this run any more"
        line = blocked[0].line if blocked else None
        self.finish(Ending("stuck", error=error, blocked=blocked, line=line))

    def interrupted(self) -> None:
        """End because whoever chooses what comes next has seen enough."""
        self.finish(Ending("stuck", error="stopped before its end"))

    def busy(self) -> None:
        """End because workflow code held the thread for too long."""
        watchdog = self._state.watchdog
        line = self._state.recorder.line_of_stack(watchdog.stack) or self._waiting_line()
        message = (
            f"workflow code ran for more than {watchdog.limit:g} real seconds without an await"
            f"{_at(line)}; Temporal's deadlock detector stops it after 2 s and retries it for ever"
        )
        self.finish(Ending("task-failed", error=message, line=line))

    def spinning(self) -> None:
        """End because workflow code yields for ever without waiting for anything."""
        line = self._waiting_line()
        message = (
            f"workflow code yields again and again without waiting for anything{_at(line)}; "
            f"Temporal's deadlock detector stops it after 2 s and retries it for ever"
        )
        self.finish(Ending("task-failed", error=message, line=line))

    def _waiting_line(self) -> SourceLine | None:
        return next(filter(None, (item.line for item in self._blocked())), None)

    def payload_error(
        self, problem: str, line: SourceLine | None = None, execution: Execution | None = None
    ) -> None:
        """End on a value that cannot make its trip through JSON."""
        who = f" (workflow `{execution.slug}`)" if execution else ""
        self.finish(
            Ending(
                "task-failed",
                error=f"{problem}{_at(line)}{who}",
                exception=PayloadError(problem),
                line=line,
            )
        )

    def abort_with_payload_error(self, problem: str) -> NoReturn:
        """End on a value that cannot make its trip, from workflow code."""
        self.payload_error(problem, self._state.recorder.line(), current_execution.get())
        raise RunAborted

    def abort_stuck(self, waits_for: str, reason: str) -> NoReturn:
        """End as stuck on something that can never come, from workflow code."""
        execution = current_execution.get()
        self.stuck_on(execution, self._state.recorder.line(), waits_for, reason)
        raise RunAborted

    def stuck_on(
        self, execution: Execution | None, line: SourceLine | None, waits_for: str, reason: str
    ) -> None:
        """End as stuck on something that can never come."""
        blocked = self._blocked()
        if execution is not None:
            cause = Blocked(
                execution.workflow_id,
                execution.slug,
                execution.step,
                waits_for,
                self._state.loop.time(),
                line,
            )
            others = [item for item in blocked if item.workflow_id != execution.workflow_id]
            blocked = (cause, *others)
        error = f"{reason}{_at(line)}"
        self.finish(Ending("stuck", error=error, line=line, blocked=blocked))


def _at(line: SourceLine | None) -> str:
    return f" at {line}" if line else ""
