"""Writes the trace of a run: commands with their source lines, gates, steps, query snapshots."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any, NamedTuple

from pydantic_core import PydanticSerializationError, to_json

from ntro_testkit.runtime.execution import Execution, Waiting
from ntro_testkit.runtime.source_lines import line_of_error, line_of_frame, line_of_stack
from ntro_testkit.trace import (
    ActivityCall,
    ChildRun,
    Command,
    Gate,
    Snapshot,
    SourceLine,
    Timer,
    Trace,
)


class Place(NamedTuple):
    """Where workflow code made a command: its step, and its line of bundle code."""

    step: str | None
    line: SourceLine | None


class _Standing(NamedTuple):
    """A gate that a workflow stands at: what tells it from the next one, and what waits there."""

    token: Any
    gate: Gate
    wait: Waiting | None

    def waits_in(self, execution: Execution) -> bool:
        """Tell whether it still waits, as far as anybody can know."""
        return self.wait is None or self.wait in execution.waits

    def was_given_up(self, execution: Execution) -> bool:
        """Tell whether what waited there has ended, and not because it got what it waited for."""
        return self.wait is not None and self.wait not in execution.waits and not self.wait.held


class Recorder:
    """Collects one run's trace.

    `code_roots` are the path prefixes of bundle code (a templates folder, or a single file), `time`
    the virtual clock. The engine counts `turn` on at each quiescence.
    """

    def __init__(self, code_roots: tuple[str, ...], time: Callable[[], float]) -> None:
        self.trace = Trace()
        self.turn = 0
        self._code_roots = code_roots
        self._time = time
        self._open_gates: dict[Execution, _Standing] = {}
        self._steps: dict[Execution, str | None] = {}
        self._answers: dict[Execution, bytes] = {}

    def line(self) -> SourceLine | None:
        """Return the innermost line of bundle code on the stack."""
        return line_of_frame(sys._getframe(1), self._code_roots)

    def line_of_frame(self, frame: FrameType | None) -> SourceLine | None:
        """Return the first line of bundle code from `frame` outwards."""
        return line_of_frame(frame, self._code_roots)

    def line_of_stack(self, stack: Iterable[tuple[str, int, str]]) -> SourceLine | None:
        """Return the first line of bundle code of a stack given as path, line, function."""
        return line_of_stack(stack, self._code_roots)

    def line_of_error(self, error: BaseException) -> SourceLine | None:
        """Return the innermost line of bundle code an exception came from."""
        return line_of_error(error, self._code_roots)

    def place(self, execution: Execution) -> Place:
        """Return where a workflow is right now."""
        return Place(execution.step, line_of_frame(sys._getframe(1), self._code_roots))

    def command(
        self,
        execution: Execution,
        kind: str,
        name: str,
        /,
        place: Place | None = None,
        **attributes: Any,
    ) -> Command:
        """Record a command of the current workflow task, made at `place` or right here."""
        step, line = place or self.place(execution)
        command = Command(
            workflow_id=execution.workflow_id,
            task=execution.workflow_tasks,
            kind=kind,
            name=name,
            at_s=self._time(),
            step=step,
            line=line,
            attributes=attributes,
        )
        self.trace.commands.append(command)
        return command

    def timer(self, execution: Execution, seconds: float, place: Place | None = None) -> Timer:
        """Record a timer; its number is taken even if it is cancelled in the same task."""
        sequence = execution.next_sequence("timer")
        command = self.command(
            execution, "start_timer", str(sequence), place=place, seconds=seconds
        )
        timer = Timer(
            execution.workflow_id, sequence, seconds, command.at_s, command.line, turn=self.turn
        )
        self.trace.timers.append(timer)
        return timer

    def close(self, record: ActivityCall | ChildRun | Gate | Timer) -> None:
        """Note that something ends here and now."""
        record.closed_s = self._time()
        record.closed_turn = self.turn

    def has_open_timer(self, execution: Execution) -> bool:
        """Tell whether a timer of a workflow has neither fired nor been cancelled."""
        return any(
            timer.outcome is None and timer.workflow_id == execution.workflow_id
            for timer in self.trace.timers
        )

    def observe(self, execution: Execution) -> None:
        """Note the current step and the gate that is open, before any condition is evaluated."""
        step = execution.step
        if step != self._steps.get(execution):
            self._steps[execution] = step
            if step is not None:
                self.trace.steps_entered.append((execution.workflow_id, step))
        self._observe_gate(execution, step)

    def rebuilt(self, execution: Execution, before: Any) -> None:
        """Look at a workflow whose instance is another one.

        `before` is what the old one showed at its gate. What the record shares with it, and sees
        change, is now the new one's.
        """
        self.observe(execution)
        entry = self._open_gates.get(execution)
        if entry is None:
            return
        gate = entry.gate
        again = (wait for wait in execution.waits if wait.line == gate.line)
        self._open_gates[execution] = entry._replace(wait=next(again, None))
        if not isinstance(before, dict):
            return
        pending = execution.instance._pending_action
        if gate.payload is before.get("payload"):
            gate.payload = pending.get("payload")
        if gate.display_hint is before.get("display_hint"):
            gate.display_hint = _hint(pending)

    def open_gate(self, execution: Execution) -> Gate | None:
        """Return the gate a workflow stands at, if any."""
        entry = self._open_gates.get(execution)
        return entry.gate if entry else None

    def show_gate(self, execution: Execution) -> None:
        """Note that a workflow task has ended: who looks now sees a gate that still waits.

        A gate whose answer has been taken may stay for a while, until its checks have ended.
        """
        entry = self._open_gates.get(execution)
        if entry is not None and entry.waits_in(execution):
            entry.gate.seen = True

    def close_gate(self, execution: Execution) -> None:
        """Note that a workflow's gate is open no more."""
        entry = self._open_gates.pop(execution, None)
        if entry is not None:
            entry.gate.given_up = entry.was_given_up(execution)
            self.close(entry.gate)

    def gate_timed_out(self, execution: Execution, line: SourceLine | None) -> None:
        """Note that the open gate's own timer fired before anybody answered."""
        gate = self.open_gate(execution)
        if (
            gate is not None
            and gate.verdict is None
            and (line is None or gate.line in (None, line))
        ):
            gate.verdict = "timeout"

    def _observe_gate(self, execution: Execution, step: str | None) -> None:
        pending = getattr(execution.instance, "_pending_action", None)
        if not isinstance(pending, dict):
            if execution in self._open_gates:
                self.close_gate(execution)
            return
        # 0.1.2 counts gates in `_gate_token`; `collect_documents` opens one without counting it.
        token = (getattr(execution.instance, "_gate_token", None), pending.get("kind"), step)
        entry = self._open_gates.get(execution)
        if entry is not None:
            if entry.token == token:
                return
            self.close_gate(execution)
        gate = _gate(execution, step, pending, self._time())
        wait = execution.waits[-1] if execution.waits else None
        gate.line = wait.line if wait else None
        gate.turn = self.turn
        self._open_gates[execution] = _Standing(token, gate, wait)
        self.trace.gates.append(gate)

    def snapshot(self, execution: Execution) -> None:
        """Ask the workflow's queries and keep the answers, if any has changed."""
        problems: dict[str, str] = {}
        values = execution.context.copy().run(_ask, execution, problems)
        answers = _as_json(values, problems)
        if answers == self._answers.get(execution) and not problems:
            return
        self._answers[execution] = answers
        self.trace.snapshots.append(
            Snapshot(execution.workflow_id, self._time(), answers, problems)
        )


