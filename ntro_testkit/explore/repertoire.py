"""Which signals may come early, late or twice, and how much of that one schedule may hold."""

from __future__ import annotations

from dataclasses import dataclass

from ntro_testkit.runtime.engine import Engine
from ntro_testkit.schedule import Happening, SignalArrives, TimerFires
from ntro_testkit.trace import RunResult

from .possible import possible


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one schedule may hold; without bounds there would be no last schedule.

    Attributes:
        signals: signals that come besides those the agent sends, each of them once.
        timers: timers that fire although others could act.
    """

    signals: int = 2
    timers: int = 2


@dataclass(frozen=True, slots=True)
class Left:
    """What a schedule may still hold; `signals` as places in the repertoire."""

    signals: tuple[int, ...]
    extra: int
    timers: int


class Repertoire:
    """The signals of a run to its root workflow; each may come once more, whenever it likes."""

    def __init__(self, run: RunResult, bounds: Bounds) -> None:
        self._signals: list[SignalArrives] = []
        for sent in run.signals:
            signal = SignalArrives(sent.name, sent.payload)
            heeded = sent.workflow_id == run.workflow_id and sent.problem is None
            if heeded and signal not in self._signals:
                self._signals.append(signal)
        self.everything = Left(tuple(range(len(self._signals))), bounds.signals, bounds.timers)

    def next(self, engine: Engine, left: Left) -> list[tuple[Happening, Left]]:
        """Return what can happen, the engine's own choice first, with what is left after each.

        The list is empty when the run is over or stuck: a signal more than it needs is no way out.
        """
        regular = possible(engine)
        if not regular:
            return []
        if len(regular) == 1:
            found: list[tuple[Happening, Left]] = [(regular[0], left)]
        else:
            found = [(happening, left) for happening in regular]
            if isinstance(regular[-1], TimerFires):
                found.pop()
                if left.timers:
                    fewer = Left(left.signals, left.extra, left.timers - 1)
                    found.append((regular[-1], fewer))
        return found + self._extra(left)

    def _extra(self, left: Left) -> list[tuple[Happening, Left]]:
        if not left.extra:
            return []
        return [
            (
                self._signals[place],
                Left(tuple(p for p in left.signals if p != place), left.extra - 1, left.timers),
            )
            for place in left.signals
        ]
