"""Whose `lint_rules` is it: the pure part, and the finder that keeps watch."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

import pytest

from ntro_testkit import shadowing
from ntro_testkit.shadowing import Guard, ShadowedPackageError, shadowing_paths, shadowing_problem
from tests.bundles import ROOT, python

NAMES = ("lint_rules",)


def finder(*folders: Path) -> shadowing.FindSpec:
    """Return a `find_spec` that looks in these folders only."""

    def find(name: str) -> ModuleSpec | None:
        return PathFinder.find_spec(name, [str(folder) for folder in folders])

    return find


def package(folder: Path, name: str = "lint_rules") -> Path:
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text("")
    return folder / name


def imported(path: Path) -> dict[str, ModuleType]:
    module = ModuleType("lint_rules")
    module.__path__ = [str(path)]
    return {"lint_rules": module}


def test_our_own_package_is_no_problem(tmp_path: Path) -> None:
    ours = package(tmp_path / "kit")
    assert shadowing_paths(NAMES, ours.parent, finder(ours.parent), imported(ours)) == {}


def test_a_package_earlier_on_the_path_is_one(tmp_path: Path) -> None:
    ours, theirs = package(tmp_path / "kit"), package(tmp_path / "user")
    find = finder(theirs.parent, ours.parent)
    assert shadowing_paths(NAMES, ours.parent, find, {}) == {"lint_rules": theirs}
    assert shadowing_paths(NAMES, ours.parent, finder(ours.parent, theirs.parent), {}) == {}


def test_a_package_that_is_imported_already_is_one(tmp_path: Path) -> None:
    ours, theirs = package(tmp_path / "kit"), package(tmp_path / "user")
    found = shadowing_paths(NAMES, ours.parent, finder(ours.parent), imported(theirs))
    assert found == {"lint_rules": theirs}


def test_one_that_would_be_found_counts_though_ours_is_imported(tmp_path: Path) -> None:
    ours, theirs = package(tmp_path / "kit"), package(tmp_path / "user")
    find = finder(theirs.parent, ours.parent)
    assert shadowing_paths(NAMES, ours.parent, find, imported(ours)) == {"lint_rules": theirs}


def test_a_module_is_named_by_its_file(tmp_path: Path) -> None:
    ours = package(tmp_path / "kit")
    (tmp_path / "lint_rules.py").write_text("")
    found = shadowing_paths(NAMES, ours.parent, finder(tmp_path, ours.parent), {})
    assert found == {"lint_rules": tmp_path / "lint_rules.py"}


def test_a_folder_without_init_loses_to_ours_and_hides_nothing(tmp_path: Path) -> None:
    ours = package(tmp_path / "kit")
    (tmp_path / "user" / "lint_rules").mkdir(parents=True)
    find = finder(tmp_path / "user", ours.parent)
    assert shadowing_paths(NAMES, ours.parent, find, {}) == {}


def test_a_folder_without_init_hides_what_only_a_finder_knows(tmp_path: Path) -> None:
    """An editable install may be no folder on the path; the path is asked before its finder."""
    ours = package(tmp_path / "kit")
    theirs = tmp_path / "user" / "lint_rules"
    theirs.mkdir(parents=True)
    assert shadowing_paths(NAMES, ours.parent, finder(), {}) == {}
    found = shadowing_paths(NAMES, ours.parent, finder(theirs.parent), {})
    assert found == {"lint_rules": theirs}


def test_another_path_to_our_own_package_is_ours(tmp_path: Path) -> None:
    ours = package(tmp_path / "kit")
    (tmp_path / "link").symlink_to(ours.parent)
    assert shadowing_paths(NAMES, ours.parent, finder(tmp_path / "link"), {}) == {}


def test_the_problem_is_one_line_with_both_paths_and_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shadowing_problem() is None
    theirs = package(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    problem = shadowing_problem("go home")
    assert problem == (
        f"ntro-testkit: {theirs} hides the kit's own package {ROOT / 'lint_rules'}: "
        "rename it, or go home"
    )


def test_renaming_is_the_only_way_out_for_a_package_imported_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = package(tmp_path)
    monkeypatch.setitem(sys.modules, "lint_rules", imported(theirs)["lint_rules"])
    assert str(shadowing_problem("go home")).endswith(f"{ROOT / 'lint_rules'}: rename it")


def test_the_command_line_stops_with_exit_code_2(tmp_path: Path) -> None:
    theirs = package(tmp_path)
    done = python("-m", "ntro_testkit", "--version", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert str(theirs) in line
    assert str(ROOT / "lint_rules") in line


def test_the_guard_looks_when_the_kit_is_first_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    package(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    guard = Guard("go home")
    guard.install()
    guard.find_spec("ntro_testkit.runtime.forcing")
    guard.find_spec("somebody.elses")
    assert guard.problem() is None
    with pytest.raises(ShadowedPackageError, match="go home"):
        guard.find_spec("ntro_testkit.loading")
    assert guard.problem() is not None


def test_the_guard_steps_aside_once_the_kit_is_bound_and_keeps_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    guard = Guard("go home")
    guard.install()
    guard.find_spec("ntro_testkit.loading")
    assert guard not in sys.meta_path
    assert guard.problem() is None
    package(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    assert "go home" in str(guard.problem())


def test_modules_that_need_none_of_the_names_are_listed_rightly() -> None:
    """Everything a run without ntro tests imports is free, so that the guard stays quiet."""
    code = "import ntro_testkit, ntro_testkit_pytest.plugin, ntro_testkit_pytest.fixtures, sys\n"
    code += "print(*[m for m in sys.modules if m.startswith('ntro_testkit.')])"
    done = python("-c", code)
    assert set(done.stdout.split()) == shadowing.FREE
