"""What a replay check found, as JUnit XML: a test for each history."""

from __future__ import annotations

from xml.etree import ElementTree

from ntro_testkit.replay.verdict import ReplayVerdict
from ntro_testkit.report.printable import printable
from ntro_testkit.report.replay_summary import Summary
from ntro_testkit.report.replay_text import described

_NAME = "ntro-testkit replay check"


def begin() -> str:
    """Return what comes before the tests; their number is not known yet, and may be left out."""
    return (
        f"<?xml version='1.0' encoding='utf-8'?>\n"
        f'<testsuites name="{_NAME}">\n  <testsuite name="{_NAME}">\n'
    )


def verdict(found: ReplayVerdict, _: bool) -> str:
    """Return the test of one history."""
    case = ElementTree.Element(
        "testcase",
        classname=printable(found.workflow_type),
        name=printable(found.workflow_id),
        file=printable(found.source),
    )
    if found.differences:
        worst = min(found.differences, key=lambda difference: difference.code)
        failure = ElementTree.SubElement(
            case, "failure", type=worst.code, message=printable(worst.message)
        )
        lines = [line for each in found.differences for line in described(found, each)]
        failure.text = printable("\n".join(lines))
    return _indented(case)


def unreadable(line: str, _: bool) -> str:
    """Return the test of a history that could not be checked."""
    case = ElementTree.Element("testcase", classname=_NAME, name="unreadable history")
    ElementTree.SubElement(case, "error", type="unreadable-history", message=printable(line))
    return _indented(case)


def end(_: Summary) -> str:
    """Return what closes the report."""
    return "  </testsuite>\n</testsuites>\n"


def _indented(case: ElementTree.Element) -> str:
    return f"    {ElementTree.tostring(case, encoding='unicode')}\n"
