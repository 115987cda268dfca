"""What a walk leaves out, and what is looked at all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint_rules.trees import WORKFLOW, Settings, entries, found, found_with, write_tree


def workflows(root: Path, *names: str) -> Path:
    return write_tree(root, dict.fromkeys(names, WORKFLOW))


def test_directories_of_tools_are_left_out(tmp_path: Path) -> None:
    workflows(
        tmp_path,
        "a.py",
        "build/kept.py",
        ".hidden/b.py",
        "__pycache__/c.py",
        "node_modules/x/d.py",
        "env/lib/e.py",
        "lib/site-packages/x/f.py",
    )
    write_tree(tmp_path, {"env/pyvenv.cfg": ""})
    assert entries(found(tmp_path), tmp_path) == ["a.py", "build/kept.py"]


@pytest.mark.parametrize(
    "given", [".hidden", "__pycache__", "node_modules", "env", "site-packages/x"]
)
def test_such_a_directory_is_looked_into_when_it_is_given(tmp_path: Path, given: str) -> None:
    workflows(tmp_path, f"{given}/a.py")
    write_tree(tmp_path, {"env/pyvenv.cfg": ""})
    assert entries(found(tmp_path, given), tmp_path) == [f"{given}/a.py"]


def test_gitignore_files_count_from_the_repository_down(tmp_path: Path) -> None:
    workflows(tmp_path, "x/a.py", "x/gen/b.py", "x/y/c.py", "x/y/d.py", "out/e.py", "x/local.py")
    write_tree(
        tmp_path,
        {
            ".git/info/exclude": "local.py\n",
            ".gitignore": "gen/\n/out/\n",
            "x/.gitignore": "/y/c.py\n",
        },
    )
    assert entries(found(tmp_path), tmp_path) == ["x/a.py", "x/y/d.py"]
    assert entries(found(tmp_path, "x"), tmp_path) == ["x/a.py", "x/y/d.py"]
    assert entries(found(tmp_path, "x/y"), tmp_path) == ["x/y/d.py"]


def test_the_nearest_gitignore_decides(tmp_path: Path) -> None:
    workflows(tmp_path, "a.py", "x/a.py", "x/y/a.py")
    write_tree(
        tmp_path,
        {
            ".git/info/exclude": "!a.py\n",
            ".gitignore": "a.py\n",
            "x/.gitignore": "!a.py\n",
            "x/y/.gitignore": "a.py\n",
        },
    )
    assert entries(found(tmp_path), tmp_path) == ["x/a.py"]


def test_a_repository_inside_another_has_rules_of_its_own(tmp_path: Path) -> None:
    workflows(tmp_path, "a.py", "inner/a.py", "tree/a.py")
    write_tree(
        tmp_path,
        {".git/HEAD": "", ".gitignore": "a.py\n", "inner/.git/HEAD": "", "tree/.git": "gitdir: x"},
    )
    assert entries(found(tmp_path), tmp_path) == ["inner/a.py", "tree/a.py"]
    assert entries(found(tmp_path, "inner"), tmp_path) == ["inner/a.py"]


def test_gitignore_counts_without_a_repository(tmp_path: Path) -> None:
    workflows(tmp_path, "a.py", "b.py")
    write_tree(tmp_path, {".gitignore": "b.py\n"})
    assert entries(found(tmp_path), tmp_path) == ["a.py"]


def test_gitignore_can_be_switched_off(tmp_path: Path) -> None:
    workflows(tmp_path, "a.py", "b.py")
    write_tree(tmp_path, {".gitignore": "b.py\n"})
    settings = Settings(tmp_path, respect_gitignore=False)
    assert entries(found_with(settings), tmp_path) == ["a.py", "b.py"]


def test_excluded_names_and_paths_are_left_out(tmp_path: Path) -> None:
    workflows(tmp_path, "a.py", "a_pb2.py", "x/vendor/b.py", "x/y/c.py", "y/c.py", "x/keep.py")
    settings = Settings(tmp_path, exclude=("*_pb2.py", "vendor/", "x/y", "keep.py", "!x/keep.py"))
    assert entries(found_with(settings), tmp_path) == ["a.py", "x/keep.py", "y/c.py"]


def test_exclude_is_about_paths_below_the_configuration(tmp_path: Path) -> None:
    workflows(tmp_path, "conf/x/a.py", "x/b.py")
    settings = Settings(tmp_path / "conf", exclude=("x", "b.py"))
    discovery = found_with(settings, "..")
    assert entries(discovery, tmp_path) == ["x/b.py"]


@pytest.mark.parametrize("pattern", ["x", "x/", "/x/", "x/*", "x/**", "a.py", "*.py", "*"])
def test_a_given_file_is_looked_at_though_it_is_ignored(tmp_path: Path, pattern: str) -> None:
    workflows(tmp_path, "x/a.py", "x/b.py")
    write_tree(tmp_path, {".git/HEAD": "", ".gitignore": f"{pattern}\n"})
    settings = Settings(tmp_path, exclude=(pattern,))
    assert entries(found_with(settings, "x/a.py"), tmp_path) == ["x/a.py"]


@pytest.mark.parametrize("pattern", ["x", "x/", "/x/", "x/*", "x/**", "*", "y", "x/y/"])
def test_a_given_directory_is_looked_into_though_it_is_ignored(
    tmp_path: Path, pattern: str
) -> None:
    workflows(tmp_path, "x/y/a.py", "x/y/a_pb2.py")
    lines = (pattern, "*_pb2.py")
    write_tree(tmp_path, {".git/HEAD": "", ".gitignore": "\n".join(lines)})
    assert entries(found_with(Settings(tmp_path, exclude=lines)), tmp_path) == []
    settings = Settings(tmp_path, exclude=lines)
    assert entries(found_with(settings, "x/y"), tmp_path) == ["x/y/a.py"]
    assert entries(found_with(settings, ".", "x/y"), tmp_path) == ["x/y/a.py"]


def test_an_ignored_module_of_a_bundle_is_no_member_unless_it_is_given(tmp_path: Path) -> None:
    workflows(tmp_path, "nav/templates/workflow.py", "nav/templates/old.py")
    write_tree(tmp_path, {".git/HEAD": "", ".gitignore": "old.py\n"})
    workflow, old = (tmp_path / "nav/templates" / name for name in ("workflow.py", "old.py"))
    [project] = found(tmp_path).projects
    assert (project.entries, project.members) == ((workflow,), (workflow,))
    [project] = found(tmp_path, "nav/templates/old.py").projects
    assert (project.entries, project.members) == ((old, workflow), (old, workflow))
