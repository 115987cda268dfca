"""The one module that touches private parts of temporalio: its workflow instance.

What a worker does with an instance, without the worker: make one, hand it activations, get its
commands. Everything above speaks of `Instance` and of temporalio's protobuf messages alone.
`selftest.py` says whether the installed temporalio is one this module understands.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import sys
import warnings
from asyncio import base_events
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any, Protocol, TypeVar

import temporalio.common
import temporalio.workflow
from temporalio.api.common.v1 import Payloads
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter
from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowRunner
from temporalio.worker import _workflow_instance as temporals
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from ntro_testkit.runtime.loop import abandon
from ntro_testkit.runtime.sdk.instance_start import InstanceStart, info_of, known_fields

try:
    from temporalio.workflow import _Definition
except ImportError:  # where newer versions may keep it
    from temporalio.workflow._definition import _Definition

DATA_CONVERTER: DataConverter = pydantic_data_converter
"""The platform's."""

PASSED_THROUGH = (
    "ntro",
    "ntro_testkit",
    "lint_rules",
    "pydantic",
    "pydantic_core",
    "annotated_types",
)
"""What the sandbox does not import anew: what holds the forced runtime, and what would be slow."""

_NOTE_COMMAND = "__ntro_testkit_note_command"
_OBSERVER = "__ntro_testkit_observer"

_FROM_WORKER: dict[str, Callable[..., Any]] = {
    "__temporal_get_metric_meter": lambda: temporalio.common.MetricMeter.noop,
    "__temporal_assert_local_activity_valid": lambda name: None,
}
"""What workflow code can ask of its worker: metrics, and whether it knows a local activity."""

Answer = TypeVar("Answer")

CommandNoted = Callable[[FrameType, Any], None]
"""Called as a command is made, with the frame of its code and the workflow object."""

_IN_QUERY: dict[str, bool] = (
    {"in_query_or_validator": True}
    if "in_query_or_validator"
    in inspect.signature(temporals._WorkflowInstanceImpl._as_read_only).parameters
    else {}
)
"""How a query is said to be one; versions before 1.18 make no difference."""


class InstanceObserver(Protocol):
    """Is told what an instance does while it works on an activation."""

    def condition_held(self, workflow: Any) -> None:
        """Hear that the workflow has run dry and that a condition will let it go on."""

    def wait_began(self, frame: FrameType, workflow: Any) -> Any:
        """Hear that code of this frame waits for a condition; what is returned comes back."""

    def wait_ended(self, wait: Any, *, held: bool) -> None:
        """Hear that it waits no more, and whether that is because the condition held."""

    def warned(self, message: str) -> None:
        """Hear a warning temporalio gives at the end of a workflow."""

    def workflow_named(self, workflow_type: str, workflow_class: type) -> None:
        """Hear which class the code means by a workflow type it starts."""


class _Instance(temporals._WorkflowInstanceImpl):
    """temporalio's instance, which tells about what it does."""

    raised: BaseException | None = None
    """The exception that failed the workflow, or its task, as it was raised."""

    def __init__(self, det: Any) -> None:
        super().__init__(det)
        self._note: Any = self._extern_functions.get(_NOTE_COMMAND)
        self._observer: Any = self._extern_functions.get(_OBSERVER)

    def _add_command(self) -> Any:
        command = super()._add_command()
        if self._note is not None:
            self._note(sys._getframe(1), self._object)
        return command

    def _check_condition(self, *condition: Any) -> bool:
        holds = bool(super()._check_condition(*condition))
        observer = self._observer
        if holds and observer is not None:
            observer.condition_held(self._object)
        return holds

    def _run_once(self, **options: Any) -> None:
        try:
            super()._run_once(**options)
        except Exception as error:
            self.raised = error
            raise

    def _warn_if_unfinished_handlers(self) -> None:
        observer = self._observer
        if observer is None:
            super()._warn_if_unfinished_handlers()
        elif self._in_progress_signals or self._in_progress_updates:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                super()._warn_if_unfinished_handlers()
            for warning in caught:
                observer.warned(str(warning.message))

    def _set_workflow_failure(self, err: BaseException) -> None:
        self.raised = err
        super()._set_workflow_failure(err)

    async def workflow_wait_condition(self, *condition: Any, **options: Any) -> None:
        observer = self._observer
        if observer is None:
            await super().workflow_wait_condition(*condition, **options)
            return
        wait = observer.wait_began(sys._getframe(1), self._object)
        held = False
        try:
            await super().workflow_wait_condition(*condition, **options)
            held = True
        finally:
            observer.wait_ended(wait, held=held)

    async def workflow_start_child_workflow(self, workflow: Any, *args: Any, **options: Any) -> Any:
        self._tell_class(workflow)
        return await super().workflow_start_child_workflow(workflow, *args, **options)

    def workflow_continue_as_new(self, *args: Any, workflow: Any, **options: Any) -> Any:
        self._tell_class(workflow)
        super().workflow_continue_as_new(*args, workflow=workflow, **options)

    def _tell_class(self, workflow: Any) -> None:
        observer = self._observer
        if observer is not None and callable(workflow):
            definition = _Definition.must_from_run_fn(workflow)
            if definition.name:
                observer.workflow_named(definition.name, definition.cls)


