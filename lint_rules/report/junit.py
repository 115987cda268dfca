"""A report as JUnit XML, for CI systems that show test reports."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from lint_rules.finding import Finding, Report
from lint_rules.report.notes import notes
from lint_rules.report.paths import location
from lint_rules.report.printable import printable

_NAME = "ntro-testkit lint"
_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"


def render_junit(report: Report) -> str:
    """Return a test suite per file with a failed test per finding; one passed test if clean."""
    failures = len(report.findings)
    root = ElementTree.Element(
        "testsuites", name=_NAME, tests=str(max(failures, 1)), failures=str(failures), errors="0"
    )
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_path.setdefault(finding.place.path, []).append(finding)
    for path, findings in by_path.items():
        _suite(root, printable(path), findings)
    if not by_path:
        suite = _suite(root, _NAME, ())
        ElementTree.SubElement(suite, "testcase", classname=_NAME, name="no findings", time="0")
        suite.set("tests", "1")
    ElementTree.indent(root)
    return f"{_DECLARATION}{ElementTree.tostring(root, encoding='unicode')}\n"


def _suite(
    root: ElementTree.Element, name: str, findings: Sequence[Finding]
) -> ElementTree.Element:
    number = str(len(findings))
    suite = ElementTree.SubElement(
        root, "testsuite", name=name, tests=number, failures=number, errors="0", time="0"
    )
    for finding in findings:
        _case(suite, name, finding)
    return suite


def _case(suite: ElementTree.Element, path: str, finding: Finding) -> None:
    place = finding.place
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=path,
        name=f"{finding.code} {finding.name} at {place.line}:{place.column}",
        file=path,
        line=str(place.line),
        time="0",
    )
    failure = ElementTree.SubElement(
        case, "failure", type=finding.code, message=printable(finding.text)
    )
    lines = [f"{location(place)}: {finding.severity}: {printable(finding.message)}"]
    for note in notes(finding):
        lines += [f"{note.label}: {line}" for line in note.lines]
    failure.text = "\n".join(lines)
