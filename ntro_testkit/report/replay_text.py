"""What a replay check found, for people: in full, or a line a difference."""

from __future__ import annotations

from lint_rules.rules.catalogue import BY_CODE
from ntro_testkit.replay.verdict import Difference, ReplayVerdict
from ntro_testkit.report.paths import shown_path
from ntro_testkit.report.printable import printable
from ntro_testkit.report.replay_summary import Summary


def full(verdict: ReplayVerdict, _: bool) -> str:
    """Return each difference of a history with what it had, what there is, and what to do."""
    return "".join(_told(verdict, difference) for difference in verdict.differences)


def concise(verdict: ReplayVerdict, _: bool) -> str:
    """Return a line for each difference of a history."""
    lines = [
        f"{place(difference) or verdict.source}: {rule(difference)} {difference.message} "
        f"({_history(verdict, difference)})"
        for difference in verdict.differences
    ]
    return "".join(f"{printable(line)}\n" for line in lines)


def unreadable(_: str, __: bool) -> str:
    """Return nothing: it has been said on stderr."""
    return ""


def end(summary: Summary) -> str:
    """Return the counts in a line."""
    found = [f"{count} {grade}" for grade, count in summary.by_grade().items() if count]
    if summary.unreadable and not summary.histories:
        return f"{counted(summary.unreadable, 'history', 'histories')} not checked\n"
    line = (
        f"{counted(summary.histories, 'history', 'histories')} replayed, "
        f"{counted(summary.tasks, 'workflow task', 'workflow tasks')}: "
        f"{', '.join(found) or 'no difference'}"
    )
    if summary.unreadable:
        line += f"; {counted(summary.unreadable, 'history', 'histories')} not checked"
    return f"{line}\n"


def place(difference: Difference) -> str | None:
    """Return path and line of today's command, seen from here; None where there is none."""
    if difference.line is None:
        return None
    return f"{shown_path(difference.line.path)}:{difference.line.line}"


def described(verdict: ReplayVerdict, difference: Difference) -> list[str]:
    """Return the lines of a difference, the title first."""
    step = f", step `{difference.step}`" if difference.step else ""
    today = place(difference) or "no line of the bundle"
    return [
        f"{rule(difference)}: {difference.message}",
        f"  history  {_history(verdict, difference)}, workflow {verdict.workflow_id}",
        f"  today    {today}{step}, workflow task {difference.task}",
        f"  had      {difference.had}",
        f"  now      {difference.now}",
        f"  do       {difference.advice}",
    ]


def _told(verdict: ReplayVerdict, difference: Difference) -> str:
    return "".join(f"{printable(line)}\n" for line in (*described(verdict, difference), ""))


def _history(verdict: ReplayVerdict, difference: Difference) -> str:
    if difference.event_id is None:
        return verdict.source
    return f"{verdict.source}, event {difference.event_id}"


def rule(difference: Difference) -> str:
    """Return the code of a difference, and its name."""
    return f"{difference.code} {BY_CODE[difference.code].name}"


def counted(count: int, one: str, many: str) -> str:
    """Return a number with the word for it."""
    return f"{count} {one if count == 1 else many}"