def _ask(execution: Execution, problems: dict[str, str]) -> dict[str, Any]:
    """Call a workflow's queries; any fault of one is a finding, not ours."""
    values: dict[str, Any] = {}
    for query, attribute in execution.definition.queries.items():
        try:
            values[query] = getattr(execution.instance, attribute)()
        except Exception as error:  # noqa: BLE001 - see above
            problems[query] = f"it raised {type(error).__name__}: {error}"
    return values


def _as_json(values: dict[str, Any], problems: dict[str, str]) -> bytes:
    """Write all answers at once; only when that fails, find out which one has no JSON form."""
    try:
        return to_json(values)
    except (PydanticSerializationError, ValueError, RecursionError):
        pass
    good: dict[str, Any] = {}
    for query, value in values.items():
        try:
            to_json(value)
        except (PydanticSerializationError, ValueError, RecursionError) as error:
            problems[query] = f"its answer has no JSON form: {error}"
        else:
            good[query] = value
    return to_json(good)


def _gate(execution: Execution, step: str | None, pending: dict[str, Any], now: float) -> Gate:
    arguments = pending.get("args")
    return Gate(
        workflow_id=execution.workflow_id,
        slug=execution.slug,
        step=step,
        kind=str(pending.get("kind")),
        payload=pending.get("payload"),
        opened_s=now,
        signal_name=arguments.get("signal_name") if isinstance(arguments, dict) else None,
        reason=pending.get("reason"),
        display_hint=_hint(pending),
    )


def _hint(pending: dict[str, Any]) -> dict[str, Any] | None:
    hint = pending.get("display_hint")
    return hint if isinstance(hint, dict) else None
