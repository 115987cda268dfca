"""What a run did as lanes on a clock: for each workflow what happened in it, from when to when.

The clock is ordinal. A run takes milliseconds here and days there, so equal distances on a page
stand for one event after another, and the times are written beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ntro_testkit.report.html.text import brief, duration, value_text
from ntro_testkit.trace import (
    ActivityCall,
    ChildRun,
    Gate,
    RunResult,
    SignalSent,
    SourceLine,
    Timer,
)

LIMIT = 400
"""Things of one run that are shown; a page with more of them helps nobody, and crawls."""

LaneKind = Literal["gates", "activities", "timers", "signals", "children"]
LANES: tuple[LaneKind, ...] = ("gates", "signals", "activities", "timers", "children")

Tone = Literal["good", "bad", "info", "quiet", "open"]
"""How an outcome is coloured; `open` had none when the run ended."""

_GATE_TONES: Mapping[str | None, Tone] = {
    "approved": "good",
    "rejected": "bad",
    "submitted": "info",
    "timeout": "quiet",
    None: "open",
}

_DETAIL = 300
"""Characters of what a thing carried that are shown."""

Record = Gate | SignalSent | ActivityCall | Timer | ChildRun


class Moment(NamedTuple):
    """A point of a run: virtual seconds, and the turn within them."""

    at_s: float
    turn: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a lane; `end` is None where it had not ended with the run, or takes no time."""

    lane: LaneKind
    label: str
    outcome: str
    tone: Tone
    detail: str
    start: Moment
    end: Moment | None
    line: SourceLine | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """One workflow: its slug, how deep it is nested, and what happened in it."""

    slug: str
    depth: int
    items: tuple[Item, ...]

    def lane(self, kind: LaneKind) -> tuple[Item, ...]:
        """Return the items of one lane."""
        return tuple(item for item in self.items if item.lane == kind)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All tracks of a run, the root's first, and the moments at which anything happened.

    `left_out` is how many things happened after the last that is shown.
    """

    tracks: tuple[Track, ...]
    moments: tuple[Moment, ...]
    left_out: int = 0

    def items(self) -> list[tuple[Track, Item]]:
        """Return all items in the order they began."""
        found = [(track, item) for track in self.tracks for item in track.items]
        return sorted(found, key=lambda pair: pair[1].start)


def timeline(run: RunResult) -> Timeline:
    """Return what happened in a run, up to `LIMIT` things."""
    nested = list(_nested(run.children, 1))
    known = {run.workflow_id, *(child.workflow_id for child, _ in nested)}
    records = sorted(_records(run, [child for child, _ in nested]), key=lambda record: record[0])
    items: dict[str, list[Item]] = {workflow_id: [] for workflow_id in known}
    for moment, workflow_id, record in records[:LIMIT]:
        owner = workflow_id if workflow_id in known else run.workflow_id
        items[owner].append(_item(record, moment))
    owners = {run.workflow_id: (run.slug, 0)}
    for child, depth in nested:
        owners.setdefault(child.workflow_id, (child.slug, depth))
    tracks = tuple(
        Track(slug, depth, tuple(items[workflow_id]))
        for workflow_id, (slug, depth) in owners.items()
        if items[workflow_id] or not depth
    )
    moments = {item.start for track in tracks for item in track.items}
    moments |= {item.end for track in tracks for item in track.items if item.end is not None}
    return Timeline(tracks, tuple(sorted(moments)), max(0, len(records) - LIMIT))


def _nested(children: list[ChildRun], depth: int) -> Iterator[tuple[ChildRun, int]]:
    for child in children:
        yield child, depth
        yield from _nested(child.children, depth + 1)


def _records(run: RunResult, children: list[ChildRun]) -> Iterator[tuple[Moment, str, Record]]:
    """Yield everything that took its time, with where it belongs."""
    for gate in run.gates:
        yield Moment(gate.opened_s, gate.turn), gate.workflow_id, gate
    for sent in run.signals:
        yield Moment(sent.at_s, sent.turn), sent.workflow_id, sent
    for call in run.activities:
        yield Moment(call.at_s, call.turn), call.workflow_id, call
    for timer in run.timers:
        yield Moment(timer.started_s, timer.turn), timer.workflow_id, timer
    for child in children:
        yield Moment(child.started_s, child.turn), child.parent_id, child


def _item(record: Record, start: Moment) -> Item:
    if isinstance(record, Gate):
        return _gate(record, start)
    if isinstance(record, SignalSent):
        return _signal(record, start)
    if isinstance(record, ActivityCall):
        return _activity(record, start)
    if isinstance(record, Timer):
        return _timer(record, start)
    return _child(record, start)


def _gate(gate: Gate, start: Moment) -> Item:
    outcome = "timed out" if gate.verdict == "timeout" else gate.verdict or "nobody answered"
    tone: Tone = _GATE_TONES.get(gate.verdict, "info")
    shown = [gate.kind, gate.reason or "", f"shows {_carried(gate.payload)}"]
    if gate.decision is not None:
        shown.append(f"answered {_carried(gate.decision)}")
    detail = "; ".join(part for part in shown if part)
    return Item(
        "gates", gate.step or gate.kind, outcome, tone, detail, start, _end(gate), gate.line
    )


def _signal(sent: SignalSent, start: Moment) -> Item:
    outcome = f"no effect: {sent.problem}" if sent.problem else "taken"
    tone: Tone = "bad" if sent.problem else "info"
    return Item("signals", sent.name, outcome, tone, _carried(sent.payload), start, start)


def _activity(call: ActivityCall, start: Moment) -> Item:
    tone: Tone = "quiet"
    if call.error is not None:
        outcome, tone = f"failed: {call.error}", "bad"
    elif call.closed_s is None:
        outcome, tone = f"no answer ({call.source})", "open"
    else:
        outcome = f"{_carried(call.result)} ({call.source})"
    detail = f"called with {_carried(call.args)}"
    return Item("activities", call.name, outcome, tone, detail, start, _end(call), call.line)


def _timer(timer: Timer, start: Moment) -> Item:
    outcome = timer.outcome or "runs on"
    tones: dict[str, Tone] = {"fired": "info", "cancelled": "quiet", "runs on": "open"}
    label = duration(timer.seconds)
    return Item("timers", label, outcome, tones[outcome], "", start, _end(timer), timer.line)


def _child(child: ChildRun, start: Moment) -> Item:
    tones: dict[str, Tone] = {"completed": "good", "failed": "bad", "running": "open"}
    outcome = f"{child.status}: {child.error}" if child.error else child.status
    kind = "a stand-in; " if child.stand_in else ""
    detail = f"{kind}given {_carried(child.input)}; returned {_carried(child.result)}"
    return Item("children", child.slug, outcome, tones[child.status], detail, start, _end(child))


def _end(record: Gate | ActivityCall | Timer | ChildRun) -> Moment | None:
    if record.closed_s is None:
        return None
    return Moment(record.closed_s, record.closed_turn or 0)


def _carried(value: Any) -> str:
    return brief(value_text(value), _DETAIL)
