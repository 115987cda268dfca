"""Ctrl-C that nothing can swallow, for work that runs other people's code in small pieces.

Python raises `KeyboardInterrupt` wherever it happens to be: in code that catches too much, or in a
callback of the garbage collector, where it is printed and lost. So it is only noted, and raised
between two pieces; a second Ctrl-C is raised at once.
"""

from __future__ import annotations

import _thread
import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType


@contextlib.contextmanager
def interrupts_kept() -> Iterator[Callable[[], None]]:
    """Give what raises `KeyboardInterrupt` if one has been asked for; so does the end of the block.

    An exception out of the block counts as its consequence: a process that was worked with has had
    the signal too.
    """
    asked = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    def check() -> None:
        if asked:
            raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    # Only the main thread is interrupted; who ignores the signal goes on ignoring it.
    if threading.current_thread() is not threading.main_thread() or (
        before is not signal.default_int_handler
    ):
        yield check
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield check
    except Exception as error:
        if asked:
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    check()


REPEATED_AFTER = 0.01
"""Real seconds after which a lost Ctrl-C is raised again: what has lost it is over by then."""


@contextlib.contextmanager
def lost_interrupts_repeated() -> Iterator[None]:
    """Raise a Ctrl-C again that came in a callback of the garbage collector, and was lost there.

    For work that has no pieces to raise it between.
    """
    before = sys.unraisablehook

    def repeat(lost: sys.UnraisableHookArgs) -> None:
        if issubclass(lost.exc_type, KeyboardInterrupt):
            again = threading.Timer(REPEATED_AFTER, _thread.interrupt_main)
            again.daemon = True
            again.start()
        else:
            before(lost)

    sys.unraisablehook = repeat
    try:
        yield
    finally:
        sys.unraisablehook = before
