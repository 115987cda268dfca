"""Bundles in git repositories whose runs in flight are checked, and what is said of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.bundles import write_bundle
from tests.command_line import Done
from tests.replay.test_revision import git

Check = Callable[..., Done]
"""Checks a bundle against `v1`, or another `revision`, with more arguments."""

ACTIVITIES = """
@activity.defn(name="demo.count")
async def count() -> {count}: ...
@activity.defn(name="demo.store")
async def store() -> None: ...
"""
COUNT = """
counted = await runbook.execute_activity(count, start_to_close_timeout=MINUTE)
await runbook.execute_activity(store, start_to_close_timeout=MINUTE)
return None
"""

EXTRA = "await runbook.execute_activity(extra, start_to_close_timeout=MINUTE)\n"


def demo(root: Path, **parts: str) -> Path:
    given = {"activities": ACTIVITIES.format(count="str"), "run": COUNT, **parts}
    top = "from .activities import count, store\n"
    return write_bundle(root, top=given.pop("top", top), **given)  # type: ignore[arg-type]


def repository_with(directory: Path, *bundles: Path) -> Path:
    """Commit copies of bundles as `v1` and return the repository."""
    directory.mkdir()
    for bundle in bundles:
        shutil.copytree(
            bundle, directory / bundle.name, ignore=shutil.ignore_patterns("__pycache__")
        )
    git(directory, "init", "--quiet", "--initial-branch=main")
    git(directory, "add", ".")
    git(directory, "commit", "--quiet", "-m", "first")
    git(directory, "tag", "v1")
    return directory


def states(done: Done) -> dict[int, list[str]]:
    """Return the codes by state of the one scenario of a JSON report."""
    [scenario] = json.loads(done.out)["scenarios"]
    return {each["number"]: each["codes"] for each in scenario["states"]}


def assert_refused_scenario(done: Done, revision: str, status: str) -> None:
    assert done.code == 2
    [line] = done.err.splitlines()
    assert line.startswith(f"error: at `{revision}`: scenario `happy` has no run to hand over")
    assert f"it ends {status}" in line
    assert (
        done.out == "0 scenarios, 0 states of runs in flight: none broken; 1 scenario not checked\n"
    )