class TellingRunner(UnsandboxedWorkflowRunner):
    """Makes instances that tell about their commands; the sandbox imports it by its name."""

    def create_instance(self, det: Any) -> Any:
        """Return an instance for a run."""
        return _Instance(det)  # type: ignore[abstract] # temporalio's own is made just so


class _Idle(base_events.BaseEventLoop):
    """A loop that never runs: temporalio wants one to be running while it makes an instance."""


_IDLE = _Idle()
_IDLE.close()


def sandboxed_runner() -> WorkflowRunner:
    """Return a runner with temporalio's sandbox; it imports a bundle anew for every run."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    return SandboxedWorkflowRunner(restrictions=restrictions, runner_class=TellingRunner)


class Instance:
    """One workflow run on temporalio's engine.

    `note_command` is called for every command as it is made; `extern_functions` are those workflow
    code finds by `temporalio.workflow.extern_functions()`. Raises what importing the bundle
    raises, under the sandbox.
    """

    def __init__(
        self,
        start: InstanceStart,
        *,
        runner: WorkflowRunner | None = None,
        note_command: CommandNoted | None = None,
        observer: InstanceObserver | None = None,
        extern_functions: Mapping[str, Callable[..., Any]] = _FROM_WORKER,
        data_converter: DataConverter = DATA_CONVERTER,
    ) -> None:
        told = {_NOTE_COMMAND: note_command, _OBSERVER: observer}
        extern = {
            **_FROM_WORKER,
            **extern_functions,
            **{name: given for name, given in told.items() if given is not None},
        }
        details = _details(start, data_converter, extern)
        with _running(_IDLE):
            self._instance: Any = (runner or TellingRunner()).create_instance(details)
        inside = getattr(self._instance, "globals_and_locals", None)
        self._run_id = start.run_id
        self.impl: Any = (
            inside["__temporal_in_sandbox"].instance if inside is not None else self._instance
        )
        """The instance itself, also where the sandbox holds it."""

    @property
    def workflow(self) -> Any:
        """The workflow object; None before the first activation."""
        return self.impl._object

    def activate(self, activation: WorkflowActivation) -> WorkflowActivationCompletion:
        """Hand over jobs and return the commands, or the failure of the workflow task.

        May be called while another event loop runs in this thread.
        """
        outer = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        for logger in _LOGGERS:
            logger.addFilter(_is_news)
        try:
            completion: WorkflowActivationCompletion = self._instance.activate(activation)
            return completion
        finally:
            for logger in _LOGGERS:
                logger.removeFilter(_is_news)
            asyncio._set_running_loop(outer)

    @property
    def raised(self) -> BaseException | None:
        """The exception that failed the workflow or its task; None when it is not known."""
        error: BaseException | None = getattr(self.impl, "raised", None)
        return error

    @property
    def main_task(self) -> asyncio.Task[None] | None:
        """The task of the run method; None before the first activation."""
        task: asyncio.Task[None] | None = self.impl._primary_task
        return task

    @property
    def broken_off(self) -> BaseException | None:
        """What ended the run method that is no exception of a program, such as GeneratorExit."""
        task = self.main_task
        if task is None or not task.done() or task.cancelled():
            return None
        error = task.exception()
        return None if isinstance(error, Exception) else error

    def activity_arguments(self, number: int) -> list[Any]:
        """Return what an activity that has just been scheduled was called with, unconverted."""
        return list(self.impl._pending_activities[number]._input.args)

    def child_arguments(self, number: int) -> list[Any]:
        """Return what a child that has just been scheduled was started with, unconverted."""
        return list(self.impl._pending_child_workflows[number]._input.args)

    def expect_child_result(self, number: int, declared: Any) -> None:
        """Say what type the result of a child is read by, for one started by its bare name.

        `number` is the sequence number of the child.
        """
        self.impl._pending_child_workflows[number]._input.ret_type = declared

    def evict(self) -> None:
        """Unwind every coroutine, as a worker does that drops a workflow from its cache."""
        _forget_fatal(self.main_task)
        if not self.impl._tasks:
            return
        for task in self.impl._tasks:
            _close_unbegun(task)
        activation = WorkflowActivation(run_id=self._run_id)
        activation.jobs.add().remove_from_cache.SetInParent()
        with contextlib.suppress(RuntimeError):
            # It complains about coroutines that refuse to be unwound: the run is over all the same.
            self.activate(activation)
        for task in self.impl._tasks:
            abandon(task)

    def release(self) -> None:
        """Let go of all the instance holds, once nobody asks it for anything any more.

        Its parts know each other: they would wait for the garbage collector, whose passes are a
        twentieth of a run. What refuses to be unwound is left as it is.
        """
        if self.impl._tasks:
            return
        held = dict(vars(self.impl))
        vars(self.impl).clear()
        # As after an eviction: tasks that failed and that nobody awaited go without a word.
        self.impl._deleting = True
        held.clear()

    def answer_query(self, ask: Callable[[], Answer]) -> Answer:
        """Return what a call of query handlers returns: on the workflow's loop, read-only."""
        outer = asyncio._get_running_loop()
        asyncio._set_running_loop(self.impl)
        try:
            with self.impl._as_read_only(**_IN_QUERY):
                return ask()
        finally:
            asyncio._set_running_loop(outer)


