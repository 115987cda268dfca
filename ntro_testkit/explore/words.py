"""Happenings in the words of a report, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from ntro_testkit.schedule import (
    ActivityCompletes,
    AgentAnswers,
    Happening,
    SignalArrives,
    StandInEnds,
    TimerFires,
)

MAX_PAYLOAD = 80
"""Characters of a payload that are shown; the scenario has all of it."""


def told(schedule: Sequence[Happening]) -> tuple[str, ...]:
    """Return what happens, numbered."""
    return tuple(f"{number}. {_told(each)}" for number, each in enumerate(schedule, start=1))


def _told(happening: Happening) -> str:
    match happening:
        case SignalArrives(name, payload, workflow):
            target = f" at `{workflow}`" if workflow else ""
            shown = repr(payload)
            if len(shown) > MAX_PAYLOAD:
                shown = f"{shown[: MAX_PAYLOAD - 3]}..."
            return f"signal `{name}` arrives{target}: {shown}"
        case ActivityCompletes(activity, place):
            which = f" (number {place + 1} of those that wait)" if place else ""
            return f"activity `{activity}` completes{which}"
        case AgentAnswers():
            return "the person does the next thing"
        case StandInEnds():
            return "the stand-in that has run longest ends"
        case TimerFires():
            return "the next timer fires, though others could act"
