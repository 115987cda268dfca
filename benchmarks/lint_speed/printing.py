"""Turns what was found out into lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.lint_speed.figures import Goal, Point, Row, Speed, growth
from benchmarks.printing import duration, ratio


def lines(name: str, speed: Speed, *, with_goals: bool = True) -> Iterator[str]:
    """Write one measurement; of small trees, goals are better left out."""
    yield f"{name}: {speed.title}"
    width = max((len(row.subject) for row in speed.rows), default=0)
    for row in speed.rows:
        yield f"  {row.subject.ljust(width)}  {_row(row, with_goals)}"
    if speed.curve:
        yield from _curve(speed.curve)
    for note in speed.notes:
        yield f"  {note}"
    yield ""


def _row(row: Row, with_goals: bool) -> str:
    text = f"{duration(row.ours.median):>9} (least {duration(row.ours.least)})"
    if row.theirs is not None and row.ratio is not None:
        text += f"  {_relation(row.ratio):>13} {row.other} ({duration(row.theirs.median)})"
    if row.goal is None or not with_goals:
        return text
    return f"{text}  [goal {_goal(row.goal)}: {'met' if row.meets_goal else 'missed'}]"


def _relation(value: float) -> str:
    return f"{ratio(1 / value)}x faster than" if value < 1 else f"{ratio(value)}x"


def _goal(goal: Goal) -> str:
    if goal.seconds is not None:
        return f"at most {duration(goal.seconds)}"
    if goal.at_most is not None:
        return f"at most {goal.at_most:g}x"
    return f"at least {goal.faster:g}x faster"


def _curve(curve: tuple[Point, ...]) -> Iterator[str]:
    steps = ["", *(f"{step:.2f}" for step in growth(curve))]
    header = ("bundles", "lines", "seconds", "lines/s", "peak MiB", "per line, to the step before")
    yield "  {:>8} {:>10} {:>9} {:>9} {:>9}  {}".format(*header)
    for point, step in zip(curve, steps, strict=True):
        yield (
            f"  {point.bundles:8,} {point.lines:10,} {point.seconds:9.2f} "
            f"{point.lines / point.seconds:9,.0f} {point.memory / 2**20:9.0f}  {step}"
        )
