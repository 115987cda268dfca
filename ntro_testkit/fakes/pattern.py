"""Shortest plain texts that match a regular expression, by rstr without its randomness."""

import re
import string
import warnings
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

_PLAIN = string.ascii_letters + string.digits
_LONGEST_SEARCH = 300
_UNKNOWN_CONSTRUCT = (re.error, LookupError, ArithmeticError)


class _NoRandom(Random):
    """Answer rstr's random draws with the plainest character and the shortest repeat.

    rstr keeps some alphabets in sets, whose order depends on PYTHONHASHSEED: hence the sorting.
    """

    turn = 0
    spare = 0

    def choice(self, seq: Any) -> Any:
        options: Sequence[Any] = seq
        if all(isinstance(option, str) for option in options):
            options = sorted(set(options), key=_plainness)
        return options[self.turn % len(options)]

    def randint(self, a: int, b: int) -> int:
        from rstr.xeger import STAR_PLUS_LIMIT

        room = self.spare if b >= STAR_PLUS_LIMIT else max(0, b - a)
        taken = min(room, self.spare)
        self.spare -= taken
        return a + taken


def texts_matching(pattern: str, shortest: int, longest: int | None, turns: int) -> Iterator[str]:
    """Yield up to `turns` texts for the pattern and lengths; the caller must check them.

    A pattern that Python's parser does not know (the validator speaks Rust's) yields nothing.
    """
    pattern = pattern.replace(r"\z", r"\Z").replace("(?<", "(?P<")
    pattern = pattern.replace("(?P<=", "(?<=").replace("(?P<!", "(?<!")
    for turn in range(turns):
        try:
            missing = max(0, shortest - len(_text(pattern, turn, spare=0)))
            # repeats of one character take the spare length exactly; longer ones need less of it
            for spare in (missing, *range(1, min(missing, _LONGEST_SEARCH))):
                text = _text(pattern, turn, spare)
                if len(text) >= shortest and (longest is None or len(text) <= longest):
                    yield text
                    break
        except _UNKNOWN_CONSTRUCT:
            continue


def _text(pattern: str, turn: int, spare: int) -> str:
    from rstr import Rstr

    source = _NoRandom(0)
    source.turn, source.spare = turn, spare
    with warnings.catch_warnings(action="ignore"):
        return Rstr(source).xeger(pattern)


def _plainness(character: str) -> tuple[int, str]:
    if character in _PLAIN:
        return 0, character
    return (1 if character in string.punctuation else 2 if character == " " else 3), character
