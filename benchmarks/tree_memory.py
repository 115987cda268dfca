"""The most memory a command and all its processes hold at once (Linux)."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import Finished, run

_EVERY_S = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def peak_of_tree(command: Sequence[str], *, limit_s: float) -> tuple[Finished, int]:
    """Run a command to its end; return it, and the peak of the sum of resident memory in bytes.

    Looked at many times a second. What processes share counts once for each of them, so the
    machine never needed more than this.
    """
    peak, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(_EVERY_S):
            peak[0] = max(peak[0], sum(map(_resident, _descendants(os.getpid()))))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        finished = run(command, limit_s=limit_s)
    finally:
        done.set()
        watcher.join()
    return finished, peak[0]


def _descendants(ancestor: int) -> list[int]:
    """Return all processes below one, by a single look at the system's list."""
    parents = {int(entry.name): _parent(entry) for entry in Path("/proc").glob("[0-9]*")}
    found, below = [], {ancestor}
    while below:
        below = {process for process, parent in parents.items() if parent in below}
        found.extend(below)
    return found


def _parent(process: Path) -> int:
    """Return a process's parent, 0 for one that has ended meanwhile."""
    try:
        after_name = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return 0
    return int(after_name.split()[1])


def _resident(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="utf-8").split()
    except OSError:
        return 0
    return int(pages[1]) * _PAGE if len(pages) > 1 else 0
