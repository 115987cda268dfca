"""Ctrl-C ends the work between two pieces, whoever would have swallowed it."""

from __future__ import annotations

import signal
import sys
import time
import weakref
from types import SimpleNamespace

import pytest

from ntro_testkit.cli.interrupts import interrupts_kept, lost_interrupts_repeated


def working() -> None:
    with interrupts_kept() as check:
        check()
        signal.raise_signal(signal.SIGINT)
        check()
        pytest.fail("the interrupt is lost")


def test_an_interrupt_is_raised_between_two_pieces_of_work() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        working()
    assert signal.getsignal(signal.SIGINT) is before


def test_one_in_the_last_piece_counts_too() -> None:
    with pytest.raises(KeyboardInterrupt), interrupts_kept():
        signal.raise_signal(signal.SIGINT)


def interrupted_twice() -> None:
    with interrupts_kept():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_the_second_is_raised_at_once() -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted_twice()


def failing_in_its_wake() -> None:
    with interrupts_kept():
        signal.raise_signal(signal.SIGINT)
        raise ValueError("git was ended by the same signal")


def test_what_fails_because_of_it_is_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt) as caught:
        failing_in_its_wake()
    assert isinstance(caught.value.__cause__, ValueError)


def test_what_fails_without_it_is_what_it_was() -> None:
    with pytest.raises(ValueError, match="no such revision"), interrupts_kept():
        raise ValueError("no such revision")


def test_who_ignores_the_signal_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interrupts_kept() as check:
            signal.raise_signal(signal.SIGINT)
            check()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def losing_an_interrupt() -> None:
    class Thing:
        pass

    def lose(_reference: object) -> None:
        signal.raise_signal(signal.SIGINT)

    thing = Thing()
    reference = weakref.ref(thing, lose)
    del thing
    assert reference() is None
    time.sleep(5)
    pytest.fail("the interrupt is lost")


def test_one_that_a_callback_of_the_garbage_collector_lost_is_raised_again() -> None:
    before = sys.unraisablehook
    with pytest.raises(KeyboardInterrupt), lost_interrupts_repeated():
        losing_an_interrupt()
    assert sys.unraisablehook is before


def test_any_other_exception_that_is_lost_is_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    lost = SimpleNamespace(exc_type=ValueError)
    with lost_interrupts_repeated():
        sys.unraisablehook(lost)
    assert told == [lost]
