"""The sample bundle in which faults are planted is sound, and edits of it are made exactly."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said


def test_the_bundle_without_a_fault_is_clean() -> None:
    assert planted("ALL") == []


def test_a_planted_fault_is_found_in_its_file() -> None:
    found = planted("NTR101", ("templates/workflow.py", "    @runbook.run\n", CLOCK))
    assert said(found) == ["workflow.py:104 NTR101"]


def test_an_edit_of_something_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AssertionError, match="has 0 of 'nowhere to be found'"):
        planted("ALL", ("runbook.md", "nowhere to be found", ""))


CLOCK = """\
    @runbook.query
    def now(self) -> float:
        import time

        return time.time()

    @runbook.run
"""
