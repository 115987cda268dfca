"""Ctrl-C ends the work between two pieces, whoever would have swallowed it."""

from __future__ import annotations

import signal

import pytest

from ntro_testkit.cli.interrupts import interrupts_kept


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
