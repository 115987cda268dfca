"""What can happen to a run from outside, as data: a scenario's `schedule` is a list of these.

    Scenario(
        name="approved_before_anybody_looked",
        schedule=[
            SignalArrives("user_action", {"type": "approved"}),
            ActivityCompletes("petty_cash.read_slip"),
        ],
    )

Each happens as soon as it can, one at each quiescence; until then, and after the last, events come
in the order they have in every run: activities in the order they were scheduled, then the person's
answers, then the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SignalArrives:
    """A signal reaches a workflow: the root, or the child whose id goes on with `workflow`.

    A child's id is its parent's, then `:step:slug`; of that, `workflow` is what follows the root's.
    """

    name: str
    payload: Any = None
    workflow: str = ""


@dataclass(frozen=True, slots=True)
class ActivityCompletes:
    """An activity is answered, as the scenario and the mocks say.

    Of those that wait under this name it is the one at `place`, from 0, the longest waiting first.
    """

    activity: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class AgentAnswers:
    """The person of the scenario does the next thing: decides, uploads, sends what is scripted."""


@dataclass(frozen=True, slots=True)
class StandInEnds:
    """The stand-in that has run longest ends."""


@dataclass(frozen=True, slots=True)
class TimerFires:
    """The next timer fires, though others could act."""


Happening = SignalArrives | ActivityCompletes | AgentAnswers | StandInEnds | TimerFires
