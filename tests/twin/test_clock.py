"""Another time for the code of bundles: who is told it, who is not, and that code stays code."""

from __future__ import annotations

import calendar
import logging
import random
import sched
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit.twin.clock import Clock, ClockedLoader
from ntro_testkit.twin.surroundings import Surroundings
from ntro_testkit.twin.worlds import EAST, WEST

MOMENT = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)


def run(source: str, clock: Clock, path: str = "bundle.py") -> dict[str, Any]:
    """Run source as a module of a bundle and return its names."""
    module = ModuleType("bundle")
    loader = ClockedLoader("bundle", path, clock)
    loader.get_code = lambda _name: loader.source_to_code(source, path)  # type: ignore[method-assign]
    loader.exec_module(module)
    return vars(module)


@pytest.mark.parametrize(
    "asked",
    [
        "datetime.now()",
        "datetime.now(UTC).replace(tzinfo=None)",
        "datetime.now(tz=UTC).replace(tzinfo=None)",
        "datetime.utcnow()",
        "datetime.today()",
        "datetime.max.now()",
        "dt.datetime.now()",
        "getattr(datetime, 'no' + 'w')()",
        "list(map(datetime.now, [None]))[0]",
        "partial(datetime.now)()",
        "datetime.combine(date.today(), datetime.now().time())",
        "datetime.fromtimestamp(time.time(), UTC).replace(tzinfo=None)",
        "datetime.fromtimestamp(time.time_ns() / 1e9, UTC).replace(tzinfo=None)",
        "datetime(*time.gmtime()[:6])",
        "datetime(*time.localtime()[:6])",
        "datetime.strptime(time.ctime(), '%a %b %d %H:%M:%S %Y')",
        "datetime.strptime(time.asctime(), '%a %b %d %H:%M:%S %Y')",
        "datetime.strptime(time.strftime('%Y-%m-%d %H:%M:%S'), '%Y-%m-%d %H:%M:%S')",
    ],
)
def test_whoever_asks_is_told_the_other_time(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    clock = Clock()
    imports = (
        "import datetime as dt, time\nfrom datetime import UTC, date, datetime\n"
        "from functools import partial\n"
    )
    with clock.shifted_to(MOMENT):
        said = run(f"{imports}said = {asked}", clock)["said"]
    assert type(said) is datetime
    assert (
        timedelta(0)
        <= said - MOMENT.replace(tzinfo=None) + timedelta(seconds=1)
        < timedelta(seconds=9)
    )
    monkeypatch.undo()
    time.tzset()


def test_the_time_goes_on_and_begins_again() -> None:
    clock = Clock()
    with clock.shifted_to(MOMENT):
        first, later = clock.time(), clock.time()
        assert MOMENT.timestamp() <= first <= later
        clock.begin()
        assert clock.time() - MOMENT.timestamp() < 5


def test_nobody_else_is_told_and_nothing_is_left_behind() -> None:
    before = {name: getattr(time, name) for name in dir(time)}
    clock = Clock()
    with clock.shifted_to(MOMENT):
        assert datetime.now().year != MOMENT.year
        assert time.perf_counter is before["perf_counter"]
        assert time.monotonic is before["monotonic"]
    assert {name: getattr(time, name) for name in dir(time)} == before
    names = run("from datetime import datetime\nsaid = datetime.now()", clock)
    assert abs(names["said"] - datetime.now()) < timedelta(minutes=1)


def test_a_subclass_of_datetime_answers_itself() -> None:
    source = (
        "from datetime import datetime\n"
        "class Mine(datetime):\n"
        "    @classmethod\n"
        "    def now(cls, tz=None):\n        return 'mine'\n"
        "said = Mine.now()\n"
    )
    clock = Clock()
    with clock.shifted_to(MOMENT):
        assert run(source, clock)["said"] == "mine"


def test_getattr_is_what_it_was() -> None:
    source = (
        "class Board:\n    now = 3\n"
        "said = [getattr(Board, 'now'), getattr(Board, 'today', 4), getattr(Board, 'x', 5)]\n"
        "try:\n    getattr(Board, 'utcnow')\nexcept AttributeError as error:\n"
        "    why = str(error)\n"
    )
    clock = Clock()
    with clock.shifted_to(MOMENT):
        names = run(source, clock)
    assert names["said"] == [3, 4, 5]
    assert names["why"] == "type object 'Board' has no attribute 'utcnow'"


# -- code stays code -------------------------------------------------------------------------------


names = st.sampled_from(["now", "today", "utcnow", "later", "rows"])
expressions = st.recursive(
    st.just("board") | st.integers(0, 9).map(str),
    lambda inner: st.one_of(
        st.tuples(st.just("board"), names).map(lambda each: f"{each[0]}.{each[1]}"),
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]"),
        st.tuples(inner, inner).map(lambda each: f"({each[0]} == {each[1]})"),
        st.tuples(inner, names).map(lambda each: f"(lambda it=board: it.{each[1]})()"),
        inner.map(lambda each: f"[x.now for x in [board] if id({each})]"),
        names.map(lambda each: f"getattr(board, {each!r}, 0)"),
        names.map(lambda each: f"f'{{board.{each}}} and {{board.today!r:>9}}'"),
    ),
    max_leaves=12,
)

