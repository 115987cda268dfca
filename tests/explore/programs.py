"""A bundle that does what its input says, with a child that does the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ntro_testkit import WorkflowHarness
from ntro_testkit.checks.experiment import Experiment
from tests.bundles import write_bundle

INTERPRETER = """
async def perform(self, node):
    kind, *rest = node
    if kind == "call":
        self.log.append(await do(echo, rest[0]))
    elif kind == "look":
        self.log.append(str(runbook.now()))
    elif kind == "sleep":
        await asyncio.sleep(rest[0])
        self.log.append("slept")
    elif kind == "child":
        step, program = rest
        answer = await self.run_child_workflow(slug="inner", input=program, step_id=step)
        self.log.append(answer)
    elif kind == "wait":
        await runbook.wait_condition(lambda: len(self.log) >= rest[0], timeout=MINUTE)
    elif kind == "seq":
        for part in rest:
            await self.perform(part)
    elif kind == "par":
        await asyncio.gather(*(self.perform(part) for part in rest))

@runbook.signal
def poke(self, word: str) -> None:
    self.log.append(word)
"""

ECHO = """
@activity.defn
async def echo(word: str) -> str: ...
"""

RUN = """
self.log = []
await self.perform(ctx)
return self.log
"""


def interpreter(root: Path) -> WorkflowHarness:
    """Write the bundle and its child, and load both; activities answer what they are asked."""
    parts: dict[str, Any] = {
        "takes": "ctx: list[Any]",
        "members": INTERPRETER,
        "run": RUN,
        "activities": ECHO,
    }
    inner = write_bundle(root, "inner", **parts)
    outer = write_bundle(root, "outer", **parts)
    return WorkflowHarness(
        outer, child_workflows=[inner], mocks={"echo": lambda word: word}, snapshots=False
    )


def performing(harness: WorkflowHarness, program: Any) -> Experiment:
    """Return an experiment whose runs perform a program."""
    return Experiment(harness, [], {"input": program})
