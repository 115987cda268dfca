"""What a run is given: who answers, what is there, the limits, and who says what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ntro_testkit.runtime.child_handle import Child
from ntro_testkit.runtime.recording import Recording
from ntro_testkit.runtime.replies import ActivityReplies
from ntro_testkit.runtime.run_state import Redact
from ntro_testkit.trace import Gate

if TYPE_CHECKING:
    from ntro_testkit.runtime.engine import Engine
    from ntro_testkit.runtime.local import HarnessRuntime


class Agent(Protocol):
    """Answers what workflows wait for; called only at quiescence."""

    def act(self, engine: Engine) -> bool:
        """Do one thing, if there is one to do, and say whether anything was done."""

    def could_act(self, engine: Engine) -> bool:
        """Tell whether there is something to do, without doing it."""

    def reason(self, gate: Gate) -> str | None:
        """Say why a gate was not answered, None when there is nothing to say."""


class Turn(Enum):
    """What became of a quiescence that a chooser was asked about."""

    TAKEN = auto()
    """Something has happened to a workflow."""
    CLOCK = auto()
    """Nothing but the next timer shall happen."""
    DEFAULT = auto()
    """The engine's own order decides."""
    STOP = auto()
    """The run is of no more interest, and ends here as stuck."""


Guarding = Literal["report", "raise", "off"]
"""What is done about hazards that workflow code calls: note them, end the run at once, nothing."""

Choose = Callable[["Engine"], Turn]
"""Is asked at each quiescence at which the run could go on from outside, before the engine."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a run needs besides its workflow.

    `received` is given what a signal's handler is about to get, by the signal's name, and returns
    what it gets instead (`local` only). `recording` is told of the run's events as they reach its
    workflows, where no histories are recorded.
    """

    runtime: HarnessRuntime
    replies: ActivityReplies
    agent: Agent
    children: Mapping[str, Child]
    code_roots: tuple[str, ...]
    start_time: datetime
    timeout_s: float
    snapshots: bool = True
    record_histories: bool = False
    redact: Redact | None = None
    sandbox: bool = False
    choose: Choose | None = None
    received: Callable[[str, Any], Any] | None = None
    recording: Recording | None = None
    guard: Guarding = "off"
