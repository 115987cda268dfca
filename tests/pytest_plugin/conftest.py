"""A folder of runbooks and tests, and pytest run on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

# Inner runs in this process share these modules; those with a native part load only once, and
# others know each other's classes.
import yaml  # noqa: F401

import lint_rules.rules.registry  # noqa: F401
import ntro_testkit.bundle_check
import ntro_testkit.explore.exploring
import ntro_testkit.harness  # noqa: F401
from ntro_testkit.loading import PACKAGE_PREFIX
from tests.bundles import ANSWERS_AT_REVIEWS, write_bundle

REVIEW: dict[str, Any] = {
    "members": ANSWERS_AT_REVIEWS
    + dedent("""
    @runbook.step(name="read", title="Read rows")
    async def _read(self):
        return await do(read_rows, "2026-03")

    @runbook.step(name="check", title="Check rows")
    async def _check(self):
        return await self.wait_for_action(payload={"rows": 2}, reason="Look at the rows")

    @runbook.step(name="store", title="Store rows")
    async def _store(self):
        return await do(store_rows)
    """),
    "run": """
    await self._read()
    answer = await self._check()
    if {"reject", "rejected"} & {answer.get(key) for key in ("kind", "type", "action")}:
        return "rejected"
    return await self._store()
    """,
    "activities": """
    @activity.defn
    async def read_rows(period: str) -> list[str]: ...

    @activity.defn
    async def store_rows() -> str: ...
    """,
}
"""Reads, asks, and stores what was approved; completes in both built-in scenarios."""

ASKS_A_CHILD: dict[str, Any] = {
    "run": """
    return await self.run_child_workflow(slug="counter", input={"n": 1})
    """,
}
COUNTER: dict[str, Any] = {"takes": "ctx: dict[str, Any]", "run": "return ctx"}

WRONG: dict[str, Any] = {
    "run": """
    await do(read_rows, "2026-03")
    raise KeyError("total")
    """,
    "activities": REVIEW["activities"],
}
"""Ends as `task-failed`."""


QUIET = (
    *("-p", "no:cacheprovider"),
    *("-p", "no:hypothesispytest"),  # it imports all of hypothesis at the end of a run
    *("-o", "asyncio_default_fixture_loop_scope=function"),
)


class Project:
    """A rootdir with a folder `runbooks` of bundles, and tests beside it."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.path = pytester.path

    def bundle(self, slug: str = "demo", folder: str = "runbooks", **parts: Any) -> Path:
        """Write a bundle; see `tests.bundles.write_bundle`."""
        return write_bundle(self.path / folder, slug, **(parts or REVIEW))

    def file(self, name: str, source: str = "") -> Path:
        """Write any file of the project."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(source), encoding="utf-8")
        return file

    def pytest(self, *arguments: str) -> pytest.RunResult:
        """Run pytest on the project, in this process."""
        return self.pytester.runpytest_inprocess(*QUIET, *arguments)

    def pytest_apart(self, *arguments: str) -> pytest.RunResult:
        """Run `pytest` on the project, in a process of its own."""
        return self.python("-P", "-m", "pytest", *QUIET, *arguments)

    def python_m_pytest(self, *arguments: str) -> pytest.RunResult:
        """Run `python -m pytest` on the project, with the current directory on the path."""
        return self.python("-m", "pytest", *QUIET, *arguments)

    def python(self, *arguments: str) -> pytest.RunResult:
        """Run Python here; `pytester.run` would put the current directory on the path."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        print(done.stdout, done.stderr)
        return pytest.RunResult(
            done.returncode, done.stdout.splitlines(), done.stderr.splitlines(), 0.0
        )


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    for name in ("PYTEST_ADDOPTS", "TEMPORAL_HOST", "PYTHONPATH", "CI"):
        monkeypatch.delenv(name, raising=False)
    if not entry_points(group="pytest11", name="ntro_testkit"):
        pytest.fail("the plugin is not installed: pip install -e '.[dev]'", pytrace=False)
    yield Project(pytester)
    _forget_bundles()


def _forget_bundles() -> None:
    for name in [name for name in sys.modules if name.startswith(PACKAGE_PREFIX)]:
        del sys.modules[name]
