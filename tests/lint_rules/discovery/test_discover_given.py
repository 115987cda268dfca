"""What a given path stands for: a file's bundle, its repository, or nothing that exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.discovery.discover import UnknownPathError, discover
from tests.lint_rules.trees import (
    PLAIN,
    WORKFLOW,
    Settings,
    bundle_at,
    entries,
    found,
    single,
    write_tree,
)


def test_a_file_of_a_bundle_brings_in_the_bundle(tmp_path: Path) -> None:
    root = bundle_at(tmp_path, "nav")
    bundle_at(tmp_path, "other")
    whole = single(tmp_path, "nav")
    for name in ("templates/models.py", "runbook.md", "templates", "tests"):
        assert single(tmp_path, f"nav/{name}") == whole
    assert whole.root == root


def test_a_test_of_a_bundle_that_is_given_is_an_entry(tmp_path: Path) -> None:
    root = bundle_at(tmp_path, "nav")
    project = single(tmp_path, "nav/tests/test_scenarios.py")
    assert root / "tests/test_scenarios.py" in project.entries
    assert root / "tests/test_scenarios.py" not in project.members


def test_a_loose_workflow_that_is_given_is_the_only_entry(tmp_path: Path) -> None:
    write_tree(tmp_path, {"pyproject.toml": "", "a.py": WORKFLOW, "b.py": WORKFLOW})
    discovery = found(tmp_path, "a.py")
    assert entries(discovery, tmp_path) == ["a.py"]
    assert discovery.files == 1


def test_a_helper_that_is_given_brings_in_the_workflows_that_may_reach_it(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {"pyproject.toml": "", "lib/clock.py": PLAIN, "a.py": WORKFLOW, "x/b.py": WORKFLOW},
    )
    bundle_at(tmp_path, "runbooks/nav")
    discovery = found(tmp_path, "lib/clock.py")
    assert entries(discovery, tmp_path) == [
        "a.py",
        "runbooks/nav/templates/workflow.py",
        "x/b.py",
    ]
    assert discovery.concerns(tmp_path / "lib/clock.py")
    assert not discovery.concerns(tmp_path / "a.py")


def test_a_helper_without_a_repository_brings_in_its_package_or_its_neighbours(
    tmp_path: Path,
) -> None:
    write_tree(tmp_path, {"clock.py": PLAIN, "flow.py": WORKFLOW, "deep/flow.py": WORKFLOW})
    write_tree(tmp_path, {"app/__init__.py": "", "app/lib/__init__.py": "", "app/a.py": WORKFLOW})
    write_tree(tmp_path, {"app/lib/clock.py": PLAIN})
    assert entries(found(tmp_path, "clock.py"), tmp_path) == ["flow.py"]
    assert entries(found(tmp_path, "app/lib/clock.py"), tmp_path) == ["app/a.py"]


def test_a_given_script_without_suffix_counts_as_python_and_a_document_does_not(
    tmp_path: Path,
) -> None:
    write_tree(tmp_path, {"run": f"#!/usr/bin/env python3\n{WORKFLOW}", "notes.md": WORKFLOW})
    assert entries(found(tmp_path, "run", "notes.md"), tmp_path) == ["run"]
    assert found(tmp_path).projects == ()


def test_every_file_is_looked_at_once_however_often_it_is_given(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": WORKFLOW, "x/b.py": PLAIN})
    discovery = found(tmp_path, "x", ".", "a.py", "x/b.py", "x/../a.py")
    assert discovery.files == 2
    assert entries(discovery, tmp_path) == ["a.py"]


def test_no_paths_are_no_projects(tmp_path: Path) -> None:
    discovery = discover([], Settings(tmp_path))
    assert (discovery.projects, discovery.files) == ((), 0)
    assert not discovery.concerns(tmp_path)


def test_an_unknown_path_names_the_nearest_that_exists(tmp_path: Path) -> None:
    write_tree(tmp_path, {"runbooks/nav-monthly/a.py": PLAIN})
    with pytest.raises(UnknownPathError) as error:
        found(tmp_path, "runbooks/nav-montly")
    assert error.value.path == tmp_path / "runbooks/nav-montly"
    assert error.value.nearest == str(tmp_path / "runbooks/nav-monthly")
    assert "did you mean" in str(error.value)
    with pytest.raises(UnknownPathError, match=r"did you mean .*/runbooks\?"):
        found(tmp_path, "runboks/nav-monthly/a.py")


@pytest.mark.parametrize("name", ["quite-different", "x/y/z", "nul\0byte"])
def test_an_unknown_path_that_is_like_nothing_has_no_suggestion(tmp_path: Path, name: str) -> None:
    write_tree(tmp_path, {"a.py": PLAIN})
    with pytest.raises(UnknownPathError) as error:
        found(tmp_path, name)
    assert error.value.nearest is None
    assert "did you mean" not in str(error.value)


def test_a_link_that_leads_nowhere_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "link.py").symlink_to(tmp_path / "missing.py")
    with pytest.raises(UnknownPathError):
        found(tmp_path, "link.py")


def test_an_overlay_is_found_though_it_does_not_exist(tmp_path: Path) -> None:
    root = bundle_at(tmp_path, "nav")
    new = root / "templates/new.py"
    discovery = found(tmp_path, "nav/templates/new.py", overlay={new: WORKFLOW.encode()})
    [project] = discovery.projects
    assert new in project.entries
    assert new in project.members


def test_an_overlay_stands_for_what_is_on_disk(tmp_path: Path) -> None:
    write_tree(tmp_path, {"pyproject.toml": "", "a.py": PLAIN, "b.py": WORKFLOW})
    overlay = {tmp_path / "a.py": WORKFLOW.encode(), tmp_path / "b.py": b""}
    assert entries(found(tmp_path, overlay=overlay), tmp_path) == ["a.py"]
