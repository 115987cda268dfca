"""Activities that run for real: in a thread, with real I/O, while virtual time stands still."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from ntro_testkit import load_runbook
from tests.bundles import run
from tests.conftest import BundleFactory

ONE = "@activity.defn(name='demo.one')\nasync def one(a: int = 0) -> Any: ...\n"
CALL = "return await do(one, 20)"

NETWORK = """
import asyncio

@activity.defn(name="demo.fetch")
async def fetch(text: str) -> str:
    async def serve(reader, writer):
        writer.write((await reader.readline()).upper())
        await writer.drain()
        writer.close()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(text.encode() + b"\\n")
        await asyncio.sleep(0.01)
        answer = await reader.read()
        writer.close()
    return answer.decode().strip() + await asyncio.to_thread(str.lower, "!")
"""


@pytest.mark.parametrize("real", [{"demo.fetch"}, ["demo.fetch"], {"demo.fetch": True}])
def test_a_real_asynchronous_activity_does_real_network_io(
    bundle: BundleFactory, real: Any
) -> None:
    result = run(bundle(activities=NETWORK, run="return await do(fetch, 'hello')"), real=real)
    assert (result.status, result.result) == ("completed", "HELLO!")
    assert result.virtual_duration_s == 0


def test_a_real_activity_may_be_another_function(bundle: BundleFactory) -> None:
    def slow(a: int) -> int:
        time.sleep(0.05)
        return a + threading.active_count() * 0

    assert run(bundle(activities=ONE, run=CALL), real={"demo.one": slow}).result == 20


def test_a_real_activity_longer_than_the_busy_limit_is_left_alone(bundle: BundleFactory) -> None:
    result = run(
        bundle(activities=ONE, run=CALL),
        real={"demo.one": lambda a: time.sleep(0.6) or a},
        busy_loop_s=0.2,
    )
    assert result.result == 20, result.error


def test_a_real_activity_that_raises_fails_the_activity(bundle: BundleFactory) -> None:
    source = "@activity.defn(name='demo.one')\nasync def one() -> int:\n    raise OSError('disk')\n"
    result = run(bundle(activities=source, run="return await do(one)"), real={"demo.one"})
    assert result.status == "failed"
    assert "disk" in (result.error or "")


def test_activity_info_is_there_in_a_real_activity(bundle: BundleFactory) -> None:
    source = (
        "@activity.defn(name='demo.one')\nasync def one() -> list[str]:\n"
        "    activity.logger.info('hello')\n"
        "    return [activity.info().activity_type, activity.info().workflow_id]\n"
    )
    result = run(bundle(activities=source, run="return await do(one)"), real={"demo.one"})
    assert result.result == ["demo.one", result.workflow_id]


def test_extra_activities_run_for_real_in_place_of_the_fake(bundle: BundleFactory) -> None:
    """D18: replacing an activity of the bundle by name."""
    from ntro.workflow import activity

    @activity.defn(name="demo.one")
    async def mine(a: int) -> int:
        return a * 2

    directory = bundle(activities=ONE, run=CALL)
    assert run(directory, extra_activities=[mine]).result == 40


def test_the_bundles_own_activities_given_as_extra_stay_faked(bundle: BundleFactory) -> None:
    """Scripts for `ntro.testing` hand `load_runbook`'s activities back; they were mocked there."""
    source = "@activity.defn(name='demo.one')\nasync def one() -> int:\n    raise OSError('real')\n"
    cls, activities = load_runbook(bundle(activities=source, run="return await do(one)"))
    assert run(cls, extra_activities=activities).status == "completed"
