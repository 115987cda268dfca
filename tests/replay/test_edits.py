"""Edits of a sample bundle: strict reports all that the official Replayer does, and more."""

from __future__ import annotations

import pytest

from tests.replay import verdicts_side_by_side
from tests.replay.edits import EDITS
from tests.replay.verdicts_side_by_side import SideBySide

HARMLESS = {
    "log-added",
    "refactored",
    "step-retitled",
    "signal-added",
    "activity-added-behind-patch",
}
"""Edits that no run in flight notices."""

UNSEEN = {"clock-branch-same-way", "random-unused"}
"""Faults that one replay cannot show: today the code goes the way the run went. The lint does."""

STRICT_ALONE = {
    "activities-gathered": "NTR804",
    "work-moved-before-review": "NTR803",
    "commit-moved-before-review": "NTR803",
    "review-dropped": "NTR803",
    "timer-changed": "NTR805",
    "timeout-changed": "NTR805",
    "argument-changed": "NTR805",
    "arguments-reordered": "NTR805",
    "result-changed": "NTR805",
    "uuid-in-argument": "NTR805",
}
"""Edits that Temporal lets pass, and the first thing strict says of them."""

FAILS_ITS_TASK = {"name-error", "input-field-read", "endless-loop"}


@pytest.fixture(scope="module")
def found() -> dict[str, SideBySide]:
    history = verdicts_side_by_side.recorded()
    return {row.edit.name: row for row in verdicts_side_by_side.side_by_side(history)}


def codes(row: SideBySide) -> list[str]:
    return [difference.code for difference in row.strict.differences]


@pytest.mark.parametrize("name", EDITS)
def test_strict_breaks_where_and_only_where_the_official_replayer_fails(
    name: str, found: dict[str, SideBySide]
) -> None:
    row = found[name]
    assert row.strict.breaking is not row.official.accepted, (row.strict, row.official)


@pytest.mark.parametrize("name", sorted(HARMLESS | UNSEEN))
def test_nothing_is_said_of_an_edit_that_changes_no_command(
    name: str, found: dict[str, SideBySide]
) -> None:
    assert codes(found[name]) == []


@pytest.mark.parametrize(("name", "code"), STRICT_ALONE.items())
def test_strict_alone_sees(name: str, code: str, found: dict[str, SideBySide]) -> None:
    row = found[name]
    assert row.official.accepted
    assert set(codes(row)) == {code}


@pytest.mark.parametrize("name", sorted(EDITS.keys() - HARMLESS - UNSEEN - STRICT_ALONE.keys()))
def test_a_breaking_edit_is_told_with_its_line(name: str, found: dict[str, SideBySide]) -> None:
    [difference] = [one for one in found[name].strict.differences if one.grade == "breaking"]
    assert difference.code == ("NTR802" if name in FAILS_ITS_TASK else "NTR801")
    if difference.now != "nothing":
        assert difference.line is not None
        assert difference.line.path.endswith("/invoice-batch/templates/workflow.py")


def test_the_documentation_shows_these_verdicts(found: dict[str, SideBySide]) -> None:
    expected = verdicts_side_by_side.table(list(found.values()))
    assert verdicts_side_by_side.table_in_page() == expected, (
        "write it anew: python -m tests.replay.verdicts_side_by_side"
    )