BOARD = (
    "class Board:\n    now = 1\n    today = 'two'\n    utcnow = (3,)\n    later = None\n"
    "    rows = [4]\n    def __repr__(self):\n        return 'board'\n\nboard = Board()\n"
)


@given(expressions)
def test_an_expression_means_what_it_meant(expression: str) -> None:
    source = f"{BOARD}said = repr({expression})\n"
    plain: dict[str, Any] = {"__name__": "bundle"}
    exec(compile(source, "bundle.py", "exec"), plain)
    assert run(source, Clock())["said"] == plain["said"]


@pytest.mark.parametrize("module", [calendar, logging, sched], ids=lambda each: each.__name__)
def test_lines_stay_where_they_were(module: Any) -> None:
    path = str(module.__file__)
    source = Path(path).read_bytes()
    plain = compile(source, path, "exec", dont_inherit=True)
    clocked = ClockedLoader("bundle", path, Clock()).source_to_code(source, path)
    assert lines(clocked) == lines(plain)


def lines(code: CodeType) -> dict[str, set[int | None]]:
    found = {code.co_qualname: {line for _, _, line in code.co_lines()}}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            found |= lines(inner)
    return found


def test_assigning_to_such_a_name_is_left_alone() -> None:
    source = f"{BOARD}board.now = 7\nboard.now += 1\nsaid = board.now\ndel board.now\n"
    assert run(source, Clock())["said"] == 8


# -- worlds ----------------------------------------------------------------------------------------


def parts(moment: datetime) -> tuple[int, ...]:
    return (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)


def local(world: Any) -> datetime:
    with Surroundings(world, ("clock", "time zone"), (), Clock()):
        return datetime.fromtimestamp(world.moment.timestamp())


def test_the_worlds_differ_in_the_parity_of_every_part_of_their_times() -> None:
    for east, west in (
        (EAST.moment, WEST.moment),
        (local(EAST), local(WEST)),
    ):
        assert {part % 2 for part in parts(east)} == {0}
        assert {part % 2 for part in parts(west)} == {1}
        assert (east.weekday() >= 5, west.weekday() >= 5) == (True, False)
        assert (east.hour < 12) != (west.hour < 12)
        assert west.replace(tzinfo=UTC) < datetime(2020, 1, 1, tzinfo=UTC)
        assert calendar.isleap(east.year)
        assert not calendar.isleap(west.year)


def test_the_worlds_draw_low_and_high() -> None:
    draws: tuple[Callable[[], float], ...] = (
        random.random,
        lambda: random.randrange(2),
        lambda: random.choice([0.0, 1.0]),
        lambda: random.randint(1, 100) / 100,
        lambda: random.choice([0.0, 0.5, 1.0]),
    )
    for draw in draws:
        with Surroundings(EAST, ("random numbers",), (), Clock()):
            low = draw()
        with Surroundings(WEST, ("random numbers",), (), Clock()):
            high = draw()
        assert low < 0.2
        assert high > 0.8


def test_today_is_the_day_of_the_zone() -> None:
    source = "from datetime import date\nsaid = date.today()"
    clock = Clock()
    with Surroundings(WEST, ("clock", "time zone"), (), clock):
        assert run(source, clock)["said"] == date(2019, 3, 5)
