"""One workflow execution on temporalio's instance, and what the instance tells about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob

from ntro_testkit.runtime.execution import Execution, Waiting
from ntro_testkit.runtime.recorder import Place, Recorder
from ntro_testkit.runtime.sdk.instance import Instance
from ntro_testkit.runtime.sdk.instance_start import InstanceStart

Held = tuple[Any, Place]
"""A command that workflow code has made and no server has heard of yet, and where it was made."""


@dataclass(frozen=True, slots=True)
class Past:
    """What brings a fresh instance to where an execution stands.

    `timers` has the instance's number of a timer -> the one a server knows it by, where they
    differ.
    """

    activations: Sequence[WorkflowActivation]
    held: Sequence[Held] = ()
    timers: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issued:
    """The commands of one activation, as temporalio made them, and where each was made."""

    commands: tuple[Any, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a fresh instance made of the activation with this number, from 0."""

    number: int
    issued: Issued


@dataclass(eq=False, slots=True)
class SdkExecution(Execution):
    """An execution and the state a server and Temporal's core keep of it.

    `issued` has what came of each activation that is kept. `jobs` wait for the next one; `made`
    are the places of the commands of the activation that is being worked on, in order. `start` is
    what its instances are made from, `activations` those it has had, where they are kept. What is
    `held` is sent with its next workflow task; `timers` are those of a `Past`.
    """

    driver: Instance | None = None
    observer: Observer | None = None
    start: InstanceStart | None = None
    activations: list[WorkflowActivation] = field(default_factory=list)
    issued: list[Issued] = field(default_factory=list)
    held: Sequence[Held] = ()
    timers: Mapping[int, int] = field(default_factory=dict)
    jobs: list[WorkflowActivationJob] = field(default_factory=list)
    made: list[Place] = field(default_factory=list)
    history_length: int = 1
    run_number: int = 1


@dataclass(slots=True)
class Observer:
    """Hears from the instance of one execution (`InstanceObserver`), for the trace.

    While an instance is fed what is over, `replaying_s` is the virtual time of that, and nothing
    gets into the trace again. One that is `deaf` belongs to an instance that is thrown away.
    """

    execution: SdkExecution
    recorder: Recorder
    time: Callable[[], float]
    classes: dict[str, type]
    replaying_s: float | None = None
    deaf: bool = False

    def command_made(self, frame: FrameType, workflow: Any) -> None:
        """Note where a command comes from; called once for each, in order."""
        if self.deaf:
            return
        self.execution.instance = workflow
        line = self.recorder.line_of_frame(frame)
        self.execution.made.append(Place(self.execution.step, line))

    def condition_held(self, workflow: Any) -> None:
        """Look at the step and the gate before what waited for the condition changes them."""
        if self.deaf:
            return
        self.execution.instance = workflow
        if self.replaying_s is None:
            self.recorder.observe(self.execution)

    def wait_began(self, frame: FrameType, _workflow: Any) -> Waiting:
        """Note who waits for a condition."""
        since = self.time() if self.replaying_s is None else self.replaying_s
        wait = Waiting(since, self.recorder.line_of_frame(frame))
        if not self.deaf:
            self.execution.waits.append(wait)
        return wait

    def wait_ended(self, wait: Waiting, *, held: bool) -> None:
        """Note that it waits no more; a closed execution has forgotten its waits."""
        wait.held = held
        if wait in self.execution.waits:
            self.execution.waits.remove(wait)

    def warned(self, message: str) -> None:
        """Keep a warning of temporalio's: its first sentence says what was the matter."""
        if self.deaf or self.replaying_s is not None:
            return
        said = message.partition(". ")[0]
        self.recorder.trace.warnings.append(f"`{self.execution.slug}`: {said}")

    def workflow_named(self, workflow_type: str, workflow_class: type) -> None:
        """Remember a class that workflow code starts without its being registered."""
        self.classes.setdefault(workflow_type, workflow_class)
