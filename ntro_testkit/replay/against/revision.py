"""A bundle as it was at a git revision, in a place of its own: the work tree stays as it is.

Files are written by git itself from an index that only this module knows, so they are what a
checkout of the revision would give (line endings, filters, links), and nobody's index changes.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

SET_BY_GIT_FOR_HOOKS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
"""They say which repository a hook was run for, whatever directory is asked about."""


class RevisionError(ValueError):
    """A revision or a bundle that git cannot give; the message says which and why."""


@contextlib.contextmanager
def at_revision(directories: Sequence[Path], revision: str) -> Iterator[list[Path | None]]:
    """Write directories as they were at a revision, and give where; removed afterwards.

    None stands for one that did not exist then. Raises `RevisionError` when a directory is in no
    git repository, when the revision is unknown, or when git is not there.
    """
    with tempfile.TemporaryDirectory(prefix="ntro-testkit-revision-") as scratch:
        yield [
            _written(directory.resolve(), revision, Path(scratch) / str(number))
            for number, directory in enumerate(directories)
        ]


def commit_of(directory: Path, revision: str) -> str:
    """Return the commit a revision stands for.

    Raises `RevisionError`.
    """
    if revision.startswith("-"):
        raise RevisionError(f"`{revision}` is no git revision")
    try:
        return _git(directory, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except RevisionError as error:
        top_level(directory)
        raise RevisionError(
            f"{directory}: no git revision `{revision}` (a branch, a tag or a commit; a shallow "
            f"clone has only the newest ones: `git fetch --unshallow`)"
        ) from error


def top_level(directory: Path) -> Path:
    """Return the root of the repository a directory is in.

    Raises `RevisionError` when it is in none.
    """
    try:
        return Path(_git(directory, "rev-parse", "--show-toplevel"))
    except RevisionError as error:
        raise RevisionError(f"{directory}: in no git repository ({error})") from error


def _written(directory: Path, revision: str, destination: Path) -> Path | None:
    commit = commit_of(directory, revision)
    root = top_level(directory)
    inside = directory.relative_to(root.resolve()).as_posix()
    if not _git(root, "ls-tree", "--name-only", commit, "--", inside):
        return None
    destination.mkdir()
    index = str(destination / "index")
    tree = commit if inside == "." else f"{commit}:{inside}"
    prefix = destination / directory.name
    _git(root, "read-tree", tree, index=index)
    _git(root, "checkout-index", "--all", f"--prefix={prefix}{os.sep}", index=index)
    return prefix


def _git(directory: Path, *arguments: str, index: str | None = None) -> str:
    """Run git and return what it prints.

    Raises `RevisionError` with git's own words when it fails.
    """
    environment = {
        name: value for name, value in os.environ.items() if name not in SET_BY_GIT_FOR_HOOKS
    }
    environment["LC_ALL"] = "C"
    if index is not None:
        environment["GIT_INDEX_FILE"] = index
    try:
        done = subprocess.run(
            ["git", "-C", str(directory), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
    except FileNotFoundError as error:
        raise RevisionError("git is not installed, and `--against` needs it") from error
    if done.returncode != 0:
        words = done.stderr.strip().splitlines()
        raise RevisionError(words[-1] if words else f"git {arguments[0]} failed")
    return done.stdout.strip()
