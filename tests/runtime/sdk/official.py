"""Replays histories with temporalio's Replayer, as a program: its core may abort at exit.

Reads cases from the first file named, writes what was wrong with each into the second.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any


async def verdicts(cases: list[dict[str, Any]]) -> dict[str, str | None]:
    """Return the Replayer's failure of each history by name, None for those it accepts."""
    from ntro.workflow.registry import register_workflow
    from temporalio.client import WorkflowHistory
    from temporalio.contrib.pydantic import pydantic_data_converter
    from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

    from ntro_testkit.loading import load_bundle
    from ntro_testkit.runtime.definitions import workflow_definition

    found: dict[str, str | None] = {}
    for case in cases:
        classes = [load_bundle(bundle).workflow_class for bundle in case["bundles"]]
        for workflow_class in classes:
            register_workflow(workflow_definition(workflow_class).slug, workflow_class)
        replayer = Replayer(
            workflows=classes,
            workflow_runner=UnsandboxedWorkflowRunner(),
            data_converter=pydantic_data_converter,
        )
        for number, (workflow_id, events) in enumerate(case["histories"]):
            history = WorkflowHistory.from_json(workflow_id, {"events": events})
            result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
            failure = result.replay_failure
            found[f"{case['name']}[{number}]"] = str(failure) if failure else None
    return found


if __name__ == "__main__":
    import ntro_testkit.harness  # noqa: F401 - forces the runtime before any bundle

    given, written = map(Path, sys.argv[1:])
    written.write_text(json.dumps(asyncio.run(verdicts(json.loads(given.read_text())))))
    os._exit(0)
