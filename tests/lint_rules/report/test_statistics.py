"""The counts per code."""

from __future__ import annotations

from lint_rules.finding import Fix
from lint_rules.report.statistics import render_statistics
from tests.lint_rules.report.reports import chained, finding, report, unordered


def test_the_most_frequent_code_comes_first_and_safe_fixes_are_marked() -> None:
    told = report(chained(), *[unordered()] * 11, finding(code="NTR100", name="other", fix=None))
    assert render_statistics(told) == (
        "11  NTR110      unordered-iteration\n 1  NTR100      other\n 1  NTR101  [*] wall-clock\n"
    )


def test_there_is_no_column_of_marks_where_nothing_can_be_fixed_safely() -> None:
    assert render_statistics(report(unordered())) == "1  NTR110  unordered-iteration\n"


def test_a_code_counts_as_fixable_if_one_of_its_findings_is() -> None:
    told = report(finding(), finding(fix=Fix("now", "safe", "x")), finding())
    assert render_statistics(told) == "3  NTR101  [*] wall-clock\n"


def test_a_clean_run_has_no_statistics() -> None:
    assert render_statistics(report()) == ""
