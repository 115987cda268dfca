"""Runs the scenarios of a harness on a real server instead of in-process."""

from __future__ import annotations

from typing import Any, cast

from temporalio.client import Client
from temporalio.worker import WorkflowRunner

from ntro_testkit.harness import FAKED, WorkflowHarness
from ntro_testkit.replay.server.identity import IDENTITY
from ntro_testkit.replay.server.quiet_core import quiet_runtime
from ntro_testkit.replay.server.run import ServerEngine
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.sdk.instance import DATA_CONVERTER
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import RunResult


async def connect(address: str, namespace: str = "default") -> Client:
    """Return a client as runs need it; raises RuntimeError when nobody answers."""
    return await Client.connect(
        address,
        namespace=namespace,
        data_converter=DATA_CONVERTER,
        identity=IDENTITY,
        runtime=quiet_runtime(),
    )


async def run_on_server(
    client: Client,
    harness: WorkflowHarness,
    *,
    input: Any = FAKED,  # noqa: A002 - the name it has everywhere
    scenario: Scenario | None = None,
    timeout_s: float = 30.0,
    runner: WorkflowRunner | None = None,
) -> RunResult:
    """Run a harness's workflow through a scenario on a server.

    The result has the histories of the workflow and of its children, the first one's first. Of the
    trace, snapshots and source lines are missing; times are real, and none is virtual. Workflow ids
    are those of an in-process run. Raises what an in-process run raises, and `RPCError`.
    """
    run = harness.prepare(input=input, scenario=scenario, timeout_s=timeout_s)
    engine = ServerEngine(client, run.options, runner)
    ending = await engine.run(harness.workflow_cls, run.arguments, run.workflow_id)
    result = harness.result_of(run, cast(Engine, engine), ending)
    result.virtual_duration_s = 0.0
    return result
