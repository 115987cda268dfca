"""Which signals may come early, late or twice, and how much of that one schedule may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ntro_testkit.explore.possible import possible
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.schedule import Happening, SignalArrives, TimerFires
from ntro_testkit.trace import RunResult


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one schedule may hold; without bounds there would be no last schedule.

    Attributes:
        signals: signals that come besides those the agent sends.
        timers: timers that fire although others could act.
    """

    signals: int = 2
    timers: int = 2


class Left(NamedTuple):
    """What a schedule may still hold of what its bounds count."""

    signals: int
    timers: int


class Repertoire:
    """The signals of a run to its root workflow; any of them may come once more, or twice."""

    def __init__(self, run: RunResult, bounds: Bounds) -> None:
        self.everything = Left(bounds.signals, bounds.timers)
        self._signals: list[SignalArrives] = []
        for sent in run.signals:
            signal = SignalArrives(sent.name, sent.payload)
            heeded = sent.workflow_id == run.workflow_id and sent.problem is None
            if heeded and signal not in self._signals:
                self._signals.append(signal)

    def next(self, engine: Engine, left: Left) -> list[tuple[Happening, Left]]:
        """Return what can happen, the engine's own choice first, with what is left after each.

        The list is empty when the run is over or stuck: a signal more than it needs is no way out.
        """
        regular = possible(engine)
        if not regular:
            return []
        found = [(happening, left) for happening in regular]
        if len(regular) > 1 and isinstance(regular[-1], TimerFires):
            found.pop()
            if left.timers:
                found.append((regular[-1], left._replace(timers=left.timers - 1)))
        if left.signals:
            fewer = left._replace(signals=left.signals - 1)
            found += [(signal, fewer) for signal in self._signals]
        return found
