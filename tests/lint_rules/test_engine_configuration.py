"""Suppressions, selection, severities and baselines together, in the order they take effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.assembly import text_of
from lint_rules.baseline import BaselineError, write_baseline
from lint_rules.config.settings import Settings
from lint_rules.engine import Run, lint, run
from tests.lint_rules.linted import bundle, flow, lint_texts, lint_tree, spots, write

EXCUSED = "return time.time()  # noqa: NTR101 -- the run ends here"
HELPER = f"import time\n\ndef stamp():\n    {EXCUSED}\n"
BY_HELPER = flow("return stamp()", "from clock import stamp")


def test_a_suppressed_finding_is_counted_and_not_reported() -> None:
    report = lint_texts({"flow.py": flow(EXCUSED)})
    assert (spots(report), report.summary.suppressed, report.summary.warnings) == ([], 1, 0)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("return time.time()  # noqa: NTR101", ["flow.py:14 NTR903"]),
        ("return 1  # noqa: NTR101 -- why", ["flow.py:14 NTR902"]),
        ("return 1  # noqa: NTR701 -- only a run can tell", []),
        ("return time.time()  # noqa: NTR104 -- why", ["flow.py:14 NTR101", "flow.py:14 NTR902"]),
        ("return time.time()  # noqa", ["flow.py:14 NTR101"]),
        ("return time.time()  # noqa: E501", ["flow.py:14 NTR101"]),
    ],
)
def test_suppressions_are_judged_themselves(line: str, found: list[str]) -> None:
    assert spots(lint_texts({"flow.py": flow(line)})) == found


def test_a_suppression_in_a_helper_of_two_bundles_is_used_if_one_needs_it(tmp_path: Path) -> None:
    around = "from shared.clock import stamp"
    shared = {"pyproject.toml": "", "shared/__init__.py": "", "shared/clock.py": HELPER}
    files = shared | bundle("a", "return stamp()", around) | bundle("b", "return 1", around)
    report = lint_tree(tmp_path, files)
    assert (spots(report), report.summary.suppressed) == ([], 1)


def test_a_suppression_holds_when_only_a_caller_is_given(tmp_path: Path) -> None:
    files = {"pyproject.toml": "", "clock.py": HELPER, "flow.py": BY_HELPER}
    assert spots(lint_tree(tmp_path, files)) == []
    assert spots(lint_tree(tmp_path, files, "flow.py")) == []


def test_an_idle_suppression_is_reported_only_where_one_looks(tmp_path: Path) -> None:
    idle = "def stamp():\n    return 1  # noqa: NTR101 -- why\n"
    files = {"pyproject.toml": "", "clock.py": idle, "flow.py": BY_HELPER}
    assert spots(lint_tree(tmp_path, files, "clock.py")) == ["clock.py:2 NTR902"]
    assert spots(lint_tree(tmp_path, files, "flow.py")) == []


def test_suppressing_comes_before_ignoring_in_files() -> None:
    ignores = (("flow.py", ("NTR1",)),)
    report = lint_texts({"flow.py": flow(EXCUSED)}, per_file_ignores=ignores)
    assert (spots(report), report.summary.suppressed) == ([], 1)


def test_what_is_ignored_in_a_file_is_not_counted() -> None:
    files = {"flow.py": flow("return time.time()"), "other.py": flow("return time.time()")}
    report = lint_texts(files, per_file_ignores=(("flow.py", ("NTR101",)),))
    assert (spots(report), report.summary.warnings) == (["other.py:14 NTR101"], 1)


def test_a_suppression_of_a_rule_that_is_off_is_not_idle() -> None:
    report = lint_texts({"flow.py": flow(EXCUSED)}, ignore=("NTR101",))
    assert (spots(report), report.summary.suppressed) == ([], 0)


def test_a_rule_that_is_off_by_severity_says_nothing() -> None:
    files = {"flow.py": flow("return time.time(), os.getpid()")}
    assert spots(lint_texts(files, severity={"NTR101": "off"})) == ["flow.py:14 NTR105"]
    assert spots(lint_texts(files, severity={"payload": "off"})) == []


def test_severities_are_set_by_rule_before_impact() -> None:
    files = {"flow.py": flow("return time.time(), os.getpid()")}
    report = lint_texts(files, severity={"payload": "error", "NTR101": "info"})
    assert [f.severity for f in report.findings] == ["info", "error"]
    assert (report.summary.errors, report.summary.info) == (1, 1)


def test_only_selected_rules_speak() -> None:
    files = {"flow.py": flow("return time.time(), os.getpid(), uuid.uuid4()")}
    assert spots(lint_texts(files, select=("NTR104",))) == ["flow.py:14 NTR104"]
    assert spots(lint_texts(files, select=("NTR10",), ignore=("NTR104", "NTR105"))) == [
        "flow.py:14 NTR101"
    ]


UNSEEN = flow("unseen.call()\nunseen.call()", "import unseen")


def test_named_unknowns_are_listed_and_are_errors_only_when_strict() -> None:
    report = lint_texts({"flow.py": UNSEEN})
    assert spots(report) == []
    assert [(u.name, u.count, u.first.line) for u in report.unknown] == [("unseen.call", 2, 14)]
    strict = lint_texts({"flow.py": UNSEEN}, strict=True).findings
    assert [(f.code, f.severity) for f in strict] == [("NTR904", "error")] * 2
    assert strict[0].place.line == 14


def test_a_package_that_is_declared_pure_is_no_unknown() -> None:
    report = lint_texts({"flow.py": UNSEEN}, strict=True, pure_packages=("unseen",))
    assert (report.findings, report.unknown, report.summary.calls_unknown) == ((), (), 0)


def test_an_unknown_can_be_suppressed() -> None:
    body = "unseen.call()  # noqa: NTR904 -- it only adds"
    report = lint_texts({"flow.py": flow(body, "import unseen")}, strict=True)
    assert (spots(report), report.summary.suppressed) == ([], 1)


def test_an_unknown_in_the_given_file_is_an_error_wherever_else_it_is_met(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": "",
        "first.py": "import unseen\n\ndef begin():\n    unseen.call()\n",
        "flow.py": flow("begin()\nunseen.call()", "import unseen\nfrom first import begin"),
    }
    assert spots(lint_tree(tmp_path, files, "flow.py", strict=True)) == ["flow.py:16 NTR904"]


def test_a_baseline_takes_out_what_it_knows_and_only_that(tmp_path: Path) -> None:
    write(tmp_path, {"flow.py": flow("os.getpid()\nreturn time.time()")})
    path = tmp_path / "baseline.json"
    before = run([tmp_path], Settings(tmp_path), Run(jobs=1))
    write_baseline(path, before.report.findings, text_of(before.sources))
    settings = Settings(tmp_path, baseline=path)
    write(tmp_path, {"flow.py": flow("'moved'\nos.getpid()\nreturn time.time(), uuid.uuid4()")})
    report = lint([tmp_path], settings, jobs=1)
    assert spots(report) == ["flow.py:16 NTR101", "flow.py:16 NTR104"]
    assert (report.summary.baselined, report.summary.info) == (1, 0)


def test_a_suppressed_finding_uses_no_entry_of_the_baseline(tmp_path: Path) -> None:
    write(tmp_path, {"flow.py": flow("return time.time()")})
    path = tmp_path / "baseline.json"
    before = run([tmp_path], Settings(tmp_path), Run(jobs=1))
    write_baseline(path, before.report.findings, text_of(before.sources))
    write(tmp_path, {"flow.py": flow(EXCUSED)})
    summary = lint([tmp_path], Settings(tmp_path, baseline=path), jobs=1).summary
    assert (summary.suppressed, summary.baselined) == (1, 0)


def test_a_baseline_that_is_missing_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"flow.py": flow("return 1")})
    with pytest.raises(BaselineError):
        lint([tmp_path], Settings(tmp_path, baseline=tmp_path / "none.json"), jobs=1)
