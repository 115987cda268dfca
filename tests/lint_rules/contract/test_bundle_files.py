"""Files of a bundle are read as text where they are one, and everything asked for is noted."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.contract.bundle_files import BundleFiles
from lint_rules.files.sources import Sources
from tests.lint_rules.linted import write


def opened(root: Path, files: dict[str, str | bytes]) -> BundleFiles:
    return BundleFiles(str(write(root, files)), Sources())


@pytest.mark.parametrize(
    ("data", "text", "mark"),
    [
        (b"a\r\nb", "a\r\nb", False),
        ("\ufeffa".encode(), "a", True),
        (b"\xff\xfe", None, False),
        (b"", "", False),
    ],
)
def test_a_file_is_text_without_its_mark_or_none_when_it_is_no_utf_8(
    tmp_path: Path, data: bytes, text: str | None, mark: bool
) -> None:
    found = opened(tmp_path, {"runbook.md": data}).text("runbook.md")
    assert (found.text, found.has_mark) == (text, mark)


def test_a_missing_file_has_no_text_and_is_noted_as_looked_for(tmp_path: Path) -> None:
    files = opened(tmp_path, {"x": ""})
    found = files.text("templates/requirements.txt")
    assert found.text is None
    assert Path(found.path) == tmp_path / "templates/requirements.txt"
    assert files.looked_at == {found.path: None}
    assert not files.exists("templates/requirements.txt")


def test_directories_are_listed_without_what_tools_leave_behind(tmp_path: Path) -> None:
    files = opened(tmp_path, {"templates/a.py": "", "templates/__pycache__/a.pyc": ""})
    found = files.listing("templates")
    assert (found.files, found.directories) == ({"a.py"}, frozenset())
    assert list(files.listed) == [str(tmp_path / "templates")]


def test_a_listing_is_noted_so_that_new_names_show_and_caches_of_python_do_not(
    tmp_path: Path,
) -> None:
    def noted() -> dict[str, str]:
        files = BundleFiles(str(tmp_path), Sources())
        files.listing()
        return files.listed

    write(tmp_path, {"a.py": ""})
    before = noted()
    write(tmp_path, {"__pycache__/a.pyc": ""})
    assert noted() == before
    write(tmp_path, {"b.py": ""})
    assert noted() != before
