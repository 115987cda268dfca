"""The worlds a twin lives in: far apart in everything a worker may differ in from another.

Two of them, on either side of wherever we are: what splits at any moment, hour, weekday, number or
setting in between splits between them, and so does what asks for odd or even.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

Factor = Literal[
    "clock",
    "time zone",
    "locale",
    "environment",
    "random numbers",
    "working directory",
    "machine",
]
"""One thing in which a world differs from here."""

FACTORS: tuple[Factor, ...] = get_args(Factor)


@dataclass(frozen=True, slots=True)
class World:
    """How things are in a world.

    Attributes:
        name: for people, after "in".
        moment: when each run begins, aware.
        zone: the time zone, as POSIX writes it, for which no database is needed.
        languages: locales, of which the first that is installed is taken.
        seed: of `random`, before each run.
        unset: the value of variables that the bundle names and that are not set here.
        drops: whether variables go away: those it names that are set here, and all that Python can
            do without. Otherwise they stay, and those it names have another value.
        machine: the host, and the user.
        processors: how many there are.
    """

    name: str
    moment: datetime
    zone: str
    languages: tuple[str, ...]
    seed: int
    unset: str
    drops: bool
    machine: str
    processors: int


EAST = World(
    name="a world far east, years ahead",
    # A Saturday, even in every part, in UTC and in its zone: 20:58 there.
    moment=datetime(2032, 8, 14, 6, 58, 46, 250_000, tzinfo=UTC),
    zone="<+14>-14",
    languages=("tr_TR.UTF-8", "tr_TR.utf8", "de_DE.UTF-8", "de_DE.utf8", "C"),
    # First draws are low: below a fifth, the first of two or three, tails.
    seed=14,
    unset="1",
    drops=False,
    machine="twin-east",
    processors=64,
)

WEST = World(
    name="a world far west, years ago",
    # A Tuesday, odd in every part: 03:47 there.
    moment=datetime(2019, 3, 5, 13, 17, 13, 750_000, tzinfo=UTC),
    zone="<-0930>+9:30",
    languages=("ja_JP.UTF-8", "ja_JP.utf8", "fr_FR.UTF-8", "fr_FR.utf8", "POSIX"),
    # First draws are high: above four fifths, the last of two or three, heads.
    seed=647,
    unset="true",
    drops=True,
    machine="twin-west",
    processors=1,
)

WORLDS = (EAST, WEST)
