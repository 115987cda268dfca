"""The strict check: a history's activations into a fresh instance of today's code.

temporalio's own engine runs the code, so whatever its Replayer refuses is found; commands are also
held against the history by the workflow task they came out of, and by their contents, which
Temporal does not.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from types import FrameType
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion

from ntro_testkit.history.history import Event, History
from ntro_testkit.history.moments import span
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.replay.quiet_logs import quiet_logs
from ntro_testkit.replay.sources import Code, code_of
from ntro_testkit.replay.strict import differences
from ntro_testkit.replay.strict.commands import Issued
from ntro_testkit.replay.strict.damage import DAMAGED, damaged
from ntro_testkit.replay.strict.gates import Gates, Standing, standing_of
from ntro_testkit.replay.strict.jobs import Jobs
from ntro_testkit.replay.strict.lines import ending_line, raised_line, waiting_line
from ntro_testkit.replay.strict.matching import BrokenError, Matching, Mismatch
from ntro_testkit.replay.strict.messages import told_failure
from ntro_testkit.replay.strict.replayed import Replayed
from ntro_testkit.replay.strict.starts import start_of
from ntro_testkit.replay.strict.workflow_tasks import (
    WorkflowTask,
    attributes_of,
    goes_on_at_once,
    workflow_tasks,
)
from ntro_testkit.replay.verdict import Check, Difference, ReplayVerdict
from ntro_testkit.runtime.forcing import RESOLVE_CHILD, resolve_children_by_run
from ntro_testkit.runtime.sdk.commands import ENDINGS
from ntro_testkit.runtime.sdk.converter import QUICK_CONVERTER
from ntro_testkit.runtime.sdk.instance import Instance, handled_signals
from ntro_testkit.runtime.watchdog import BusyLoop, Watchdog

PATIENCE = 2.0
"""Real seconds one activation may take; temporalio's own limit (TMPRL1101)."""


def check_strict(history: History, classes: Sequence[type]) -> ReplayVerdict:
    """Replay a history against workflow classes and return every difference.

    Raises `HistoryError` when the history is damaged, or its workflow type is none of theirs.
    """
    return strict_check(classes)(history)


def strict_check(classes: Sequence[type]) -> Check:
    """Return the strict check of histories against workflow classes."""
    code = code_of(classes)
    if "ntro.workflow" in sys.modules:
        # Otherwise none of them is a runbook, which starts children by their slugs.
        resolve_children_by_run()

    def check(history: History) -> ReplayVerdict:
        return _Replay(history, code).verdict()

    return check


def replayed(history: History, code: Code) -> Replayed:
    """Replay a history against today's code, as `check_strict`; raises what that raises."""
    replay = _Replay(history, code)
    verdict = replay.verdict()
    return Replayed(verdict, tuple(replay.activations), replay.unsent(), replay.timers)


