"""The trees the speed of the lint is measured on, and what the figures make of the times."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.figures import Times
from benchmarks.lint_speed import trees
from benchmarks.lint_speed.bundle import bundle_files
from benchmarks.lint_speed.figures import Goal, Point, Row, growth
from benchmarks.lint_speed.repository import repository_files
from lint_rules.bundle import is_bundle, read_bundle


@pytest.mark.parametrize("lines", [200, 1_000])
def test_a_generated_bundle_has_the_size_asked_for(lines: int) -> None:
    files = bundle_files("fund-close", lines)
    written = sum(text.count("\n") for path, text in files.items() if path.endswith(".py"))

    assert written == pytest.approx(lines, rel=0.1)
    assert bundle_files("fund-close", lines) == files
    assert bundle_files("fund-open", lines) != files


def test_the_workflow_of_a_generated_bundle_uses_every_function_of_its_helpers() -> None:
    files = bundle_files("fund-close", 1_000)
    helpers = [f"templates/{name}.py" for name in ("amounts", "checks", "decisions", "views")]
    names = re.findall(r"^def (\w+)", "".join(map(files.__getitem__, helpers)), re.MULTILINE)

    assert len(names) > 15
    for name in names:
        assert f"{name}(lines," in files["templates/workflow.py"] or (
            f"not {name}(answer)" in files["templates/workflow.py"]
        )


def test_generated_bundles_are_bundles(tmp_path: Path) -> None:
    tree = trees.bundles(tmp_path, count=3, lines=200)
    directories = sorted((tmp_path / "runbooks").iterdir())

    assert [directory.name for directory in directories] == ["fund-n0", "fund-n1", "fund-n2"]
    assert all(map(is_bundle, directories))
    assert [read_bundle(directory).problem for directory in directories] == [None] * 3
    python = list(tmp_path.rglob("*.py"))
    lines = sum(path.read_text(encoding="utf-8").count("\n") for path in python)
    assert (tree.files, tree.lines) == (len(python), lines)
    for path in python:
        compile(path.read_bytes(), path, "exec")


def test_a_generated_repository_has_few_workflows_among_other_modules() -> None:
    files = dict(repository_files(20_000, workflows=3))
    python = {path: text for path, text in files.items() if path.endswith(".py")}

    assert dict(repository_files(20_000, workflows=3)) == files
    assert sum(text.count("\n") for text in python.values()) == pytest.approx(20_000, rel=0.1)
    assert sum("@workflow.defn" in text for text in python.values()) == 3
    for path, text in python.items():
        compile(text, path, "exec")
    everything = "\n".join(python.values())
    services = re.findall(r"^from (books\.\w+\.\w+) import BASE$", everything, re.MULTILINE)
    assert len(services) == 3
    assert all(f"src/{service.replace('.', '/')}.py" in python for service in services)


@pytest.mark.parametrize(
    ("ours", "theirs", "goal", "met"),
    [
        (2.0, 3.0, Goal(faster=1.5), True),
        (2.0, 2.9, Goal(faster=1.5), False),
        (3.0, 1.0, Goal(at_most=3), True),
        (3.1, 1.0, Goal(at_most=3), False),
        (0.4, 0.1, Goal(seconds=0.4), True),
        (0.5, 0.1, Goal(seconds=0.4), False),
    ],
)
def test_a_goal_is_met_or_missed(ours: float, theirs: float, goal: Goal, met: bool) -> None:
    row = Row("cold", Times((ours,)), "peer", Times((theirs,)), goal)

    assert row.meets_goal is met


def test_a_linear_curve_costs_the_same_per_line_at_each_step() -> None:
    linear = [Point(10**n, 200 * 10**n, 0.1 * 10**n, 0) for n in range(3)]
    squares = [Point(10**n, 200 * 10**n, 0.1 * 100**n, 0) for n in range(3)]

    assert list(growth(tuple(linear))) == pytest.approx([1, 1])
    assert list(growth(tuple(squares))) == pytest.approx([10, 10])
