"""Which findings are asked for, and how their paths are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_rules.discovery.discover import Discovery, discover
from tests.lint_rules.trees import PLAIN, WORKFLOW, Settings, write_tree


def seen_from(here: Path, *given: str) -> Discovery:
    return discover([Path(text) for text in given], Settings(here))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = dict.fromkeys(("here/a.py", "here/x/b.py", "other/c.py", "herein/d.py"), WORKFLOW)
    write_tree(tmp_path, files)
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def test_a_directory_concerns_what_is_in_it_and_a_file_itself(here: Path) -> None:
    discovery = seen_from(here, "x", "a.py")
    assert discovery.given == (here / "x", here / "a.py")
    assert discovery.concerns(here / "x/b.py")
    assert discovery.concerns(here / "x/deep/new.py")
    assert discovery.concerns(here / "a.py")
    assert not discovery.concerns(here / "xy.py")
    assert not discovery.concerns(here / "a.pyi")
    assert not discovery.concerns(here)


def test_paths_below_the_current_directory_are_shown_relative(here: Path) -> None:
    for given in (".", str(here), "x/..", "../here"):
        discovery = seen_from(here, given)
        assert discovery.display(here / "x/b.py") == "x/b.py"


def test_paths_outside_are_shown_as_they_were_given(here: Path) -> None:
    outside = here.parent / "other/c.py"
    assert seen_from(here, "../other").display(outside) == "../other/c.py"
    assert seen_from(here, str(outside.parent)).display(outside) == str(outside)
    beside = here.parent / "herein/d.py"
    assert seen_from(here, ".").display(beside) == str(beside)


def test_a_way_up_behind_a_link_leads_where_the_system_says(here: Path) -> None:
    write_tree(here.parent, {"far/away/deep.py": PLAIN, "far/near.py": WORKFLOW})
    (here / "link").symlink_to(here.parent / "far/away")
    discovery = seen_from(here, "link/../near.py")
    assert discovery.given == (here.parent / "far/near.py",)


def test_files_below_a_given_link_are_shown_below_it(here: Path) -> None:
    (here / "link").symlink_to(here.parent / "other")
    discovery = seen_from(here, "link")
    [project] = discovery.projects
    assert [discovery.display(path) for path in project.entries] == ["link/c.py"]
