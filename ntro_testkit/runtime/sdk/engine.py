"""Runs workflows on temporalio's own instance, in-process, with the local engine's scheduling.

Everything outside the workflow is the local engine's: the clock, who acts when, what activities
answer, how a run ends. Only workflow code runs elsewhere: what the local engine does to a future,
this one tells the instance by a job, and takes commands back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from ntro_testkit.history.history import History
from ntro_testkit.runtime.engine import Answer, Engine
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.recording import Recording
from ntro_testkit.runtime.sdk.activities import SdkActivities
from ntro_testkit.runtime.sdk.children import SdkChildWorkflows
from ntro_testkit.runtime.sdk.commands import Commands, Parts
from ntro_testkit.runtime.sdk.execution import SdkExecution
from ntro_testkit.runtime.sdk.instance import sandboxed_runner
from ntro_testkit.runtime.sdk.others import OtherWorkflows
from ntro_testkit.runtime.sdk.recording import NoRecording, SdkRecording
from ntro_testkit.runtime.sdk.timers import Timers
from ntro_testkit.runtime.sdk.updates import Updates
from ntro_testkit.runtime.sdk.workflows import SdkWorkflows


class SdkEngine(Engine):
    """One run on temporalio's workflow instance; `backends.py` says whether it can be used.

    `at_quiescence` is called each time a workflow task has ended and the run goes on, before the
    next event.
    """

    workflows: SdkWorkflows
    activities: SdkActivities
    children: SdkChildWorkflows
    at_quiescence: Callable[[], None] | None = None

    def _furnish(self) -> None:
        # What the local engine tells of its own calls would tell everything twice.
        self.recording = self.state.recording = Recording()
        self.record = SdkRecording(self.now) if self.options.record_histories else NoRecording()
        runner = sandboxed_runner() if self.options.sandbox else None
        workflows = SdkWorkflows(
            self.state, self.endings, self, runner, self.record, self.options.start_time
        )
        deliver = workflows.deliver
        activities = SdkActivities(self.state, self.endings, self.options.replies, deliver)
        children = SdkChildWorkflows(
            self.state, self.endings, workflows, self.options.children, self.now
        )
        self.updates = Updates(self.state, workflows.running, deliver)
        parts = Parts(
            workflows=workflows,
            activities=activities,
            children=children,
            timers=Timers(self.state, deliver),
            others=OtherWorkflows(self.state, workflows, deliver),
            updates=self.updates,
        )
        self._activate_due = workflows.activate_due
        workflows.commands = Commands(self.state, self.endings, self.record, parts)
        workflows.children = children
        self.workflows, self.activities, self.children = workflows, activities, children
        self._named = children.named

    def resolve_child(self, slug: str) -> type | str:
        """Return what workflow code starts for a slug: a class, or a workflow type's name."""
        return self._named(slug)

    def histories(self) -> list[History]:
        """Return the history of each execution, the root's first, in order of their starts."""
        return self.record.histories()

    def _wake_conditions(self) -> bool:
        """Activate who is due; an instance evaluates its conditions itself."""
        return self._activate_due()

    def _end_workflow_tasks(self) -> None:
        any_ended = bool(self.state.active)
        super()._end_workflow_tasks()
        self.record.tasks_ended()
        if any_ended and self.at_quiescence is not None:
            self.at_quiescence()

    def _snapshot(self, execution: Execution) -> None:
        if not self.options.snapshots or not isinstance(execution, SdkExecution):
            return
        if execution.driver is not None:
            execution.driver.answer_query(lambda: self.recorder.snapshot(execution))

    def answer_query(self, execution: Execution, ask: Callable[[], Answer]) -> Answer:
        """Return what `ask` returns, which calls query handlers of a workflow."""
        in_context = super().answer_query
        if not isinstance(execution, SdkExecution) or execution.driver is None:
            return in_context(execution, ask)
        return execution.driver.answer_query(lambda: in_context(execution, ask))

    def _unwind(self) -> None:
        for execution in self.workflows.all:
            if isinstance(execution, SdkExecution) and execution.driver is not None:
                with contextlib.suppress(SystemExit):
                    execution.driver.evict()
        super()._unwind()

    def dissolve(self) -> None:
        """Let go of what the run held; nothing of it can be asked for any more."""
        for execution in self.workflows.all:
            if isinstance(execution, SdkExecution):
                execution.observer = None
                if execution.driver is not None:
                    execution.driver.release()
        super().dissolve()
