"""Which bundles play a parent's children when nobody says."""

from __future__ import annotations

from pathlib import Path

from ntro_testkit.siblings import bundles_by_slug, find_children, mentioned_strings, slug_of
from tests.bundles import write_bundle

CALLS = "return await self.run_child_workflow(slug={!r}, input={{}})"


def names(directories: list[Path]) -> list[str]:
    return [directory.name for directory in directories]


def test_siblings_the_sources_mention_are_children(tmp_path: Path) -> None:
    parent = write_bundle(tmp_path, "parent", run=CALLS.format("document-collect"))
    write_bundle(tmp_path, "document-collect")
    write_bundle(tmp_path, "bystander")
    assert names(find_children(parent)) == ["document-collect"]


def test_children_of_children_are_found(tmp_path: Path) -> None:
    parent = write_bundle(tmp_path, "parent", run=CALLS.format("middle"))
    write_bundle(tmp_path, "middle", run=CALLS.format("last"))
    write_bundle(tmp_path, "last", run=CALLS.format("parent"))
    assert names(find_children(parent)) == ["middle", "last"]


def test_a_slug_may_stand_in_any_module_of_the_templates(tmp_path: Path) -> None:
    files = {"templates/children/slugs.py": "COLLECT = 'document-collect'\n"}
    parent = write_bundle(tmp_path, "parent", files=files)
    write_bundle(tmp_path, "document-collect")
    assert names(find_children(parent)) == ["document-collect"]


def test_a_part_of_a_longer_string_is_no_mention(tmp_path: Path) -> None:
    parent = write_bundle(tmp_path, "parent", run="return 'see document-collect for more'")
    write_bundle(tmp_path, "document-collect")
    assert find_children(parent) == []


def test_a_bundle_without_a_version_wins_then_the_newest(tmp_path: Path) -> None:
    parent = write_bundle(tmp_path, "parent", run=CALLS.format("child"))
    for version in ("0.0.9", "0.0.10", "next"):
        write_bundle(tmp_path, "child", directory=f"child@{version}")
    assert names(find_children(parent)) == ["child@0.0.10"]
    write_bundle(tmp_path, "child")
    assert names(find_children(parent)) == ["child"]


def test_other_versions_of_the_parent_are_no_children_of_it(tmp_path: Path) -> None:
    parent = write_bundle(tmp_path, "parent", directory="parent@1", run=CALLS.format("parent"))
    write_bundle(tmp_path, "parent")
    assert find_children(parent) == []


def test_siblings_come_before_the_search_paths(tmp_path: Path) -> None:
    parent = write_bundle(tmp_path / "a", "parent", run=CALLS.format("child"))
    elsewhere = write_bundle(tmp_path / "b", "child")
    assert find_children(parent, [tmp_path / "b"]) == [elsewhere]
    assert find_children(parent, [elsewhere]) == [elsewhere]
    beside = write_bundle(tmp_path / "a", "child")
    assert find_children(parent, [tmp_path / "b"]) == [beside]


def test_the_slug_is_the_manifests_not_the_directorys(tmp_path: Path) -> None:
    renamed = write_bundle(tmp_path, "child", directory="checkout-of-child")
    assert slug_of(renamed) == "child"
    assert bundles_by_slug([tmp_path]) == {"child": renamed}


def test_quotes_and_comments_in_the_manifest_do_not_matter(tmp_path: Path) -> None:
    manifest = "---\nname: x\nslug: 'child'  # ours\n---\n"
    assert slug_of(write_bundle(tmp_path, "x", files={"runbook.md": manifest})) == "child"


def test_folders_that_are_no_bundles_or_not_there_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "note.txt").write_text("")
    assert bundles_by_slug([tmp_path, tmp_path / "absent"]) == {}


def test_sources_that_are_not_utf8_are_read_all_the_same(tmp_path: Path) -> None:
    parent = write_bundle(tmp_path, "parent")
    (parent / "templates" / "old.py").write_bytes(b"# caf\xe9\nCHILD = 'child'\n")
    assert "child" in mentioned_strings(parent)
