"""Lazy lists of guesses: drawn only as far as somebody looks."""

from collections.abc import Iterable, Iterator
from typing import Any

from ntro_testkit.fakes.unavailable import EndlessTypeError, MockUnavailable


class Choices:
    """A list of guesses that is drawn when an index is asked for."""

    def __init__(self, guesses: Iterable[Any]) -> None:
        self._rest = iter(guesses)
        self._drawn: list[Any] = []

    def __getitem__(self, index: int) -> Any:
        while len(self._drawn) <= index:
            try:
                self._drawn.append(next(self._rest))
            except StopIteration:
                raise IndexError(index) from None
        return self._drawn[index]

    def has(self, index: int) -> bool:
        """Tell whether there are more than `index` guesses."""
        try:
            self[index]
        except IndexError:
            return False
        return True

    def distinct(self, count: int, most_tries: int) -> list[Any]:
        """Return the first `count` guesses that differ from each other; fewer if there are none."""
        found: list[Any] = []
        for index in range(most_tries):
            if len(found) == count or not self.has(index):
                break
            if self[index] not in found:
                found.append(self[index])
        return found


def interleaved(sources: Iterable[Iterator[Any]]) -> Iterator[Any]:
    """Yield the first guess of each source, then the second of each, ...

    A source that cannot be faked is left out; only when all are does its error come through.
    """
    errors: list[MockUnavailable] = []
    waiting, found = list(sources), False
    while waiting:
        still_waiting = []
        for source in waiting:
            try:
                guess = next(source)
            except StopIteration:
                continue
            except MockUnavailable as error:
                errors.append(error)
                continue
            found = True
            still_waiting.append(source)
            yield guess
        waiting = still_waiting
    if not found and errors:
        # a parent can end a recursion, so that is the error it must hear of
        raise next((error for error in errors if isinstance(error, EndlessTypeError)), errors[0])
