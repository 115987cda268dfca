"""Dotted names to files: as imports would find them, and forgiving where the path is a guess."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.files.layout import Layout, Location
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from tests.lint_rules.trees import write_tree


def layout(root: Path, *search: str, overlay: dict[Path, bytes] | None = None) -> Layout:
    places = tuple(root / name for name in search or (".",))
    project = Project(places[0], None, (), places)
    return Layout(project, Sources(overlay))


def tree(root: Path, *files: str) -> Path:
    return write_tree(root, dict.fromkeys(files, ""))


def test_modules_and_packages_are_found_by_their_dotted_names(tmp_path: Path) -> None:
    tree(tmp_path, "app.py", "package/__init__.py", "package/inner.py", "package/deep/__init__.py")
    places = layout(tmp_path)
    assert places.locate("app") == Location(tmp_path / "app.py")
    assert places.locate("package") == Location(tmp_path / "package/__init__.py", is_package=True)
    assert places.locate("package.inner") == Location(tmp_path / "package/inner.py")
    assert places.locate("package.deep") == Location(
        tmp_path / "package/deep/__init__.py", is_package=True
    )


@pytest.mark.parametrize(
    "name", ["missing", "app.inner", "package.missing", "", ".", "package.", "..app", "../x/app"]
)
def test_what_no_import_finds_is_not_located(tmp_path: Path, name: str) -> None:
    tree(tmp_path, "x/app.py", "x/package/__init__.py", "app.py")
    assert layout(tmp_path / "x").locate(name) is None


def test_a_package_beats_a_module_and_a_module_beats_a_directory(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "a/__init__.py", "b.py", "b/part.py")
    places = layout(tmp_path)
    assert places.locate("a") == Location(tmp_path / "a/__init__.py", is_package=True)
    assert places.locate("b") == Location(tmp_path / "b.py")


def test_a_namespace_package_is_a_directory_with_python_files_somewhere(tmp_path: Path) -> None:
    tree(tmp_path, "space/inner/part.py", "redis/conf/redis.conf", "docs/index.md")
    places = layout(tmp_path)
    assert places.locate("space") == Location(tmp_path / "space", True, True)
    assert places.locate("space.inner") == Location(tmp_path / "space/inner", True, True)
    assert places.locate("space.inner.part") == Location(tmp_path / "space/inner/part.py")
    assert places.locate("redis") is None
    assert places.locate("docs") is None


def test_a_directory_does_not_hide_a_module_that_is_searched_later(tmp_path: Path) -> None:
    tree(tmp_path, "app/scripts/run.py", "tool/part.py", "src/app/__init__.py", "src/tool.py")
    places = layout(tmp_path, ".", "src")
    assert places.locate("app") == Location(tmp_path / "src/app/__init__.py", is_package=True)
    assert places.locate("tool") == Location(tmp_path / "src/tool.py")
    assert places.locate("app.scripts.run") == Location(tmp_path / "app/scripts/run.py")


def test_a_package_does_not_hide_a_submodule_that_only_another_place_has(tmp_path: Path) -> None:
    tree(tmp_path, "app/__init__.py", "src/app/__init__.py", "src/app/models.py")
    places = layout(tmp_path, ".", "src")
    assert places.locate("app") == Location(tmp_path / "app/__init__.py", is_package=True)
    assert places.locate("app.models") == Location(tmp_path / "src/app/models.py")


def test_the_first_place_that_is_searched_wins(tmp_path: Path) -> None:
    tree(tmp_path, "one/app.py", "two/app.py")
    assert layout(tmp_path, "one", "two").locate("app") == Location(tmp_path / "one/app.py")
    assert layout(tmp_path, "two", "one").locate("app") == Location(tmp_path / "two/app.py")


def test_names_of_the_standard_library_ntro_and_temporalio_are_never_ours(tmp_path: Path) -> None:
    tree(tmp_path, "calendar.py", "queue.py", "ntro/__init__.py", "temporalio/workflow.py")
    tree(tmp_path, "templates/calendar.py")
    places = layout(tmp_path)
    for name in ("calendar", "queue", "ntro", "temporalio", "temporalio.workflow"):
        assert places.locate(name) is None
    assert places.locate("templates.calendar") == Location(tmp_path / "templates/calendar.py")


def test_names_must_have_the_case_of_the_file(tmp_path: Path) -> None:
    tree(tmp_path, "App.py", "Package/__init__.py")
    places = layout(tmp_path)
    assert places.locate("App") is not None
    assert places.locate("Package") is not None
    assert places.locate("app") is None
    assert places.locate("package") is None


def test_what_is_named_like_a_module_but_is_no_file_is_not_one(tmp_path: Path) -> None:
    (tmp_path / "folder.py").mkdir()
    os.mkfifo(tmp_path / "pipe.py")
    assert layout(tmp_path).locate("folder") is None
    assert layout(tmp_path).locate("pipe") is None


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    tree(tmp_path, "package/__init__.py")
    (tmp_path / "package/again").symlink_to(tmp_path / "package")
    (tmp_path / "space").mkdir()
    (tmp_path / "space/again").symlink_to(tmp_path / "space")
    places = layout(tmp_path)
    assert places.locate("package.again.again.again") is not None
    assert places.locate("space") is None


def test_a_file_has_the_name_by_which_it_is_located(tmp_path: Path) -> None:
    tree(tmp_path, "templates/workflow.py", "templates/__init__.py", "a-b.py", "__init__.py")
    places = layout(tmp_path)
    assert places.name_of(tmp_path / "templates/workflow.py") == "templates.workflow"
    assert places.name_of(tmp_path / "templates/__init__.py") == "templates"
    assert places.name_of(tmp_path / "a-b.py") == "a-b"
    assert places.name_of(tmp_path / "__init__.py") == "__init__"


def test_a_file_below_two_places_has_one_name(tmp_path: Path) -> None:
    tree(tmp_path, "space/work.py", "space/queue.py")
    places = layout(tmp_path, "space", ".")
    assert places.locate("space.work") == places.locate("work")
    assert places.name_of(tmp_path / "space/work.py") == "work"
    assert places.name_of(tmp_path / "space/queue.py") == "space.queue"


def test_files_that_no_import_reaches_have_made_up_names(tmp_path: Path) -> None:
    tree(tmp_path, "queue.py", "nav.v1.py", "x/queue.py", "script")
    places = layout(tmp_path, ".", "x")
    paths = [tmp_path / name for name in ("queue.py", "nav.v1.py", "script")]
    assert [places.name_of(path) for path in paths] == ["<queue>", "<nav_v1>", "<script>"]
    assert [places.locate(places.name_of(path)) for path in paths] == list(map(Location, paths))
    outside = tmp_path.parent / "queue.py"
    assert places.name_of(outside) == "<queue 2>"
    assert places.locate("<queue 2>") == Location(outside)


def test_modules_of_an_overlay_are_located(tmp_path: Path) -> None:
    overlay = {tmp_path / "package/new.py": b"", tmp_path / "package/__init__.py": b""}
    assert layout(tmp_path, overlay=overlay).locate("package.new") is not None


PARTS = st.sampled_from(["a", "b", "calendar", "a-b", "v1.0", "__init__"])
FILES = st.lists(st.lists(PARTS, min_size=1, max_size=3), min_size=1, max_size=6)


@given(FILES, st.lists(st.sampled_from(["/r", "/r/a", "/r/a/b"]), min_size=1, unique=True))
def test_every_file_is_found_by_the_name_it_has(files: list[list[str]], search: list[str]) -> None:
    paths = [Path("/r", *parts[:-1], f"{parts[-1]}.py") for parts in files]
    places = layout(Path("/"), *search, overlay=dict.fromkeys(paths, b""))
    names = {}
    for path in paths:
        names[path] = places.name_of(path)
        found = places.locate(names[path])
        assert found is not None
        assert found.path == path
    assert len(set(names.values())) == len(names)
