"""The memory of `ntro-testkit replay check` on a hundred thousand histories, all its processes."""

from __future__ import annotations

import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.figures import Peak, Section
from benchmarks.histories import write_many
from benchmarks.processes import ProcessFailedError, python
from benchmarks.samples import SMALL
from benchmarks.tree_memory import peak_of_tree

COUNT = 100_000
AT_MOST = 500 * 2**20
TITLE = f"{COUNT:,} histories in a directory"


def measure(quick: bool) -> Section:
    """Run the command once; it takes some minutes."""
    if quick:
        return Section(TITLE, skipped="it takes some minutes: run it without --quick")
    if sys.platform != "linux":
        return Section(TITLE, skipped="the memory of other processes is read from /proc")
    if find_spec("temporalio") is None:
        return Section(TITLE, skipped="temporalio is not installed (extra `dev`)")
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        directory = Path(folder)
        write_many(directory, COUNT)
        command = python("-m", "ntro_testkit", "replay", "check", str(SMALL), str(directory))
        finished, held = peak_of_tree([*command, "--output-format", "json"], limit_s=1800)
    if finished.returncode:
        raise ProcessFailedError(finished.errors)
    subject = f"replay check, {finished.seconds:.0f} s, resident memory of all processes"
    return Section(TITLE, peaks=(Peak(subject, held, AT_MOST),))
