"""Writing: all or nothing, and the file stays the file it was."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from lint_rules.fixes import files
from lint_rules.fixes.files import ChangedMeanwhileError, write_atomically


def names(directory: Path) -> list[str]:
    return [file.name for file in directory.iterdir()]


def test_a_file_gets_its_new_content(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"old\r\n")
    write_atomically(file, b"old\r\n", b"new\r\n")
    assert file.read_bytes() == b"new\r\n"
    assert names(tmp_path) == ["a.py"]


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o664])
def test_the_mode_is_kept(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"old")
    file.chmod(mode)
    write_atomically(file, b"old", b"new")
    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "there" / "a.py"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "link.py"
    link.symlink_to(Path("there") / "a.py")
    write_atomically(link, b"old", b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names(target.parent) == ["a.py"]


def test_a_file_that_changed_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"newer")
    with pytest.raises(ChangedMeanwhileError, match="was changed meanwhile"):
        write_atomically(file, b"old", b"new")
    assert file.read_bytes() == b"newer"
    assert names(tmp_path) == ["a.py"]


def test_a_file_that_changes_while_it_is_written_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"old")
    monkeypatch.setattr(files.os, "fsync", lambda _: file.write_bytes(b"newer"))
    with pytest.raises(ChangedMeanwhileError):
        write_atomically(file, b"old", b"new")
    assert file.read_bytes() == b"newer"
    assert names(tmp_path) == ["a.py"]


def test_a_file_that_is_gone_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ChangedMeanwhileError, match="is gone"):
        write_atomically(tmp_path / "a.py", b"old", b"new")
    assert names(tmp_path) == []


def test_what_is_no_file_is_left(tmp_path: Path) -> None:
    fifo = tmp_path / "a.py"
    os.mkfifo(fifo)
    with pytest.raises(ChangedMeanwhileError):
        write_atomically(fifo, b"", b"new")
    assert stat.S_ISFIFO(fifo.stat().st_mode)


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_nothing_is_left_behind_by_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(error):
        write_atomically(file, b"old", b"new")
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.py"]
