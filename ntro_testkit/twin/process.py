"""The twin's process: `python -m ntro_testkit.twin.process`.

Orders come in on stdin, a line of JSON each; an answer goes out for each on the stdout there was at
the start. Everything else anybody prints goes to stderr.
"""

from __future__ import annotations

import functools
import logging
import os
import signal
import sys
from contextlib import suppress
from typing import TextIO

from ntro_testkit.garbage import collect_seldom


def serve(orders: TextIO, answers: TextIO) -> None:
    """Answer every order, until there are no more or nobody reads the answers any more."""
    # Imported when the garbage collector has been told to stay out of it.
    from ntro_testkit.loading import BundleFinder
    from ntro_testkit.twin.answers import answer_as_json
    from ntro_testkit.twin.clock import Clock, ClockedLoader
    from ntro_testkit.twin.order import order_from
    from ntro_testkit.twin.trials import carried_out

    clock = Clock()
    sys.meta_path.insert(0, BundleFinder(functools.partial(ClockedLoader, clock=clock)))
    with suppress(BrokenPipeError):
        for line in orders:
            answers.write(answer_as_json(carried_out(order_from(line), clock)) + "\n")
            answers.flush()


def main() -> None:
    """Serve, and end without waiting for threads that never yield.

    Ctrl-C is the business of the one that started it, and would look there like a death over a
    bundle. If that process is gone, there are no more orders.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.disable()
    collect_seldom()
    serve(sys.stdin, answers)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
