"""Processes that share one piece of work, and end with it whatever happens."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

FORKS = sys.platform == "linux"
"""Whether a process begins with all that its parent has in memory."""


class WorkerDiedError(RuntimeError):
    """A process was ended from outside while it worked; the message says what to do."""


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def worker_pool(
    wanted: int, start: Callable[..., None], given: tuple[Any, ...], *, doing: str
) -> Iterator[ProcessPoolExecutor]:
    """Give `wanted` processes, each begun by `start(*given)`; they are ended with the block.

    `doing` completes "a process that ...". Raises `WorkerDiedError` when one is ended from outside.
    """
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    others = set(multiprocessing.active_children())
    gc.freeze()
    pool = ProcessPoolExecutor(wanted, context, start, given)
    try:
        yield pool
    except BrokenProcessPool as error:
        raise WorkerDiedError(
            f"a process that {doing} was ended from outside, perhaps for want of memory; "
            f"--jobs 1 needs the least"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        gc.unfreeze()
