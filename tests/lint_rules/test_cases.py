"""The truth table of the rules: every marked line is found, every other line is clean.

A file asks for the rules of its own family; NTR1xx and NTR9xx for the trees and shapes.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.config.settings import Settings
from lint_rules.engine import lint
from lint_rules.rules.registry import RULES
from tests.lint_rules.cases_reader import (
    CASES,
    Mark,
    Spot,
    StandIn,
    difference,
    expected,
    python_files,
    read_marks,
    rule_files,
    said,
    shape_files,
    silent_functions,
    trees,
)

CHECKED = sorted(rule.code for rule in RULES if rule.check or rule.contract)
DETERMINISM = sorted(rule.code for rule in RULES if rule.check is not None)

HAZARDS = [
    StandIn("time", "time", "NTR101"),
    StandIn("time", "monotonic", "NTR102"),
    StandIn("random", "random", "NTR103"),
    StandIn("uuid", "uuid4", "NTR104"),
    StandIn("os", "getpid", "NTR105"),
    StandIn("os", "listdir", "NTR106", "sequence"),
    StandIn("socket", "if_nameindex", "NTR107", "sequence"),
    StandIn("getpass", "getpass", "NTR108", "sequence"),
    StandIn("os", "fork", "NTR109", "sequence"),
    StandIn("traceback", "print_exc", "NTR116", "noise"),
    StandIn("locale", "getlocale", "NTR118"),
]

HARMLESS = [
    StandIn("math", "fsum"),
    StandIn("os", "fspath"),
    StandIn("uuid", "uuid5"),
    StandIn("json", "loads"),
    StandIn("time", "struct_time"),
    StandIn("weather", "forecast"),
]


def _check(place: Path, code: str = "NTR1") -> None:
    others = tuple(f"NTR{family}" for family in "123456" if family != code[3])
    settings = Settings(CASES, ignore=others, extend_select=(code,) if code in CHECKED else ())
    report = lint([place], settings, jobs=1, cache=None)
    problems = difference(expected(place), said(report.findings))
    assert not problems, f"{place.name}\n{problems}"


def _code_of(path: Path) -> str:
    return path.stem.partition("_")[0].upper()


@pytest.mark.parametrize("path", rule_files(), ids=lambda path: path.stem)
def test_a_rule_says_what_its_cases_expect_and_nothing_else(path: Path) -> None:
    _check(path, _code_of(path))


@pytest.mark.parametrize("tree", trees(), ids=lambda tree: tree.name)
def test_a_program_of_several_modules_is_followed(tree: Path) -> None:
    _check(tree)


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.name)
@pytest.mark.parametrize("shape", shape_files(), ids=lambda shape: shape.stem)
def test_no_shape_hides_a_hazard(shape: Path, hazard: StandIn, tmp_path: Path) -> None:
    _check(hazard.write(shape, tmp_path.resolve()))


@pytest.mark.parametrize("harmless", HARMLESS, ids=lambda harmless: harmless.name)
@pytest.mark.parametrize("shape", shape_files(), ids=lambda shape: shape.stem)
def test_the_same_shapes_are_clean_around_what_is_harmless(
    shape: Path, harmless: StandIn, tmp_path: Path
) -> None:
    path = harmless.write(shape, tmp_path.resolve())
    assert expected(path) == {}
    _check(path)


@pytest.mark.parametrize("code", DETERMINISM)
def test_every_rule_has_cases_it_must_find_and_functions_it_must_leave_alone(code: str) -> None:
    files = [path for path in rule_files() if _code_of(path) == code]
    found = [spot for path in files for spot in expected(path) if spot.code == code]
    silent = [name for path in files for name in silent_functions(path)]
    assert len(found) >= 3
    assert len(silent) >= 5


@pytest.mark.parametrize("tree", trees(), ids=lambda tree: tree.name)
def test_every_tree_expects_something_and_leaves_something_alone(tree: Path) -> None:
    assert expected(tree)
    assert any(silent_functions(path) for path in python_files(tree))


@pytest.mark.parametrize("path", python_files(CASES), ids=lambda path: path.stem)
def test_every_case_file_compiles(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        compile(path.read_bytes(), path.name, "exec", dont_inherit=True)


marks = st.lists(
    st.builds(
        Mark,
        line=st.integers(1, 20),
        code=st.sampled_from(["NTR101", "NTR110", "NTR123"]),
        impact=st.sampled_from(["sequence", "payload", "noise", None]),
    )
)


@given(marks)
def test_marks_are_read_from_the_lines_they_stand_on(written: list[Mark]) -> None:
    lines = ["x = '# expect: NTR999'"] * 20
    for number in range(1, 21):
        said_here = [mark for mark in written if mark.line == number]
        if said_here:
            words = [f"{mark.code}/{mark.impact}".removesuffix("/None") for mark in said_here]
            lines[number - 1] += f"  # expect: {' '.join(words)}"
    assert sorted(read_marks("\n".join(lines)), key=repr) == sorted(written, key=repr)


@pytest.mark.parametrize("mark", ["# expect:", "# expect: ntr101", "# expect: NTR101/loud"])
def test_a_mark_that_is_misspelt_is_an_error(mark: str) -> None:
    with pytest.raises(ValueError, match="line 2: "):
        read_marks(f"import time\ntime.time()  {mark}\n")


def test_the_difference_names_misses_false_alarms_and_wrong_impacts(tmp_path: Path) -> None:
    path = tmp_path / "case.py"
    path.write_text("missed()\nfalse_alarm()\nmistaken()\nany_impact()\n", encoding="utf-8")
    payload, sequence = frozenset({"payload"}), frozenset({"sequence"})
    wanted = {Spot(path, 1, "NTR101"): payload, Spot(path, 3, "NTR101"): payload}
    found = {Spot(path, 2, "NTR103"): sequence, Spot(path, 3, "NTR101"): sequence}
    both = {Spot(path, 4, "NTR104"): sequence}
    told = difference({**wanted, Spot(path, 4, "NTR104"): frozenset()}, {**found, **both})
    assert told.split("\n") == [
        "missed         NTR101/payload   case.py:1: missed()",
        "false alarm    NTR103/sequence  case.py:2: false_alarm()",
        "missed         NTR101/payload   case.py:3: mistaken()",
        "  said instead NTR101/sequence  case.py:3: mistaken()",
    ]


def test_a_stand_in_takes_its_code_and_its_impact_into_the_marks(tmp_path: Path) -> None:
    shape = tmp_path / "shape.py"
    shape.write_text("hazard_module.hazard_function()  # expect: HAZARD/payload\n")
    target = tmp_path / "written"
    target.mkdir()
    texts = [
        stand_in.write(shape, target).read_text(encoding="utf-8").strip()
        for stand_in in (
            StandIn("time", "time", "NTR101"),
            StandIn("os", "fork", "NTR109", "sequence"),
            StandIn("math", "fsum"),
        )
    ]
    assert texts == [
        "time.time()  # expect: NTR101/payload",
        "os.fork()  # expect: NTR109/sequence",
        "math.fsum()",
    ]
