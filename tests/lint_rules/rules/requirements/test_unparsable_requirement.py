"""Lines that pip refuses are reported, with what was likely meant."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.requirements.asking import NTRO, asked, lines


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("pydantic=2.14.3", "`pydantic==2.14.3`"),
        ("pydantic 2.14.3", "`pydantic==2.14.3`"),
        ("pydantic^2.14", "`pydantic==2.14`"),
        ("pydantic[email] = 2.14.3", "`pydantic[email]==2.14.3`"),
        ("pydantic: 2.14.3", "`pydantic==2.14.3`"),
        ("pydantic == v2.x", "`name==version`"),
        ("import pydantic", "`name==version`"),
        ("pydantic==2.14.3 --with-love", "`pydantic==2.14.3`"),
    ],
)
def test_a_line_that_is_no_requirement_is_reported_alone(line: str, meant: str) -> None:
    [found] = asked("NTR6", f"{NTRO}{line}  # why\n")
    assert (found.code, found.severity, found.place.line) == ("NTR602", "error", 2)
    assert "pip refuses" in found.message
    assert found.alternative == meant


def test_the_place_is_the_requirement_over_all_its_lines() -> None:
    [found] = asked("NTR602", f"{NTRO}pydantic \\\n  = 2.14.3 \\\n  --hash=sha256:00\n")
    place = found.place
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 1, 3, 11)


def test_every_such_line_is_reported() -> None:
    assert lines(asked("NTR602", "a=1\nb==1\n!\n--no-such-option\n")) == [1, 3, 4]


def test_nothing_is_said_to_be_missing_where_a_line_cannot_be_read() -> None:
    assert [f.code for f in asked("NTR6", "ntro[workflow]=0.1.2\npydantic==2.14.3\n")] == ["NTR602"]


@pytest.mark.parametrize(
    "line",
    [
        "pydantic==2.14.3",
        "pydantic==2.14.3;",
        "pydantic==2.14.3 ; python_version > '3.10'",
        "--require-hashes",
        "--only-binary=:all:",
        "# pydantic=2.14.3",
        "",
    ],
)
def test_what_pip_takes_is_fine(line: str) -> None:
    assert asked("NTR602", f"{NTRO}{line}\n") == []
