"""Turns the data of the benchmarks into lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figures import Comparison, Goal, Peak, Section


def lines(name: str, section: Section, *, with_goals: bool = True) -> Iterator[str]:
    """Write one benchmark; after a few rounds only, its goals are better left out."""
    yield f"{name}: {section.title}"
    if section.skipped is not None:
        yield f"  skipped: {section.skipped}"
    width = max((len(one.subject) for one in section.comparisons), default=0)
    for comparison in section.comparisons:
        yield f"  {comparison.subject.ljust(width)}  {_figures(comparison, with_goals)}"
    for peak in section.peaks:
        goal = f"at most {memory(peak.at_most)}: {_met(peak)}"
        yield f"  {peak.subject}  {memory(peak.held)}  [goal {goal}]"
    if section.shares:
        yield f"  {section.shares_of}:"
        total = sum(share.seconds for share in section.shares)
        for share in section.shares:
            yield f"    {duration(share.seconds):>9}  {share.seconds / total:4.0%}  {share.name}"
    yield ""


def _figures(comparison: Comparison, with_goals: bool) -> str:
    relation = "x" if comparison.kind == "floor" else "x faster than"
    figures = (
        f"{duration(comparison.ours.median):>9} (least {duration(comparison.ours.least)})  "
        f"{ratio(comparison.ratio):>6}{relation} {comparison.other} "
        f"({duration(comparison.theirs.median)})"
    )
    if comparison.goal is None or not with_goals:
        return figures
    if comparison.goal.added is not None:
        figures = f"{figures}  {duration(comparison.added)} more"
    return f"{figures}  [goal {_goal(comparison.goal)}: {_met(comparison)}]"


def _goal(goal: Goal) -> str:
    if goal.seconds is not None:
        return f"at most {duration(goal.seconds)}"
    if goal.added is not None:
        return f"at most {duration(goal.added)} more"
    if goal.most is not None:
        return f"at most {goal.most:g}x"
    return f"at least {goal.times:g}x"


def _met(found: Comparison | Peak) -> str:
    return "met" if found.meets_goal else "missed"


def duration(seconds: float) -> str:
    """Write seconds with three digits: `0.31 ms`, `31.2 ms`, `3.12 s`."""
    if seconds < 0.0995:
        milliseconds = seconds * 1000
        return f"{milliseconds:.{2 if milliseconds < 10 else 1}f} ms"
    return f"{seconds:.2f} s"


def memory(held: int) -> str:
    """Write bytes: `213 MiB`, `79 KiB`."""
    if held < 2**20:
        return f"{held / 2**10:,.0f} KiB"
    return f"{held / 2**20:,.0f} MiB"


def ratio(times: float) -> str:
    """Write a ratio with about three digits."""
    return f"{times:.2f}" if times < 10 else f"{times:.1f}" if times < 100 else f"{times:,.0f}"
