"""Asynchronous tests, in both modes of pytest-asyncio, beside synchronous ones."""

from __future__ import annotations

import pytest

from tests.pytest_plugin.conftest import Project

ASYNC_TEST = """
async def test_awaits(workflow_harness, happy_run):
    async with workflow_harness() as harness:
        result = await harness.run(scenario=REJECT_ALL)
    assert result.result == "rejected"
    assert happy_run.status == "completed"
    await asyncio.sleep(0)
    assert asyncio.get_running_loop().is_running()
"""

SYNC_TEST = """
def test_does_not_await(workflow_harness):
    assert workflow_harness().run_sync().status == "completed"
"""

HEAD = """
import asyncio
import pytest
from ntro_testkit import REJECT_ALL

pytestmark = pytest.mark.runbook("runbooks/demo")
"""


@pytest.mark.parametrize("mode", ["strict", "auto"])
def test_tests_may_be_asynchronous_or_not(project: Project, mode: str) -> None:
    project.bundle()
    marker = "\n@pytest.mark.asyncio" if mode == "strict" else ""
    project.file("test_demo.py", HEAD + marker + ASYNC_TEST + SYNC_TEST)
    result = project.pytest(f"--asyncio-mode={mode}", "test_demo.py", "-W", "error")
    result.assert_outcomes(passed=2)


@pytest.mark.parametrize("mode", ["strict", "auto"])
def test_an_asynchronous_fixture_may_use_the_harness(project: Project, mode: str) -> None:
    project.bundle()
    source = """
import pytest_asyncio

@pytest_asyncio.fixture
async def result(workflow_harness):
    return await workflow_harness().run()

@pytest.mark.asyncio
async def test_it(result):
    assert result.status == "completed"
"""
    project.file("test_demo.py", HEAD + source)
    project.pytest(f"--asyncio-mode={mode}", "test_demo.py").assert_outcomes(passed=1)
