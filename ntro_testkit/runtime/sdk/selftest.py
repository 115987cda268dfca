"""Finds out whether the installed temporalio is one that `instance.py` understands.

A small workflow is run against the commands every supported version gives: a met wait with a
timeout, an activity, a timer that fires, a signal, a query, a child, an activity that fails.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

from temporalio import workflow
from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob
from temporalio.exceptions import ActivityError

from ntro_testkit.runtime.failures import activity_error
from ntro_testkit.runtime.payloads import Payload
from ntro_testkit.runtime.sdk.converter import QUICK_CONVERTER
from ntro_testkit.runtime.sdk.instance import Instance
from ntro_testkit.runtime.sdk.instance_start import InstanceStart
from ntro_testkit.runtime.sdk.messages import data_of, failure, message_of

START = datetime(2026, 1, 1, tzinfo=UTC)
SOON = timedelta(seconds=5)


class SelftestError(RuntimeError):
    """temporalio did something else than every version that is known."""


@workflow.defn(name="ntro-testkit-selftest", sandboxed=False)  # noqa: NTR123 -- the kit's own, run without a worker
class Probe:
    """Uses what runbooks use."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    @workflow.signal
    def say(self, word: str) -> None:
        """Take a word."""
        self.heard.append(word)

    @workflow.query
    def words(self) -> int:
        """Count the words."""
        return len(self.heard)

    @workflow.run
    async def run(self, name: str) -> str:
        """Wait, work, sleep, have a child, fail."""
        await workflow.wait_condition(lambda: bool(self.heard), timeout=60)
        done = await workflow.execute_activity("work", name, start_to_close_timeout=SOON)
        await asyncio.sleep(SOON.total_seconds())
        answer = await workflow.execute_child_workflow("child", id="child-id")
        try:
            await workflow.execute_activity("fail", start_to_close_timeout=SOON)
        except ActivityError as error:
            return f"{done} {answer} {type(error.cause).__name__}"
        return "an activity that failed did not raise"


def run_selftest() -> None:
    """Run the workflow.

    Raises `SelftestError` at the first command that differs, AttributeError or TypeError where a
    private name is missing or means something else.
    """
    observed: list[str] = []
    instance = Instance(
        InstanceStart(
            workflow_class=Probe,
            workflow_type="ntro-testkit-selftest",
            workflow_id="selftest",
            run_id="selftest-run",
            start_time=START,
            randomness_seed=1,
        ),
        note_command=lambda frame, _workflow: observed.append(frame.f_code.co_filename),
        observer=_Listener(observed),
        data_converter=QUICK_CONVERTER,
    )
    for prepare, expected in _steps():
        job = WorkflowActivationJob()
        prepare(job)
        _compare(_commands(instance, job), expected)
    answer = instance.answer_query(lambda: str(instance.workflow.words()))
    _compare([answer], ["1"])
    _compare([str(instance.raised), str(instance.main_task is not None)], ["None", "True"])
    _compare([each for each in observed if each in _Listener.HEARD], list(_Listener.HEARD))
    _compare([str(len(observed) - len(_Listener.HEARD))], ["7"])
    instance.evict()
    instance.release()


class _Listener:
    """Notes what the instance tells."""

    HEARD = ("began", "held", "ended")

    def __init__(self, observed: list[str]) -> None:
        self._observed = observed

    def condition_held(self, _workflow: Any) -> None:
        self._observed.append("held")

    def wait_began(self, _frame: FrameType, _workflow: Any) -> None:
        self._observed.append("began")

    def wait_ended(self, _wait: Any, *, held: bool) -> None:
        self._observed.append("ended")

    def warned(self, message: str) -> None:
        self._observed.append(message)

    def workflow_named(self, workflow_type: str, _workflow_class: type) -> None:
        self._observed.append(workflow_type)


def _commands(instance: Instance, job: WorkflowActivationJob) -> list[str]:
    """Return the commands of one activation, one word each for what matters of them."""
    activation = WorkflowActivation(run_id="selftest-run", jobs=[job], history_length=3)
    activation.timestamp.FromDatetime(START)
    completion = instance.activate(activation)
    if completion.HasField("failed"):
        raise SelftestError(completion.failed.failure.message)
    shown = []
    for command in completion.successful.commands:
        kind = str(command.WhichOneof("variant"))
        content = getattr(command, kind)
        if kind == "complete_workflow_execution":
            shown.append(f"{kind} {(data_of(content.result) or b'').decode()}")
        else:
            shown.append(f"{kind} {content.seq}")
    return shown


def _steps() -> Iterator[tuple[Callable[[WorkflowActivationJob], None], list[str]]]:
    """Yield each job and the commands that follow from it."""
    yield _begin, ["start_timer 1"]
    yield _signal, ["cancel_timer 1", "schedule_activity 1"]
    yield _complete_activity, ["start_timer 2"]
    yield _fire_timer, ["start_child_workflow_execution 1"]
    yield _start_child, []
    yield _complete_child, ["schedule_activity 2"]
    yield _fail_activity, ['complete_workflow_execution "done answer ApplicationError"']


def _begin(job: WorkflowActivationJob) -> None:
    begin = job.initialize_workflow
    begin.workflow_type, begin.workflow_id, begin.attempt = "ntro-testkit-selftest", "selftest", 1
    begin.arguments.append(message_of(Payload(b'"name"')))


def _signal(job: WorkflowActivationJob) -> None:
    signal = job.signal_workflow
    signal.signal_name = "say"
    signal.input.append(message_of(Payload(b'"word"')))
    if hasattr(signal, "originating_event_id"):
        signal.originating_event_id = 5


def _complete_activity(job: WorkflowActivationJob) -> None:
    job.resolve_activity.seq = 1
    job.resolve_activity.result.completed.result.CopyFrom(message_of(Payload(b'"done"')))


def _fire_timer(job: WorkflowActivationJob) -> None:
    job.fire_timer.seq = 2


def _start_child(job: WorkflowActivationJob) -> None:
    job.resolve_child_workflow_execution_start.seq = 1
    job.resolve_child_workflow_execution_start.succeeded.run_id = "child-run"


def _complete_child(job: WorkflowActivationJob) -> None:
    job.resolve_child_workflow_execution.seq = 1
    result = job.resolve_child_workflow_execution.result
    result.completed.result.CopyFrom(message_of(Payload(b'"answer"')))


def _fail_activity(job: WorkflowActivationJob) -> None:
    job.resolve_activity.seq = 2
    error = activity_error(ValueError("no"), activity="fail", activity_id="2")
    job.resolve_activity.result.failed.failure.CopyFrom(failure(error))


def _compare(found: list[str], expected: list[str]) -> None:
    if found != expected:
        raise SelftestError(f"expected {expected}, found {found}")
