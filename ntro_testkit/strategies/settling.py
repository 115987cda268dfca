"""From what is drawn for a part to what its validator takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from ntro_testkit.fakes.checking import Verdict
from ntro_testkit.strategies.leaves import Drawn

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Judge:
    """What is legal for one part of a type: `known` values that are, and a test for others."""

    known: Sequence[Any]
    verdict: Callable[[Any], Verdict]

    def mended(self, guess: Any, blamed: set[Any]) -> Any:
        """Return a record with the fields that are blamed as they are in the first known one."""
        if not isinstance(guess, dict) or not isinstance(self.known[0], dict):
            return self.known[0]
        kept = {key: value for key, value in guess.items() if key not in blamed}
        return kept | {key: self.known[0][key] for key in blamed if key in self.known[0]}


def legal(drawn: Drawn | None, judge: Judge) -> Drawn:
    """Return a strategy for what a judge takes: the known ones first, then what is drawn."""
    first, *others = judge.known
    # by itself, because fewer choices are what hypothesis takes for simpler
    strategies = [st.just(first)]
    if others:
        strategies.append(st.sampled_from(others))
    if drawn is not None:
        strategies.append(settled(drawn, judge))
    return st.one_of(strategies)


@st.composite
def settled(draw: st.DrawFn, drawn: Drawn, judge: Judge) -> Any:
    """Draw until it is legal; what is not, after some tries, is mended, and at last replaced.

    What its strategy draws first must be as simple as what is known first.
    """
    for _ in range(_TRIES):
        guess = draw(drawn)
        answer = judge.verdict(guess)
        if answer.error is None:
            return guess
    mended = judge.mended(guess, answer.blamed)
    return mended if judge.verdict(mended).error is None else draw(st.sampled_from(judge.known))
