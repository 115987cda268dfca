"""A package is asked for once."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.requirements.asking import NTRO, asked, fixed, lines


@pytest.mark.parametrize(
    "second", ["pydantic==2.13.0", "Pydantic == 2.13.0", "pydantic<2", "pydantic==2.13.*"]
)
def test_versions_that_contradict_are_an_error(second: str) -> None:
    [found] = asked("NTR605", f"{NTRO}pydantic==2.14.3\n{second}\n")
    assert (found.severity, found.place.line) == ("error", 3)
    assert "contradicts `pydantic==2.14.3` in line 2" in found.message
    assert [hop.place.line for hop in found.trace] == [2]
    assert found.fix is None


@pytest.mark.parametrize("second", ["pydantic==2.14.3", "PyDantic==2.14.3", "pydantic==2.14.3.0"])
def test_the_same_twice_is_a_warning_and_the_fix_removes_it(second: str) -> None:
    text = f"{NTRO}pydantic==2.14.3\n{second}\n"
    [found] = asked("NTR605", text)
    assert (found.severity, found.place.line) == ("warning", 3)
    assert found.fix is not None
    assert found.fix.applicability == "safe"
    assert fixed(text, found) == f"{NTRO}pydantic==2.14.3\n"


@pytest.mark.parametrize(
    "second",
    [
        "ntro[gl]==0.1.2",
        "ntro==0.1.2  # for the tests",
        "ntro>=0.1",
        "ntro==0.1.2 --hash=sha256:00",
        "ntro==0.1.2; python_version > '3'",
    ],
)
def test_a_line_that_says_something_else_is_not_removed(second: str) -> None:
    [found] = asked("NTR605", f"{NTRO}pydantic==2.14.3\n{second}\n")
    assert (found.severity, found.place.line) == ("warning", 3)
    assert found.fix is None


def test_a_last_line_without_an_end_and_one_over_several_are_removed() -> None:
    text = f"{NTRO}pydantic==2.14.3\nntro[workflow] \\\n    ==0.1.2"
    [found] = asked("NTR605", text)
    assert fixed(text, found) == f"{NTRO}pydantic==2.14.3\n"


def test_three_lines_are_two_findings() -> None:
    assert lines(asked("NTR605", "a==1\na==1\na==2\n")) == [2, 3]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("python_version < '3.12'", "python_version >= '3.12'"),
        ("sys_platform == 'win32'", "sys_platform != 'win32'"),
        ("platform_machine == 'aarch64'", "platform_machine == 'x86_64'"),
        ("python_version < '3'", "python_version > '3'"),
        ("python_version ~= 'x'", "python_version > '3'"),
    ],
)
def test_conditions_that_exclude_each_other_are_fine(first: str, second: str) -> None:
    assert asked("NTR605", f"{NTRO}a==1; {first}\na==2; {second}\n") == []


def test_conditions_that_can_both_hold_are_not() -> None:
    text = f"{NTRO}a==1; python_version < '3.13'\na==2; python_version > '3.11'\n"
    assert lines(asked("NTR605", text)) == [3]
