"""Reading: each directory once, kept files once, and never what would make a reader wait."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

import pytest

from lint_rules.files.sources import Sources
from tests.lint_rules.trees import write_tree


def test_a_file_that_was_read_is_not_read_again(tmp_path: Path) -> None:
    path = write_tree(tmp_path, {"a.py": "old"}) / "a.py"
    sources = Sources()
    assert sources.read(path) == b"old"
    path.write_text("new")
    assert sources.read(path) == b"old"
    assert sources.peek(path) == b"old"


def test_a_file_that_was_only_looked_at_is_not_kept(tmp_path: Path) -> None:
    path = write_tree(tmp_path, {"a.py": "old"}) / "a.py"
    sources = Sources()
    assert sources.peek(path) == b"old"
    path.write_text("new")
    assert sources.peek(path) == b"new"
    sources.keep(path, b"kept")
    assert sources.read(path) == b"kept"


@pytest.mark.parametrize("size", [0, 1, 70_000])
def test_files_of_all_sizes_are_read_whole(tmp_path: Path, size: int) -> None:
    (tmp_path / "a.py").write_bytes(b"x" * size)
    assert Sources().read(tmp_path / "a.py") == b"x" * size


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Sources().read(tmp_path / "a.py")


def test_what_is_no_regular_file_is_an_error_and_nobody_waits(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "null.py").symlink_to(os.devnull)
    for name in ("pipe.py", "null.py"):
        with pytest.raises(OSError, match="no regular file"):
            Sources().read(tmp_path / name)
    with pytest.raises(OSError, match="is a directory"):
        Sources().read(tmp_path / "folder.py")


def test_a_directory_is_listed_once_by_kind(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "", "package/__init__.py": ""})
    (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    (tmp_path / "folder").symlink_to(tmp_path / "package")
    (tmp_path / "nowhere.py").symlink_to(tmp_path / "missing")
    (tmp_path / "circle.py").symlink_to(tmp_path / "circle.py")
    os.mkfifo(tmp_path / "pipe.py")
    sources = Sources()
    listing = sources.listing(tmp_path)
    assert listing.files == {"a.py", "link.py"}
    assert listing.directories == {"package", "folder"}
    assert listing.links == {"folder"}
    (tmp_path / "late.py").touch()
    assert sources.names(tmp_path) == {"a.py", "link.py", "package", "folder"}


def test_a_directory_that_cannot_be_listed_is_empty_or_an_error(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": ""})
    sources = Sources()
    for name in ("missing", "a.py", "n" * 300):
        assert sources.names(tmp_path / name) == frozenset()
        with pytest.raises(OSError, match=name[:7]):
            sources.listing(tmp_path / name)


def test_an_overlay_stands_for_files_that_exist_and_for_new_ones(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "disk", "b.py": "disk"})
    overlay = {tmp_path / "a.py": b"editor", tmp_path / "new" / "deep" / "c.py": b"editor"}
    sources = Sources(overlay)
    assert [sources.read(tmp_path / name) for name in ("a.py", "b.py")] == [b"editor", b"disk"]
    assert sources.peek(tmp_path / "new/deep/c.py") == b"editor"
    assert sources.names(tmp_path) == {"a.py", "b.py", "new"}
    assert sources.names(tmp_path / "new") == {"deep"}
    assert sources.names(tmp_path / "new/deep") == {"c.py"}
    assert sources.has_file(str(tmp_path / "new/deep"), "c.py")
    assert sources.has_directory(str(tmp_path / "new"), "deep")


def test_files_and_directories_are_told_apart_before_and_after_listing(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "", "package/__init__.py": ""})
    sources, here = Sources(), str(tmp_path)
    for _ in ("not yet listed", "listed"):
        assert sources.has_file(here, "a.py")
        assert not sources.has_file(here, "package")
        assert sources.has_directory(here, "package")
        assert not sources.has_directory(here, "a.py")
        sources.listing(here)


def test_an_error_that_is_raised_again_holds_on_to_nobody_who_saw_it(tmp_path: Path) -> None:
    sources = Sources()
    lengths = []
    for _ in range(3):
        with pytest.raises(FileNotFoundError) as caught:
            sources.listing(tmp_path / "missing")
        lengths.append(len(traceback.extract_tb(caught.value.__traceback__)))
    assert lengths == [lengths[0]] * 3
    assert sources.contents(tmp_path / "missing").files == frozenset()
