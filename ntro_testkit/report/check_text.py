"""A check of a whole bundle, for people: what is wrong in full, what is right in a line each."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.report import render
from lint_rules.report.summary_line import summary_line
from lint_rules.rules.catalogue import RULES
from lint_rules.shown_paths import shown_source
from ntro_testkit.bundle_check import BundleReport
from ntro_testkit.report.human_report import FAILED, PASSED, coloured, render_run
from ntro_testkit.report.printable import printable

_COLUMN = 8


def text(report: BundleReport, *, colour: bool = False) -> str:
    """Return what is wrong, part by part, then a line for each part."""
    blocks = [*_findings(report, colour), *_runs(report, colour), *_differences(report)]
    return "\n".join([*(f"{block}\n" for block in blocks), *summary(report), ""])


def summary(report: BundleReport) -> list[str]:
    """Return a line for each part of the check, and what it comes to."""
    lines = [
        _line("lint", not report.linted.report.findings, summary_line(report.linted.report)),
        *_summary_of_runs(report),
        *_summary_of_replays(report),
    ]
    lines += [f"-  {note}" for note in report.notes]
    lines += [f"{FAILED}  {printable(problem)}" for problem in report.problems]
    if report.problems:
        lines.append("check: not everything could be checked")
    else:
        lines.append(f"check: {'ready' if report.clean else 'not ready'} to be deployed")
    return lines


def _findings(report: BundleReport, colour: bool) -> Iterable[str]:
    if report.linted.report.findings:
        source = shown_source(report.linted)
        told = render("full", report.linted.report, source=source, colour=colour, rules=RULES)
        # Its last paragraph is the count, which has a line of its own here.
        yield told.rstrip("\n").rpartition("\n\n")[0]


def _runs(report: BundleReport, colour: bool) -> Iterable[str]:
    for run in report.runs:
        if not run.passed:
            block = render_run(run)
            yield coloured(block) if colour else block


def _differences(report: BundleReport) -> Iterable[str]:
    if any(replay.differences for replay in report.replays):
        from ntro_testkit.report.replay_text import full

        yield from (full(each, False).rstrip("\n") for each in report.replays if each.differences)


def _summary_of_runs(report: BundleReport) -> Iterable[str]:
    if not report.runs:
        return
    failed = [run for run in report.runs if not run.passed]
    verdicts = sum(len(run.verdicts) for run in report.runs)
    names = ", ".join(run.scenario for run in failed or report.runs)
    said = f"{len(report.runs) - len(failed)} of {len(report.runs)} scenarios passed"
    said += f"; failed: {names}" if failed else f": {names}"
    if verdicts:
        said += f"; {verdicts} verdict{'' if verdicts == 1 else 's'}"
    yield _line("runs", not failed, said)


def _summary_of_replays(report: BundleReport) -> Iterable[str]:
    if report.replays:
        from ntro_testkit.report.replay_summary import Summary
        from ntro_testkit.report.replay_text import end

        counts = Summary()
        for replay in report.replays:
            counts.add(replay)
        yield _line("replay", not counts.differing, end(counts).rstrip("\n"))


def _line(part: str, good: bool, said: str) -> str:
    return f"{PASSED if good else FAILED}  {part:{_COLUMN}}{printable(said)}"
