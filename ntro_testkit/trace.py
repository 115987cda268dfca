"""What one run did, in order, as plain data.

The engine writes these records while it runs; reports, coverage and verdicts only read them. All
times are virtual seconds since the start of the run. Many things happen at one virtual time: `turn`
and `closed_turn` say in which order, by the number of the quiescence before them (0 before the
first, and where nobody counts). How often an engine is quiescent is its own affair, so turns are
no part of what makes two records equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic_core import from_json

from ntro_testkit.history.history import History

if TYPE_CHECKING:
    from ntro_testkit.verdict import Verdict

Status = Literal["completed", "failed", "task-failed", "stuck"]
"""How a run ended.

`completed`: the workflow returned. `failed`: it raised a workflow failure (`WorkflowError`, a
gate's timeout), as it would on Temporal. `task-failed`: any other exception; Temporal would retry
the workflow task for ever and the run would hang (D44). `stuck`: nothing can ever wake it.
"""

GateKind = Literal["interactive_review", "submit_file", "submit_files", "drill_down"]


class SourceLine(NamedTuple):
    """A line of bundle code: where a command was issued or a coroutine waits."""

    path: str
    line: int
    function: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} in {self.function}"


@dataclass(slots=True)
class Command:
    """One command of workflow code, numbered by the workflow task that issued it (from 1)."""

    workflow_id: str
    task: int
    kind: str
    name: str
    at_s: float
    step: str | None
    line: SourceLine | None
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ActivityCall:
    """One activity: what it received, after the trip through JSON, and what came back."""

    name: str
    args: list[Any]
    workflow_id: str
    step: str | None
    at_s: float
    line: SourceLine | None
    result: Any = None
    error: str | None = None
    closed_s: float | None = None
    source: str = "scheduled"
    """Who answered: `fake`, `mock`, `real`, `scenario`; `unregistered` or `scheduled`: nobody."""
    turn: int = field(default=0, compare=False)
    closed_turn: int | None = field(default=None, compare=False)


@dataclass(slots=True)
class SignalSent:
    """One signal and what became of it; `problem` says why a signal had no effect."""

    workflow_id: str
    name: str
    payload: Any
    at_s: float
    problem: str | None = None
    turn: int = field(default=0, compare=False)


@dataclass(slots=True)
class Gate:
    """A point where the workflow waited for a person or a signal."""

    workflow_id: str
    slug: str
    step: str | None
    kind: str
    payload: Any
    opened_s: float
    signal_name: str | None = None
    reason: str | None = None
    display_hint: Mapping[str, Any] | None = None
    decision: Any = None
    verdict: str | None = None
    """`approved`, `rejected`, `submitted`, `timeout`, or None when nobody answered."""
    closed_s: float | None = None
    line: SourceLine | None = None
    turn: int = field(default=0, compare=False)
    closed_turn: int | None = field(default=None, compare=False)
    seen: bool = False
    """Whether anybody could see it: it still waited when a workflow task had ended."""
    given_up: bool = False
    """Whether it was closed without what it waited for: it timed out, or its code was cancelled."""


@dataclass(slots=True)
class Timer:
    """A durable timer of workflow code."""

    workflow_id: str
    sequence: int
    seconds: float
    started_s: float
    line: SourceLine | None
    outcome: Literal["fired", "cancelled"] | None = None
    closed_s: float | None = None
    turn: int = field(default=0, compare=False)
    closed_turn: int | None = field(default=None, compare=False)


@dataclass(slots=True)
class ChildRun:
    """A child workflow, a real bundle or a stand-in."""

    workflow_id: str
    slug: str
    parent_id: str
    step: str | None
    started_s: float
    input: Any
    stand_in: bool
    status: Literal["running", "completed", "failed"] = "running"
    result: Any = None
    error: str | None = None
    closed_s: float | None = None
    children: list[ChildRun] = field(default_factory=list)
    turn: int = field(default=0, compare=False)
    closed_turn: int | None = field(default=None, compare=False)


@dataclass(slots=True, frozen=True)
class Snapshot:
    """The answers of a workflow's queries at one quiescence, kept as the JSON they travel as."""

    workflow_id: str
    at_s: float
    json: bytes
    problems: Mapping[str, str] = field(default_factory=dict)
    """Queries that raised or whose answer has no JSON form, with the reason."""

    def __getitem__(self, query: str) -> Any:
        return self.answers()[query]

    def answers(self) -> dict[str, Any]:
        """Return query -> answer."""
        answers: dict[str, Any] = from_json(self.json)
        return answers


@dataclass(slots=True, frozen=True)
class HazardCall:
    """A hazard that workflow code has called, at one line; the code is the lint's (`NTR101`).

    Step and workflow are those of the first call, of `count`.
    """

    code: str
    name: str
    line: SourceLine
    workflow_id: str
    step: str | None
    count: int = 1


@dataclass(slots=True, frozen=True)
class Blocked:
    """Something a stuck run waits for: who, for what, at which line, since when."""

    workflow_id: str
    slug: str
    step: str | None
    waits_for: str
    since_s: float
    line: SourceLine | None
    reason: str | None = None

    def __str__(self) -> str:
        place = f" at {self.line}" if self.line else ""
        step = f" in step `{self.step}`" if self.step else ""
        why = f": {self.reason}" if self.reason else ""
        return (
            f"{self.slug}{step} waits for {self.waits_for}{place} since {clock(self.since_s)}{why}"
        )


@dataclass(slots=True)
class Trace:
    """Everything that happened in one run, in order."""

    commands: list[Command] = field(default_factory=list)
    activities: list[ActivityCall] = field(default_factory=list)
    signals: list[SignalSent] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    children: list[ChildRun] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    steps_entered: list[tuple[str, str]] = field(default_factory=list)
    """(workflow id, step) in the order steps became current."""
    warnings: list[str] = field(default_factory=list)
    hazards: list[HazardCall] = field(default_factory=list)
    """What the guard saw, one entry per code, name and line, in the order of the first calls."""


@dataclass(slots=True)
class StepEvent:
    """One line of a run as a person would tell it (the record `ntro.testing` has)."""

    kind: str
    workflow_id: str
    detail: dict[str, Any] = field(default_factory=dict)
    timestamp_s: float = 0.0


@dataclass(slots=True, frozen=True)
class CoverageItem:
    """One thing a bundle can do, and whether the run did it."""

    kind: Literal["step", "decision", "signal", "activity", "child"]
    name: str
    reached: bool


@dataclass(slots=True, frozen=True)
class Coverage:
    """What of a bundle a run reached: steps, gates x decisions, signals, activities, children."""

    items: tuple[CoverageItem, ...]

    def reached(self, kind: str | None = None) -> tuple[str, ...]:
        """Return the names reached, of one kind or of all."""
        return tuple(i.name for i in self.items if i.reached and kind in (None, i.kind))

    def missed(self, kind: str | None = None) -> tuple[str, ...]:
        """Return the names not reached, of one kind or of all."""
        return tuple(i.name for i in self.items if not i.reached and kind in (None, i.kind))

    def merged(self, other: Coverage) -> Coverage:
        """Return what two runs reached together."""
        reached: dict[tuple[str, str], CoverageItem] = {}
        for item in (*self.items, *other.items):
            key = (item.kind, item.name)
            if key not in reached or item.reached:
                reached[key] = item
        return Coverage(tuple(reached.values()))


@dataclass(slots=True)
class RunResult:
    """The outcome of one run; the first seven fields are those of `ntro.testing` 0.1.2."""

    scenario: str
    workflow_id: str
    status: Status
    result: Any = None
    error: str | None = None
    events: list[StepEvent] = field(default_factory=list)
    duration_s: float = 0.0
    """Real seconds the run took."""
    slug: str = ""
    steps_completed: list[str] = field(default_factory=list)
    trace: Trace = field(default_factory=Trace)
    blocked: tuple[Blocked, ...] = ()
    exception: BaseException | None = None
    line: SourceLine | None = None
    """The line of bundle code the failure came from."""
    virtual_duration_s: float = 0.0
    start_time: datetime | None = None
    histories: list[History] = field(default_factory=list)
    """Of the root and of each child that was no stand-in, in order of their starts; on request."""
    may_fail: bool = False
    """Whether a workflow failure is a legitimate end of this run; the scenario provoked it."""
    verdicts: list[Verdict] = field(default_factory=list)
    """What the checks say of this run; none where nobody asked them."""
    measure_coverage: Callable[[RunResult], Coverage] | None = None
    """How `coverage` is worked out; a function, because most runs are never asked."""

    @property
    def passed(self) -> bool:
        """Whether the run ended as it may, and no check says worse of it than a remark."""
        return self.ended_well and all(verdict.severity == "info" for verdict in self.verdicts)

    @property
    def ended_well(self) -> bool:
        """Whether the run ended as it may: completed, or failed where that is legitimate."""
        return self.status == "completed" or (self.status == "failed" and self.may_fail)

    @property
    def coverage(self) -> Coverage:
        """What of the bundle this run reached."""
        return self.measure_coverage(self) if self.measure_coverage else Coverage(())

    @property
    def steps_entered(self) -> list[str]:
        """The root workflow's steps in the order they became current."""
        return [
            step
            for workflow_id, step in self.trace.steps_entered
            if workflow_id == self.workflow_id
        ]

    @property
    def activities(self) -> list[ActivityCall]:
        """Activities called, in order, of the whole tree."""
        return self.trace.activities

    @property
    def signals(self) -> list[SignalSent]:
        """Signals sent, in order."""
        return self.trace.signals

    @property
    def gates(self) -> list[Gate]:
        """Gates opened, in order."""
        return self.trace.gates

    @property
    def children(self) -> list[ChildRun]:
        """Children of the root workflow; each holds its own."""
        return self.trace.children

    @property
    def timers(self) -> list[Timer]:
        """Durable timers started, in order."""
        return self.trace.timers

    @property
    def snapshots(self) -> list[Snapshot]:
        """The queries' answers at every quiescence at which they could have changed."""
        return self.trace.snapshots

    def called(self, activity: str) -> list[ActivityCall]:
        """Return the calls of one activity."""
        return [call for call in self.trace.activities if call.name == activity]

    def summary(self) -> str:
        """Return the run as `report.human` prints it, without the closing count."""
        from ntro_testkit.report.human_report import render_run

        return render_run(self)


def clock(seconds: float) -> str:
    """Write virtual seconds for a person: `0.00s`, `90.00s`, `3h 05m`, `2d 04h`."""
    if seconds < 600:
        return f"{seconds:.2f}s"
    minutes = round(seconds / 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    return f"{days}d {hours:02d}h" if days else f"{hours}h {minutes:02d}m"


def run_tree(children: Sequence[ChildRun]) -> list[ChildRun]:
    """Return all children of a tree, parents before their own children."""
    flat: list[ChildRun] = []
    for child in children:
        flat.append(child)
        flat.extend(run_tree(child.children))
    return flat
