"""The hooks for pre-commit, run as it does: with the names of the staged files they ask for."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bundles import ROOT
from tests.command_line import CLEAN, DIRTY, bundle_with, workflow_of

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
}
BIN = Path(sys.executable).parent


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


def git(directory: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *arguments],
        cwd=directory,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def commit(repository: Path, hook: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Stage everything, and run a hook on what is staged."""
    git(repository, "add", "--all")
    staged = git(repository, "diff", "--staged", "--name-only", "--diff-filter=ACMRTUXB", "-z")
    names = [name for name in staged.split("\0") if name and re.search(hook["files"], name)]
    assert names, "the hook would not run"
    return subprocess.run(
        [*shlex.split(hook["entry"]), *hook.get("args", []), *names],
        cwd=repository,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def changed(repository: Path) -> list[str]:
    return git(repository, "diff", "--name-only").splitlines()


def test_there_are_two_hooks_and_both_run_in_one_process() -> None:
    assert set(HOOKS) == {"ntro-lint", "ntro-lint-fix"}
    for hook in HOOKS.values():
        assert (hook["language"], hook["require_serial"]) == ("python", True)
        assert hook.get("pass_filenames", True)


@pytest.mark.parametrize(
    "name, wanted",
    [
        ("runbooks/nav/templates/workflow.py", True),
        ("runbooks/nav/runbook.md", True),
        ("runbook.md", True),
        ("runbooks/nav/templates/requirements.txt", True),
        ("README.md", False),
        ("notes/my-runbook.md", False),
        ("workflow.pyc", False),
    ],
)
def test_the_hooks_ask_for_the_files_that_bundles_are_made_of(name: str, wanted: bool) -> None:
    for hook in HOOKS.values():
        assert bool(re.search(hook["files"], name)) is wanted


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_a_clean_bundle_can_be_committed(repository: Path, hook: dict[str, Any]) -> None:
    bundle_with(repository, CLEAN)
    done = commit(repository, hook)
    assert (done.returncode, done.stderr) == (0, "")
    assert changed(repository) == []
    assert git(repository, "ls-files", "--others", "--exclude-standard") == ""


def test_a_dirty_bundle_is_held_back(repository: Path) -> None:
    file = workflow_of(bundle_with(repository, DIRTY))
    done = commit(repository, HOOKS["ntro-lint"])
    assert done.returncode == 1
    assert "NTR101" in done.stdout
    assert file.read_text() == DIRTY


def test_the_fix_hook_changes_the_files_which_holds_the_commit_back(repository: Path) -> None:
    file = workflow_of(bundle_with(repository, DIRTY))
    done = commit(repository, HOOKS["ntro-lint-fix"])
    assert (done.returncode, done.stdout.startswith("clean")) == (0, True)
    assert changed(repository) == ["demo/templates/workflow.py"]
    assert file.read_text() == CLEAN
