"""Trees made to break a walk: an answer or a problem, never a traceback, a hang or a circle."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lint_rules.trees import PLAIN, WORKFLOW, entries, found, write_tree


def problems(root: Path, *given: str) -> list[tuple[str, str]]:
    discovery = found(root, *given)
    return [(p.path.relative_to(root).as_posix(), p.message) for p in discovery.problems]


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    write_tree(tmp_path, {"x/a.py": WORKFLOW})
    (tmp_path / "x/up").symlink_to(tmp_path)
    (tmp_path / "self.py").symlink_to(tmp_path / "self.py")
    assert entries(found(tmp_path), tmp_path) == ["x/a.py"]
    assert problems(tmp_path) == []


def test_a_link_to_a_directory_is_followed_only_when_it_is_given(tmp_path: Path) -> None:
    write_tree(tmp_path, {"far/a.py": WORKFLOW, "here/b.py": PLAIN})
    (tmp_path / "here/link").symlink_to(tmp_path / "far")
    (tmp_path / "far/link").symlink_to(tmp_path / "far")
    assert entries(found(tmp_path, "here"), tmp_path) == []
    assert entries(found(tmp_path, "here/link"), tmp_path) == ["here/link/a.py"]


def test_a_link_to_a_file_is_a_file(tmp_path: Path) -> None:
    write_tree(tmp_path, {"far/text": WORKFLOW})
    (tmp_path / "a.py").symlink_to(tmp_path / "far/text")
    assert entries(found(tmp_path), tmp_path) == ["a.py"]


def test_what_is_no_regular_file_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "null.py").symlink_to(os.devnull)
    (tmp_path / "folder.py").mkdir()
    discovery = found(tmp_path)
    assert (discovery.files, discovery.problems) == (0, ())


def test_a_pipe_that_is_given_is_a_problem(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    [(path, message)] = problems(tmp_path, "pipe.py")
    assert path == "pipe.py"
    assert "neither a file nor a directory" in message


def test_a_circle_or_an_endless_name_that_is_given_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "self.py").symlink_to(tmp_path / "self.py")
    long = "n" * 300
    write_tree(tmp_path, {"a.py": WORKFLOW})
    assert [path for path, _ in problems(tmp_path, long, "self.py")] == [long, "self.py"]
    assert entries(found(tmp_path, long, "a.py"), tmp_path) == ["a.py"]


def refuse(monkeypatch: pytest.MonkeyPatch, name: str, refused: Path) -> None:
    """Make a function of `os` refuse one path, as permissions do for everybody but root."""
    real = getattr(os, name)

    def refusing(path: Any, *rest: Any) -> Any:
        if str(path) == str(refused):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *rest)

    monkeypatch.setattr(os, name, refusing)


def test_a_file_that_cannot_be_read_is_a_problem_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {"a.py": WORKFLOW, "b.py": WORKFLOW})
    refuse(monkeypatch, "open", tmp_path / "a.py")
    discovery = found(tmp_path)
    assert entries(discovery, tmp_path) == ["b.py"]
    assert discovery.files == 2
    assert problems(tmp_path) == [("a.py", "cannot be read: Permission denied")]


def test_a_directory_that_cannot_be_listed_is_a_problem_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {"x/a.py": WORKFLOW, "b.py": WORKFLOW})
    refuse(monkeypatch, "scandir", tmp_path / "x")
    assert entries(found(tmp_path), tmp_path) == ["b.py"]
    assert problems(tmp_path) == [("x", "cannot be read: Permission denied")]


def test_an_ignore_file_that_cannot_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {"a.py": WORKFLOW, ".gitignore": "*"})
    refuse(monkeypatch, "open", tmp_path / ".gitignore")
    assert entries(found(tmp_path), tmp_path) == ["a.py"]
    assert [path for path, _ in problems(tmp_path)] == [".gitignore"]


def test_problems_elsewhere_are_not_those_of_the_given_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {"setup.cfg": "", "clock.py": PLAIN, "bad.py": WORKFLOW, "a.py": WORKFLOW})
    refuse(monkeypatch, "open", tmp_path / "bad.py")
    assert problems(tmp_path, "clock.py") == []
    assert entries(found(tmp_path, "clock.py"), tmp_path) == ["a.py"]


LEVELS = 1000


@pytest.fixture
def very_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    for level in range(LEVELS):
        if level == 700:
            Path("deep.py").write_text(WORKFLOW)
        Path("dddd").mkdir()
        os.chdir("dddd")
    Path("deepest.py").write_text(WORKFLOW)
    os.chdir(tmp_path)
    yield tmp_path
    for _ in range(LEVELS):
        os.chdir("dddd")
    for _ in range(LEVELS):
        for file in Path().glob("*.py"):
            file.unlink()
        os.chdir("..")
        Path("dddd").rmdir()


def test_a_tree_deeper_than_paths_can_be_is_walked_as_far_as_possible(very_deep: Path) -> None:
    discovery = found(very_deep)
    [project] = discovery.projects
    assert [entry.name for entry in project.entries] == ["deep.py"]
    [problem] = discovery.problems
    assert "File name too long" in problem.message


def test_names_that_are_no_text_are_walked(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    write_tree(tmp_path, {name: WORKFLOW, "line\nbreak.py": WORKFLOW, ".gitignore": "x"})
    assert entries(found(tmp_path), tmp_path) == [name, "line\nbreak.py"]
