"""A check of a whole bundle as JUnit XML: the suites of its parts, one after the other."""

from __future__ import annotations

from xml.etree import ElementTree

from lint_rules.report.junit import render_junit
from ntro_testkit.bundle_check import BundleReport
from ntro_testkit.report.junit_report import junit
from ntro_testkit.report.printable import printable

_NAME = "ntro-testkit check"


def text(report: BundleReport) -> str:
    """Return one document; what could not be checked is an error of its own."""
    root = ElementTree.Element("testsuites", name=_NAME)
    parts = [render_junit(report.linted.report), junit(report.runs)]
    if report.replays:
        parts.append(_replays(report))
    for part in parts:
        root.extend(ElementTree.fromstring(part.encode("utf-8")))
    if report.problems:
        _problems(root, report)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{body}\n"


def _replays(report: BundleReport) -> str:
    from ntro_testkit.report import replay_junit
    from ntro_testkit.report.replay_summary import Summary

    told = "".join(replay_junit.verdict(replay, True) for replay in report.replays)
    return f"{replay_junit.begin()}{told}{replay_junit.end(Summary())}"


def _problems(root: ElementTree.Element, report: BundleReport) -> None:
    number = str(len(report.problems))
    suite = ElementTree.SubElement(
        root, "testsuite", name=_NAME, tests=number, failures="0", errors=number
    )
    for problem in report.problems:
        case = ElementTree.SubElement(suite, "testcase", classname=_NAME, name="could be checked")
        ElementTree.SubElement(case, "error", message=printable(problem))
