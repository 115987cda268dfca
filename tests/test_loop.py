"""The virtual loop fires timers in order, however far away, and knows when nothing can happen."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine
from typing import Any

import pytest

from ntro_testkit.runtime.loop import Deadlock, VirtualLoop

hypothesis = pytest.importorskip("hypothesis", reason="property tests need hypothesis")
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

YEARS = 100 * 366 * 86_400


def drive(coroutine: Coroutine[Any, Any, Any]) -> tuple[Any, float]:
    """Run a coroutine on a loop of its own and return its result and the virtual end."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(coroutine), loop.time()
    finally:
        loop.cancel_all_and_close()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(0, YEARS, allow_nan=False), min_size=1, max_size=12))
def test_timers_fire_in_the_order_of_their_times(delays: list[float]) -> None:
    async def main() -> list[tuple[float, float]]:
        fired: list[tuple[float, float]] = []
        loop = asyncio.get_running_loop()
        for delay in delays:
            loop.call_later(delay, lambda d=delay: fired.append((d, loop.time())))
        await asyncio.sleep(max(delays) + 1)
        return fired

    fired, _ = drive(main())
    assert [delay for delay, _ in fired] == sorted(delays)
    assert all(at >= delay for delay, at in fired)


@settings(max_examples=200, deadline=None)
@given(st.floats(0.001, YEARS))
def test_a_sleep_ends_exactly_when_it_is_due(delay: float) -> None:
    assert drive(asyncio.sleep(delay, "done")) == ("done", delay)


def test_timers_of_the_same_time_fire_in_the_order_they_were_set() -> None:
    async def main() -> list[int]:
        fired: list[int] = []
        for number in range(50):
            asyncio.get_running_loop().call_later(5, fired.append, number)
        await asyncio.sleep(6)
        return fired

    assert drive(main())[0] == list(range(50))


def test_a_cancelled_timer_does_not_move_the_clock() -> None:
    async def main() -> None:
        asyncio.get_running_loop().call_later(1e9, print).cancel()
        await asyncio.sleep(1)

    assert drive(main())[1] == 1


def test_a_thousand_sleeps_are_instant() -> None:
    async def main() -> None:
        for _ in range(1000):
            await asyncio.sleep(3600)

    started = time.perf_counter()
    assert drive(main())[1] == 3_600_000
    assert time.perf_counter() - started < 2


def test_nothing_left_to_happen_is_a_deadlock() -> None:
    loop = VirtualLoop()
    with pytest.raises(Deadlock):
        loop.run_until_complete(loop.create_future())
    loop.cancel_all_and_close()


def test_the_idle_hook_is_asked_before_the_clock_moves() -> None:
    seen: list[float] = []
    loop = VirtualLoop(on_idle=lambda: bool(seen.append(loop.time())))
    loop.run_until_complete(asyncio.sleep(7))
    loop.cancel_all_and_close()
    assert seen[0] == 0


def test_a_thread_is_waited_for_without_moving_the_clock() -> None:
    async def main() -> tuple[int, float]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        asyncio.get_running_loop().call_later(50, print)
        return await loop.run_in_thread(
            lambda: time.sleep(0.05) or threading.get_ident()
        ), loop.time()

    (ident, at), _ = drive(main())
    assert ident != threading.get_ident()
    assert at == 0


def test_an_exception_in_a_thread_reaches_its_waiter() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        await loop.run_in_thread(lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        drive(main())
