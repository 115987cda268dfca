"""Which rules are on, how bad their findings are, and in which files they are ignored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.config import Level, Settings
from lint_rules.finding import Impact
from lint_rules.path_globs import GlobError, PathGlob
from lint_rules.rule_codes import resolve
from lint_rules.selection import Selection
from tests.lint_rules.sample_rules import CLOCK, NAMES, RULES

ROOT = Path("/project")
DEFAULT = {"NTR101", "NTR103", "NTR110", "NTR111", "NTR902", "NTR903"}


def on(**settings: Any) -> set[str]:
    selection = Selection(RULES, Settings(ROOT, **settings))
    return {code for code in NAMES if selection.is_on(code)}


def test_without_settings_the_rules_are_on_that_want_to_be() -> None:
    assert on() == DEFAULT


@pytest.mark.parametrize(
    "select, ignore, extend, expected",
    [
        (("NTR1",), (), (), {"NTR101", "NTR103", "NTR110", "NTR111"}),
        (("NTR401",), (), (), {"NTR401"}),
        (("ALL",), (), (), set(NAMES)),
        ((), (), (), set()),
        (None, ("NTR1",), (), {"NTR902", "NTR903"}),
        (None, ("ALL",), (), set()),
        (None, (), ("NTR401",), {*DEFAULT, "NTR401"}),
        (("NTR1",), ("NTR11",), (), {"NTR101", "NTR103"}),
        (("NTR11",), ("NTR1",), (), {"NTR110", "NTR111"}),
        (("NTR1",), ("NTR11",), ("NTR110",), {"NTR101", "NTR103", "NTR110"}),
        (("NTR101",), ("NTR101",), (), set()),
        (("ALL",), ("NTR",), ("NTR9",), {"NTR902", "NTR903"}),
        (("NTR9",), ("ALL",), (), {"NTR902", "NTR903"}),
    ],
)
def test_the_longest_prefix_decides(
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...],
    extend: tuple[str, ...],
    expected: set[str],
) -> None:
    assert on(select=select, ignore=ignore, extend_select=extend) == expected


def test_a_code_that_no_rule_has_is_not_on() -> None:
    selection = Selection(RULES, Settings(ROOT, select=("ALL",)))
    assert not selection.is_on("NTR999")
    assert not selection.is_on("NTR1")


@pytest.mark.parametrize(
    "word, expected",
    [
        ("NTR101", "NTR101"),
        ("wall-clock", "NTR101"),
        ("NTR10", "NTR10"),
        ("NTR", "NTR"),
        ("ALL", "ALL"),
        ("NTR2", None),
        ("NT", None),
        ("", None),
        ("wall", None),
    ],
)
def test_a_selector_is_a_code_a_prefix_or_a_name(word: str, expected: str | None) -> None:
    assert resolve(word, RULES) == expected


@pytest.mark.parametrize(
    "severity, impact, expected",
    [
        ({}, "sequence", "error"),
        ({"sequence": "info"}, "sequence", "info"),
        ({"sequence": "info"}, "payload", "error"),
        ({"sequence": "info"}, None, "error"),
        ({"sequence": "off"}, "sequence", None),
        ({"sequence": "off", "NTR101": "warning"}, "sequence", "warning"),
        ({"sequence": "warning", "NTR103": "off"}, "sequence", "warning"),
    ],
)
def test_severity_goes_by_code_then_by_impact_then_by_the_finding(
    severity: dict[str, Level], impact: Impact | None, expected: str | None
) -> None:
    selection = Selection(RULES, Settings(ROOT, severity=severity))
    assert selection.severity(replace(CLOCK, impact=impact)) == expected


def test_a_rule_whose_severity_is_off_is_off() -> None:
    assert on(severity={"NTR101": "off"}) == DEFAULT - {"NTR101"}


def test_an_impact_that_is_off_leaves_its_rules_on() -> None:
    assert on(severity={"sequence": "off"}) == DEFAULT


FILES = ("x.py", "tests/x.py", "tests/a/x.py", "tests/a/b/x.py", "docs/y.py")


@pytest.mark.parametrize(
    "glob, expected",
    [
        ("tests/*", {"tests/x.py", "tests/a/x.py", "tests/a/b/x.py"}),
        ("tests/**", {"tests/x.py", "tests/a/x.py", "tests/a/b/x.py"}),
        ("tests/", {"tests/x.py", "tests/a/x.py", "tests/a/b/x.py"}),
        ("./tests/*", {"tests/x.py", "tests/a/x.py", "tests/a/b/x.py"}),
        ("/project/tests/*", {"tests/x.py", "tests/a/x.py", "tests/a/b/x.py"}),
        ("tests", set()),
        ("**/x.py", {"x.py", "tests/x.py", "tests/a/x.py", "tests/a/b/x.py"}),
        ("x.py", {"x.py", "tests/x.py", "tests/a/x.py", "tests/a/b/x.py"}),
        ("tests/**/x.py", {"tests/x.py", "tests/a/x.py", "tests/a/b/x.py"}),
        ("tests/?/x.py", {"tests/a/x.py"}),
        ("tests/a**", {"tests/a/x.py", "tests/a/b/x.py"}),
        ("a/x.py", set()),
        ("{tests/a,docs}/*", {"tests/a/x.py", "tests/a/b/x.py", "docs/y.py"}),
        ("[xz].py", {"x.py", "tests/x.py", "tests/a/x.py", "tests/a/b/x.py"}),
        ("[!x].py", {"docs/y.py"}),
        ("[w-z].py", set(FILES)),
        ("*.PY", set()),
        (r"\*.py", set()),
        ("!tests/**", {"x.py", "docs/y.py"}),
        ("!x.py", {"docs/y.py"}),
    ],
)
def test_globs_mean_what_they_mean_to_ruff(glob: str, expected: set[str]) -> None:
    settings = Settings(ROOT, per_file_ignores=((glob, ("NTR101",)),))
    selection = Selection(RULES, settings)
    assert {f for f in FILES if selection.ignored_in(f"/project/{f}", "NTR101")} == expected


def test_paths_as_shown_are_relative_to_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tests").mkdir()
    monkeypatch.chdir(tmp_path / "tests")
    settings = Settings(tmp_path, per_file_ignores=(("tests/*", ("NTR101",)),))
    selection = Selection(RULES, settings)
    assert selection.ignored_in("x.py", "NTR101")
    assert not selection.ignored_in("../x.py", "NTR101")


def test_a_file_outside_the_root_is_only_known_by_its_name_and_full_path() -> None:
    ignores = (("*/x.py", ("NTR101",)), ("y.py", ("NTR101",)), ("../z.py", ("NTR101",)))
    selection = Selection(RULES, Settings(ROOT / "deep", per_file_ignores=ignores))
    assert selection.ignored_in("/elsewhere/x.py", "NTR101")
    assert selection.ignored_in("/elsewhere/y.py", "NTR101")
    assert not selection.ignored_in("/project/z.py", "NTR101")


def test_the_selectors_of_all_globs_that_match_count() -> None:
    ignores = (("a/*", ("NTR11",)), ("*.py", ("NTR101",)), ("b/*", ("ALL",)))
    selection = Selection(RULES, Settings(ROOT, per_file_ignores=ignores))
    ignored = {code for code in NAMES if selection.ignored_in("/project/a/x.py", code)}
    assert ignored == {"NTR101", "NTR110", "NTR111"}


@pytest.mark.parametrize("glob", ["", "!", "a[", "a[]", "{a", "a}", "[z-a]", "{a,{b}"])
def test_a_glob_that_cannot_be_understood_is_refused(glob: str) -> None:
    with pytest.raises(GlobError):
        PathGlob(glob)


@given(st.text(alphabet="ab*?[]{},!\\/.-^", max_size=12), st.sampled_from(FILES))
def test_any_glob_is_understood_or_refused(glob: str, file: str) -> None:
    glob = glob.lstrip("!")
    try:
        pattern, opposite = PathGlob(glob), PathGlob(f"!{glob}")
    except GlobError:
        return
    assert pattern.matches(f"/project/{file}", ROOT) != opposite.matches(f"/project/{file}", ROOT)