def workflow_type_of(workflow_class: type) -> str | None:
    """Return the name a class is registered by; None for a dynamic one."""
    name: str | None = _Definition.must_from_class(workflow_class).name
    return name


def handled_signals(workflow_class: type) -> frozenset[str | None]:
    """Return the signals a class declares handlers for; None stands for all others."""
    return frozenset(_Definition.must_from_class(workflow_class).signals)


@contextlib.contextmanager
def _running(loop: Any) -> Iterator[None]:
    """Make `loop` the running loop of this thread, and put back the one there was."""
    before = asyncio._get_running_loop()
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(before)


def _forget_fatal(task: asyncio.Task[Any] | None) -> None:
    """Take note of what ended a task that nobody awaits; asyncio would log it once more."""
    if task is not None and task.done() and not task.cancelled():
        task.exception()


def _close_unbegun(task: asyncio.Task[Any]) -> None:
    """Close the coroutine a task never came to begin, which Python would warn of."""
    wrapper = task.get_coro()
    if inspect.iscoroutine(wrapper) and inspect.getcoroutinestate(wrapper) == inspect.CORO_CREATED:
        frame: FrameType | None = wrapper.cr_frame
        wrapped = frame.f_locals.get("coro") if frame is not None else None
        if inspect.iscoroutine(wrapped):
            wrapped.close()


_LOGGERS = (
    temporals.logger,
    logging.getLogger("temporalio.worker.workflow_sandbox._restrictions"),
)

_TOLD = (
    "Failed activation on workflow",
    "%s on %s restricted",
    "Failed deserializing signal input",
)
"""What the failure of a workflow task says as well, or `SignalSent.problem`."""


def _is_news(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(_TOLD)


def _details(start: InstanceStart, converter: DataConverter, extern: Mapping[str, Any]) -> Any:
    given = {
        "payload_converter_factory": getattr(converter, "_new_payload_converter", None),
        "payload_converter_class": converter.payload_converter_class,
        "failure_converter_class": converter.failure_converter_class,
        "interceptor_classes": [],
        "defn": _Definition.must_from_class(start.workflow_class),
        "info": info_of(start),
        "randomness_seed": start.randomness_seed,
        "extern_functions": extern,
        "disable_eager_activity_execution": True,
        "worker_level_failure_exception_types": [],
        "patch_activation_callback": None,
        "last_completion_result": start.last_completion_result or Payloads(),
        "last_failure": start.last_failure,
    }
    return temporals.WorkflowInstanceDetails(
        **known_fields(temporals.WorkflowInstanceDetails, given)
    )
