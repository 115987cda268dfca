"""What a field shall be, beyond what its type says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ntro_testkit.strategies.leaves import Drawn


def _anything(_value: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one field shall be.

    Attributes:
        who: who wants it, for the message when the field accepts nothing of it.
        known: values to try, the plainest first.
        drawn: more values; where it misses, one of the known ones is taken.
        allows: tells of a value, as it is sent, whether it may be.
    """

    who: str
    known: tuple[Any, ...] = ()
    drawn: Drawn | None = None
    allows: Callable[[Any], bool] = _anything

    @property
    def filtered(self) -> Drawn | None:
        """What is drawn and allowed."""
        return self.drawn.filter(self.allows) if self.drawn is not None else None
