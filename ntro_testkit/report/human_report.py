"""Runs as a person reads them: one block per scenario, times on the virtual clock.

The shape is the one `ntro workflow test` prints: a mark and the scenario, a line per event, a
closing count. Step ids, children and, on failure, the cause with its source line are added.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from ntro_testkit.report.paths import shown_path
from ntro_testkit.report.printable import one_line, printable
from ntro_testkit.report.source_excerpt import source_excerpt
from ntro_testkit.report.verdict_text import verdict_lines
from ntro_testkit.trace import Blocked, RunResult, SourceLine, StepEvent, clock

PASSED = "✓"
FAILED = "✗"


def human(results: Iterable[RunResult], *, colour: bool = False) -> str:
    """Return all runs and the closing count; `colour` is for terminals only."""
    runs = list(results)
    blocks = [render_run(run) for run in runs]
    passed = sum(run.passed for run in runs)
    count = f"summary: {passed} passed, {len(runs) - passed} failed (of {len(runs)})"
    verdicts = sum(len(run.verdicts) for run in runs)
    if verdicts:
        count += f"; {verdicts} verdict{'' if verdicts == 1 else 's'}"
    text = "\n\n".join([*blocks, count])
    return coloured(text) if colour else text


def render_run(run: RunResult) -> str:
    """Return one run: header, events, and what went wrong."""
    mark = PASSED if run.passed else FAILED
    took = f"{run.duration_s:.2f}s"
    if run.virtual_duration_s:
        took += f", {clock(run.virtual_duration_s)} virtual"
    lines = [f"{mark}  {run.scenario}  ({took})"]
    lines += _events(run)
    if run.status == "completed" and run.result is not None:
        lines.append(f"    result: {one_line(run.result)}")
    if run.status != "completed":
        lines += _failure(run)
    lines += [f"    warning: {warning}" for warning in dict.fromkeys(run.trace.warnings)]
    lines += [
        f"    warning: signal `{sent.name}` had no effect: {sent.problem}"
        for sent in run.signals
        if sent.problem
    ]
    for verdict in run.verdicts:
        lines += [f"    {line}" for line in verdict_lines(verdict)]
    return printable("\n".join(lines))


def _events(run: RunResult) -> list[str]:
    """Return a line per event; the same event many times over is told once."""
    lines = []
    for line, repeated in itertools.groupby(_event(run, event) for event in run.events):
        times = len(list(repeated))
        lines.append(f"{line}  ({times} times)" if times > 1 else line)
    return lines


def _event(run: RunResult, event: StepEvent) -> str:
    detail = dict(event.detail)
    step = detail.pop("step_id", None)
    if "children" in detail:
        detail["children"] = ", ".join(_who(run, child) for child in detail["children"])
    shown = [str(step)] if step else []
    shown += [f"{key}={one_line(value, 60)}" for key, value in detail.items() if value is not None]
    who = _who(run, event.workflow_id)
    at = clock(event.timestamp_s)
    return f"    [{at:>8}] {event.kind:<13} {who:<24}  {', '.join(shown)}".rstrip()


def _who(run: RunResult, workflow_id: str) -> str:
    """Return a workflow as a person knows it: the runbook's slug, and a child's path below it."""
    if workflow_id == run.workflow_id:
        return run.slug
    below = workflow_id.removeprefix(f"{run.workflow_id}:")
    return below.rpartition(":")[2] if below.count(":") > 1 else below.partition(":")[2] or below


def _failure(run: RunResult) -> list[str]:
    lines = [f"    {run.status}: {_reason(run)}"]
    if run.ended_well:
        return lines
    lines += [f"      - {_relative(str(blocked), blocked.line)}" for blocked in run.blocked]
    line = run.line or _first_line(run.blocked)
    if line is not None:
        lines += [f"      {part}" for part in source_excerpt(line)]
    return lines


def _reason(run: RunResult) -> str:
    """Return why a run failed, without what is shown below it: who waits, and the line."""
    listed = "; ".join(str(blocked) for blocked in run.blocked)
    reason = (run.error or "").removesuffix(listed).rstrip("; ")
    if run.line is not None:
        reason = reason.replace(f" at {run.line}", "")
    return reason.replace("\n", "\n      ") or "nothing can wake this run any more"


def _relative(text: str, line: SourceLine | None) -> str:
    return text if line is None else text.replace(line.path, shown_path(line.path))


def _first_line(blocked: tuple[Blocked, ...]) -> SourceLine | None:
    return next((item.line for item in blocked if item.line), None)


def coloured(text: str) -> str:
    """Paint marks and the words that say how a run ended."""
    green, red, yellow, dim, plain = "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"
    paint = {
        PASSED: green,
        FAILED: red,
        "    failed:": red,
        "    task-failed:": red,
        "    stuck:": red,
        "    warning:": yellow,
        "    error[": red,
        "    warning[": yellow,
        "    info[": dim,
        "    [": dim,
    }
    lines = []
    for line in text.splitlines():
        start = next((start for start in paint if line.startswith(start)), None)
        if start is not None:
            line = f"{paint[start]}{start}{plain}{line.removeprefix(start)}"
        lines.append(line)
    return "\n".join(lines)