class _TaskFailedError(Exception):
    """Workflow code has failed its workflow task; carries the difference."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(difference.message)
        self.difference = difference


class _Replay:
    """One history on its way through one instance."""

    def __init__(self, history: History, code: Code) -> None:
        self._history = history
        self._code = code
        workflow_class = code.class_of(history)
        self._signals = handled_signals(workflow_class)
        self._tasks = workflow_tasks(history)
        self._matching = Matching()
        self._jobs = Jobs(history, self._matching)
        first = history.events[0]
        try:
            self._run_timeout = span(attributes_of(first).get("workflowRunTimeout"))
            start = start_of(history, self._tasks[0], workflow_class)
        except DAMAGED as error:
            raise damaged(history, first, error) from error
        self._gates = Gates()
        self._instance = Instance(
            start,
            note_command=self._note,
            data_converter=QUICK_CONVERTER,
            observer=self._gates,
            extern_functions={RESOLVE_CHILD: self._child_class},
        )
        self._watchdog = Watchdog(PATIENCE)
        self._notes: list[tuple[Any, str | None]] = []
        self._standings: list[Standing] = []
        self._differences: list[Callable[[], Difference] | Difference] = []
        self._missing_child: str | None = None
        self._accepted: set[str] = set()
        self._ended = False
        self._commands = 0
        self.activations: list[WorkflowActivation] = []
        self.timers: dict[int, int] = {}

    def verdict(self) -> ReplayVerdict:
        """Replay all of it, or up to where today's code can go no further."""
        with quiet_logs(), self._watchdog.watching():
            try:
                for task in self._tasks:
                    if not self._replayed(task):
                        break
                else:
                    self._differences.extend(self._left_over())
            except _TaskFailedError as failed:
                self._differences.append(failed.difference)
            finally:
                self._instance.evict()
                self._instance.release()
        found = tuple(one() if callable(one) else one for one in self._differences)
        self._differences.clear()
        return ReplayVerdict(
            source=self._history.source,
            workflow_id=self._history.workflow_id,
            run_id=self._history.run_id,
            workflow_type=self._history.workflow_type,
            tasks=len(self._tasks),
            commands=self._commands,
            differences=found,
        )

    def unsent(self) -> tuple[Issued, ...]:
        """Return the commands that no event of the history stands for."""
        return tuple(self._matching.waiting)

    def _replayed(self, task: WorkflowTask) -> bool:
        """Replay one task; False when the sequence of commands broke in it."""
        self._matching.look_ahead(task.recorded)
        try:
            self._activate(task)
        except BrokenError as broken:
            self._break(broken.mismatch, task)
            return False
        self._standings.append(standing_of(self._instance.workflow))
        return self._matched(task)

    def _activate(self, task: WorkflowTask) -> None:
        jobs = [*self._jobs.of(task), *self._jobs.local_outcomes()]
        while jobs:
            issued = self._activated(task, jobs)
            jobs = self._matching.issue(issued)
            self._ended = any(command.kind in ENDINGS for command in issued)
            if self._ended:
                break
            jobs.extend(self._jobs.local_outcomes())

    def _matched(self, task: WorkflowTask) -> bool:
        try:
            for found in self._matching.match(task.recorded):
                if isinstance(found, Mismatch):
                    self._break(found, task)
                    return False
                event, issued = found
                self._differences.extend(self._compared(event, issued, task))
        except DAMAGED as error:
            raise damaged(self._history, self._matching.looking_at, error) from error
        return True

    def _break(self, mismatch: Mismatch, task: WorkflowTask) -> None:
        standing = self._standings[-1] if self._standings else Standing()
        unheard = self._unheard(task)
        self._differences.append(differences.breaking(mismatch, task, standing, unheard))

    def _compared(
        self, event: Event, issued: Issued, task: WorkflowTask
    ) -> Iterator[Callable[[], Difference] | Difference]:
        if issued.kind == "start_timer":
            recorded = int(attributes_of(event).get("timerId", issued.number))
            if recorded != issued.number:
                self.timers[issued.number] = recorded
        if issued.task < task.number:
            # The gate it came before may be one that the code has yet to come to.
            yield partial(self._moved, issued, event, task.number)
        changed = differences.contents(issued, event, self._run_timeout)
        if changed is not None:
            yield changed

    def _left_over(self) -> Iterator[Difference]:
        """Tell of work that a completed task should have done, by the history, and has not."""
        awaits_signal = not self._matching.has_open()
        for issued in chain(self._matching.waiting, self._running_locally()):
            # A patch may be newer than the history, and an open task may do what it likes.
            if issued.kind != "set_patch_marker" and self._tasks[issued.task - 1].completed:
                yield differences.added(
                    issued,
                    self._standings[issued.task - 1 :],
                    awaits_signal=awaits_signal,
                )

    def _running_locally(self) -> Iterator[Issued]:
        """Yield the local activities whose outcome the history should have had by now."""
        if not self._ended:
            for issued in self._matching.running_locally:
                if not goes_on_at_once(self._history, self._tasks[issued.task - 1]):
                    yield issued

    def _moved(self, issued: Issued, event: Event, to: int) -> Difference:
        between = self._tasks[issued.task : to]
        standings = [*self._standings[issued.task - 1 : to - 1], *self._gates.after(issued.task)]
        return differences.moved(issued, event, between, standings)

    def _unheard(self, task: WorkflowTask) -> list[str]:
        """Return the signals up to a task that today's class declares no handler for."""
        if None in self._signals:
            return []
        seen = chain.from_iterable(map(differences.signals_of, self._tasks[: task.number]))
        return [name for name in seen if name not in self._signals]

    def _activated(self, task: WorkflowTask, jobs: list[WorkflowActivationJob]) -> list[Issued]:
        activation = WorkflowActivation(
            run_id=self._history.run_id,
            is_replaying=task.completed,
            history_length=task.started_event_id,
            history_size_bytes=task.history_size,
            continue_as_new_suggested=task.continue_as_new_suggested,
            available_internal_flags=task.flags,
            jobs=jobs,
        )
        activation.timestamp.FromNanoseconds(task.time_ns)
        self.activations.append(activation)
        self._notes.clear()
        self._gates.task = task.number
        self._watchdog.progress()
        completion = WorkflowActivationCompletion()
        try:
            with contextlib.suppress(BusyLoop):
                completion = self._instance.activate(activation)
        except SystemExit as error:
            told = f"it ends the process of its worker (SystemExit: {error})"
            raise self._failed(task, told, self._code.line_of_error(error)) from error
        if self._missing_child is not None:
            raise HistoryError(
                f"{self._history.source}: it starts child `{self._missing_child}`, whose bundle is "
                f"not here: pass it with `--child`"
            )
        code, instance = self._code, self._instance
        if self._watchdog.expired:
            # temporalio may have taken the exception for one of the workflow's.
            line = code.line_of_stack(self._watchdog.stack) or waiting_line(code, instance)
            told = f"it never gives control back (more than {PATIENCE:g} s)"
            raise self._failed(task, told, line)
        if completion.HasField("failed"):
            failure = completion.failed.failure
            line = code.line_in(failure.stack_trace) or raised_line(code, instance)
            raise self._failed(task, told_failure(failure), line)
        broken_off = instance.broken_off
        if broken_off is not None:
            told = f"{type(broken_off).__name__} ends its run method, and nothing ends the run"
            raise self._failed(task, told, code.line_of_error(broken_off))
        return self._issued(task, completion)

    def _failed(self, task: WorkflowTask, error: str, line: Any) -> _TaskFailedError:
        return _TaskFailedError(
            differences.task_failure(task, error, line, standing_of(self._instance.workflow).step)
        )

    def _issued(self, task: WorkflowTask, completion: WorkflowActivationCompletion) -> list[Issued]:
        issued = []
        for command, (line, step) in zip(completion.successful.commands, self._notes, strict=True):
            kind = str(command.WhichOneof("variant"))
            message = getattr(command, kind)
            if kind == "update_response":
                response = self._update_response(message)
                if response == "rejected":
                    continue
                kind = f"update_{response}"
            if line is None and kind in ENDINGS:
                line = ending_line(self._code, self._instance)
            number = getattr(message, "seq", 0) or getattr(message, "child_workflow_seq", 0)
            issued.append(Issued(kind, message, number, task.number, step, line))
        self._commands += len(issued)
        return issued

    def _update_response(self, message: Any) -> str:
        """Return what is said of an update; a failure after its acceptance completes it."""
        response = str(message.WhichOneof("response"))
        if response == "accepted":
            self._accepted.add(message.protocol_instance_id)
        elif response == "rejected" and message.protocol_instance_id in self._accepted:
            return "completed"
        return response

    def _note(self, frame: FrameType, workflow: Any) -> None:
        self._notes.append((self._code.line_of(frame), getattr(workflow, "_current_step_id", None)))

    def _child_class(self, slug: str) -> type:
        """Return the class of a child, which says what its result is read as."""
        found = self._code.children.get(slug)
        if found is None:
            self._missing_child = slug
            raise LookupError(slug)
        return found
