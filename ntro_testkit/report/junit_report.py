"""Runs as JUnit XML, for CI systems that show test reports."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from ntro_testkit.report.human_report import render_run
from ntro_testkit.report.printable import printable
from ntro_testkit.report.verdict_text import verdict_line
from ntro_testkit.trace import RunResult


def junit(results: Iterable[RunResult]) -> str:
    """Return the runs as one test suite per runbook."""
    runs = list(results)
    root = ElementTree.Element("testsuites")
    for slug in dict.fromkeys(run.slug for run in runs):
        _suite(root, slug, [run for run in runs if run.slug == slug])
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: ElementTree.Element, slug: str, runs: list[RunResult]) -> None:
    tags = [_tag(run) for run in runs if not run.passed]
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=slug,
        tests=str(len(runs)),
        failures=str(tags.count("failure")),
        errors=str(tags.count("error")),
        time=f"{sum(run.duration_s for run in runs):.3f}",
    )
    for run in runs:
        case = ElementTree.SubElement(
            suite, "testcase", classname=slug, name=run.scenario, time=f"{run.duration_s:.3f}"
        )
        if not run.passed:
            message = printable(_message(run))
            problem = ElementTree.SubElement(case, _tag(run), message=message)
            problem.text = render_run(run)


def _tag(run: RunResult) -> str:
    """Return `error` for a run that would hang in production, else `failure`."""
    return "error" if run.status in {"task-failed", "stuck"} else "failure"


def _message(run: RunResult) -> str:
    if run.ended_well:
        return "; ".join(map(verdict_line, run.verdicts))
    return run.error or run.status
