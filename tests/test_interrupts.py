"""Ctrl-C ends the work, also where somebody has swallowed it."""

from __future__ import annotations

import contextlib
import signal

import pytest

from ntro_testkit.cli.interrupts import interrupts_kept


def swallowing() -> None:
    with interrupts_kept() as check:
        check()
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        check()
        pytest.fail("the interrupt is lost")


def test_an_interrupt_that_was_swallowed_comes_again() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        swallowing()
    assert signal.getsignal(signal.SIGINT) is before


def test_one_that_is_swallowed_at_the_very_end_counts_too() -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        interrupts_kept(),
        contextlib.suppress(KeyboardInterrupt),
    ):
        signal.raise_signal(signal.SIGINT)


def test_who_ignores_the_signal_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interrupts_kept() as check:
            signal.raise_signal(signal.SIGINT)
            check()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
