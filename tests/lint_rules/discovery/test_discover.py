"""What is analysed together: bundles, source roots, and what a given path stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules import bundle
from lint_rules.discovery import surroundings
from lint_rules.discovery.discover import Project, discover
from lint_rules.discovery.gathering import looks_like_workflow
from lint_rules.files.sources import Sources
from tests.lint_rules.trees import (
    MANIFEST,
    PLAIN,
    WORKFLOW,
    Settings,
    bundle_at,
    entries,
    found,
    found_with,
    single,
    write_tree,
)


def test_a_bundle_is_one_project_with_all_its_modules(tmp_path: Path) -> None:
    root = bundle_at(tmp_path, "nav-monthly")
    write_tree(root, {"subledgers/fees.py": PLAIN, "scripts/once.py": PLAIN})
    project = single(tmp_path)
    assert project == Project(
        root=root,
        bundle="nav-monthly",
        entries=(root / "templates/workflow.py",),
        search=(root,),
        members=(
            root / "subledgers/fees.py",
            root / "templates/__init__.py",
            root / "templates/models.py",
            root / "templates/workflow.py",
        ),
    )


def test_the_slug_of_a_version_is_what_stands_before_the_at_sign(tmp_path: Path) -> None:
    bundle_at(tmp_path, "nav@0.0.9")
    bundle_at(tmp_path, "nav@0.1.0")
    assert [project.bundle for project in found(tmp_path).projects] == ["nav", "nav"]


def test_every_workflow_module_of_a_bundle_is_an_entry_but_not_its_tests(tmp_path: Path) -> None:
    root = bundle_at(tmp_path, "nav")
    write_tree(root, {"templates/child.py": WORKFLOW, "jobs/extra.py": WORKFLOW})
    assert entries(found(tmp_path), root) == [
        "jobs/extra.py",
        "templates/child.py",
        "templates/workflow.py",
    ]


@pytest.mark.parametrize(
    ("files", "bundles"),
    [
        ({"runbook.md": MANIFEST}, ["nav"]),
        ({"runbook.md": "no frontmatter", "templates/models.py": PLAIN}, ["nav"]),
        ({"templates/workflow.py": PLAIN}, ["nav"]),
        ({"runbook.md": "\ufeff\n---\nslug: x\n---"}, ["nav"]),
        ({"runbook.md": "# What to do at night"}, []),
        ({"templates/models.py": PLAIN}, []),
        ({"templates": PLAIN}, []),
        ({"Runbook.md": MANIFEST}, []),
    ],
)
def test_a_bundle_has_a_manifest_or_a_workflow(
    tmp_path: Path, files: dict[str, str], bundles: list[str]
) -> None:
    write_tree(tmp_path / "nav", files)
    assert [project.bundle for project in found(tmp_path).projects] == bundles


def test_the_names_of_a_bundles_files_are_those_the_rest_of_the_tool_uses() -> None:
    assert bundle.MANIFEST == surroundings.MANIFEST
    assert f"{surroundings.TEMPLATES}/{surroundings.WORKFLOW}" == bundle.WORKFLOW_FILE


def test_a_bundle_without_a_workflow_is_a_project_without_entries(tmp_path: Path) -> None:
    write_tree(tmp_path / "nav", {"runbook.md": MANIFEST})
    assert single(tmp_path).entries == ()


def test_a_bundle_inside_a_bundle_is_its_own_project(tmp_path: Path) -> None:
    outer = bundle_at(tmp_path, "outer")
    inner = bundle_at(outer, "tests/inner")
    projects = found(tmp_path).projects
    assert [(project.root, project.bundle) for project in projects] == [
        (outer, "outer"),
        (inner, "inner"),
    ]
    assert projects[0].entries == (outer / "templates/workflow.py",)


def test_a_bundle_also_searches_the_project_around_it(tmp_path: Path) -> None:
    write_tree(tmp_path, {"pyproject.toml": "", "src/shared.py": PLAIN})
    root = bundle_at(tmp_path, "runbooks/nav")
    assert single(tmp_path).search == (root, tmp_path, tmp_path / "src")


def test_loose_modules_start_from_above_their_topmost_package(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "pyproject.toml": "",
            "src/app/__init__.py": "",
            "src/app/flows/__init__.py": "",
            "src/app/flows/one.py": WORKFLOW,
            "src/app/two.py": WORKFLOW,
            "src/app/helper.py": PLAIN,
        },
    )
    app = tmp_path / "src/app"
    assert single(tmp_path) == Project(
        root=tmp_path / "src",
        bundle=None,
        entries=(app / "flows/one.py", app / "two.py"),
        search=(tmp_path / "src", tmp_path),
    )


def test_loose_modules_without_a_package_start_from_their_directory(tmp_path: Path) -> None:
    write_tree(tmp_path, {".git/HEAD": "", "jobs/nightly/flow.py": WORKFLOW, "src/a.py": PLAIN})
    project = single(tmp_path)
    assert project.root == tmp_path / "jobs/nightly"
    assert project.search == (
        tmp_path / "jobs/nightly",
        tmp_path / "jobs",
        tmp_path,
        tmp_path / "src",
    )


def test_a_namespace_package_with_relative_imports_starts_from_the_source_directory(
    tmp_path: Path,
) -> None:
    relative = f"from .helper import now\n{WORKFLOW}"
    write_tree(tmp_path, {"setup.py": "", "src/space/flow.py": relative, "x/y/flow.py": relative})
    assert [project.root for project in found(tmp_path).projects] == [tmp_path, tmp_path / "src"]


def test_without_a_repository_the_search_ends_at_the_given_path(tmp_path: Path) -> None:
    write_tree(tmp_path, {"x/y/flow.py": WORKFLOW})
    assert single(tmp_path, "x").search == (tmp_path / "x/y", tmp_path / "x")
    assert single(tmp_path, "x/y/flow.py").search == (tmp_path / "x/y",)
    both = single(tmp_path, "x/y", "x")
    assert both.search == (tmp_path / "x/y", tmp_path / "x")


def test_the_source_directories_can_be_named(tmp_path: Path) -> None:
    write_tree(tmp_path, {"pyproject.toml": "", "python/lib.py": PLAIN, "flow.py": WORKFLOW})
    settings = Settings(tmp_path, src=("python", "missing"))
    [project] = found_with(settings).projects
    assert project.search == (tmp_path, tmp_path / "python")


def test_modules_without_workflows_are_no_project(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": PLAIN, "b.py": "from temporalio import activity\n"})
    discovery = found(tmp_path)
    assert discovery.projects == ()
    assert discovery.files == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"@workflow.defn\nclass A: ...", True),
        (b"@runbook.defn(name='x')", True),
        (b"from temporalio.workflow import defn as d", True),
        (b"@activity.defn\n@workflow.defn", True),
        (b"@activity.defn", False),
        (b"undefn = defns", False),
        (b"", False),
        (b"\xff\x00 defn", True),
    ],
)
def test_a_workflow_module_is_known_by_a_word(text: bytes, expected: bool) -> None:
    assert looks_like_workflow(text) is expected


def test_projects_and_their_files_are_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        bundle_at(tmp_path, name)
        write_tree(tmp_path / name, {"templates/z.py": WORKFLOW, "templates/b.py": WORKFLOW})
    ways = [found(tmp_path), found(tmp_path, "c", "a", "b"), found(tmp_path, "b/templates", ".")]
    for discovery in ways:
        roots = [project.root.name for project in discovery.projects]
        assert roots == ["a", "b", "c"]
        assert all(list(p.entries) == sorted(p.entries) for p in discovery.projects)
        assert discovery.projects == ways[0].projects


def test_what_matters_later_is_kept_and_nothing_else(tmp_path: Path) -> None:
    root = bundle_at(tmp_path, "nav")
    write_tree(tmp_path, {"flow.py": WORKFLOW, "plain.py": PLAIN})
    sources = Sources()
    discover([tmp_path], Settings(tmp_path), sources)
    assert sources.is_given(root / "templates/models.py")
    assert sources.is_given(tmp_path / "flow.py")
    assert not sources.is_given(tmp_path / "plain.py")
