"""What the benchmarks make of their figures, and how they look at the memory of processes."""

from __future__ import annotations

import sys

import pytest

from benchmarks.figures import Comparison, Goal, Peak, Section, Times
from benchmarks.printing import lines
from benchmarks.processes import python
from benchmarks.tree_memory import peak_of_tree

MEBIBYTE = 2**20

HOLDS = """
import subprocess, sys, time
if len(sys.argv) > 1:
    held = bytearray(b"x") * (120 * 2**20)
    time.sleep(0.4)
else:
    subprocess.run([sys.executable, "-c", {source!r}, "again"], check=True)
"""


def test_what_is_added_is_taken_turn_by_turn() -> None:
    ours, theirs = Times((2.0, 9.0, 4.0)), Times((1.0, 8.5, 2.0))
    for added, met in ((1.0, True), (0.9, False)):
        found = Comparison("run", ours, "bare", theirs, "floor", Goal(added=added))
        assert found.added == 1.0
        assert found.meets_goal is met
        told = "met" if met else "missed"
        [_, line, _] = lines("x", Section("y", (found,)))
        assert line.endswith(f"1.00 s more  [goal at most {added:.2f} s more: {told}]")


def test_a_peak_is_told_with_its_goal() -> None:
    for at_most, told in ((300, "met"), (200, "missed")):
        peak = Peak("check", 213 * MEBIBYTE, at_most * MEBIBYTE)
        [_, line, _] = lines("x", Section("y", peaks=(peak,)))
        assert line == f"  check  213 MiB  [goal at most {at_most} MiB: {told}]"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_memory_of_a_grandchild_counts() -> None:
    inner = HOLDS.format(source="")
    finished, held = peak_of_tree(python("-c", HOLDS.format(source=inner)), limit_s=30)
    assert finished.returncode == 0
    assert 120 * MEBIBYTE <= held < 220 * MEBIBYTE
