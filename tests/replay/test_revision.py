"""A bundle as it was at a git revision, without touching the work tree."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ntro_testkit.replay.against.revision import RevisionError, at_revision

GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]


def git(directory: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*GIT, *arguments], cwd=directory, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    bundle = root / "runbooks" / "cash"
    bundle.mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    (bundle / "runbook.md").write_text("old\n")
    (bundle / "gone.md").write_text("gone later\n")
    (bundle / "link.md").symlink_to("runbook.md")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "old")
    git(root, "tag", "v1")
    (bundle / "runbook.md").write_text("new\n")
    (bundle / "gone.md").unlink()
    (root / "runbooks" / "young").mkdir()
    (root / "runbooks" / "young" / "runbook.md").write_text("young\n")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "new")
    (bundle / "runbook.md").write_text("being edited\n")
    (bundle / "staged.md").write_text("staged\n")
    git(root, "add", "runbooks/cash/staged.md")
    return root


def state(root: Path) -> tuple[str, bytes, str]:
    index = (root / ".git" / "index").read_bytes()
    return git(root, "status", "--porcelain"), index, git(root, "stash", "list")


def test_gives_the_files_of_the_revision_and_no_others(repository: Path) -> None:
    with at_revision([repository / "runbooks/cash"], "v1") as (cash,):
        assert cash is not None
        assert cash.name == "cash"
        assert sorted(file.name for file in cash.iterdir()) == ["gone.md", "link.md", "runbook.md"]
        assert (cash / "runbook.md").read_text() == "old\n"
        assert (cash / "link.md").is_symlink()


def test_leaves_work_tree_and_index_as_they_are(repository: Path) -> None:
    before = state(repository)
    with at_revision([repository / "runbooks/cash"], "v1"):
        pass
    assert state(repository) == before
    assert (repository / "runbooks/cash/runbook.md").read_text() == "being edited\n"


def test_removes_what_it_wrote(repository: Path) -> None:
    with at_revision([repository / "runbooks/cash"], "v1") as (cash,):
        assert cash is not None
    assert not cash.exists()


def test_a_bundle_younger_than_the_revision_is_none(repository: Path) -> None:
    directories = [repository / "runbooks/cash", repository / "runbooks/young"]
    with at_revision(directories, "v1") as (cash, young):
        assert cash is not None
        assert young is None


def test_the_repository_itself_may_be_the_bundle(repository: Path) -> None:
    with at_revision([repository], "v1") as (whole,):
        assert whole is not None
        assert (whole / "runbooks/cash/runbook.md").read_text() == "old\n"


@pytest.mark.parametrize("revision", ["v2", "--all", "v1:runbooks", ""])
def test_an_unknown_revision_is_named(repository: Path, revision: str) -> None:
    with (
        pytest.raises(RevisionError, match="no git revision"),
        at_revision([repository / "runbooks/cash"], revision),
    ):
        pass


def test_a_directory_outside_git_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(RevisionError, match=f"{tmp_path.name}.*in no git repository"),
        at_revision([tmp_path], "main"),
    ):
        pass


def test_git_that_is_not_installed_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(repository / "nothing"))
    with (
        pytest.raises(RevisionError, match="git is not installed"),
        at_revision([repository / "runbooks/cash"], "v1"),
    ):
        pass


def test_variables_of_a_hook_that_git_runs_do_not_mislead(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    git(elsewhere, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(elsewhere / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(elsewhere / ".git" / "index"))
    with at_revision([repository / "runbooks/cash"], "v1") as (cash,):
        assert cash is not None
        assert (cash / "runbook.md").read_text() == "old\n"
