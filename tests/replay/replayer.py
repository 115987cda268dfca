"""What Temporal's own Replayer says, asked in a process of its own.

Its runtime is never started in the process of the tests, where it may abort at the exit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bundles import script

_ASK = """\
import asyncio, json, os, sys
import ntro_testkit
from ntro_testkit.loading import load_bundle
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

quiet = LoggingConfig(filter=TelemetryFilter(core_level="OFF", other_level="OFF"))
Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=quiet)))

def classes(question):
    if question["bundle"] is not None:
        return [load_bundle(question["bundle"]).workflow_class]
    sys.path.insert(0, question["module"])
    import plain_workflows
    return plain_workflows.WORKFLOWS

async def verdicts(question):
    replayer = Replayer(
        workflows=classes(question),
        workflow_runner=UnsandboxedWorkflowRunner(),
        data_converter=pydantic_data_converter,
    )
    answers = []
    for name, events in question["histories"]:
        history = WorkflowHistory.from_json(name, json.dumps({"events": events}))
        result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
        failure = result.replay_failure
        answers.append(None if failure is None else str(failure))
    return answers

async def main():
    return [await verdicts(question) for question in json.load(open(sys.argv[1]))]

answers = asyncio.run(main())
with open(sys.argv[1] + ".answers", "w") as file:
    json.dump(answers, file)
os._exit(0)
"""


def question(
    histories: Sequence[tuple[str, Sequence[Any]]],
    *,
    bundle: Path | None = None,
    module: Path | None = None,
) -> Mapping[str, Any]:
    """Return what is asked about histories (name, events): a bundle's class, or plain ones."""
    return {
        "bundle": None if bundle is None else str(bundle),
        "module": None if module is None else str(module),
        "histories": histories,
    }


def official_verdicts(
    tmp_path: Path, questions: Sequence[Mapping[str, Any]]
) -> list[list[str | None]]:
    """Return for each history of each question what the Replayer raises, None for nothing."""
    file = tmp_path / "questions.json"
    file.write_text(json.dumps(questions), "utf-8")
    code = f"import sys; sys.argv[1:] = [{str(file)!r}]\n{_ASK}"
    done = script(code)
    answers = Path(f"{file}.answers")
    assert answers.exists(), done.stderr[-2000:]
    found: list[list[str | None]] = json.loads(answers.read_text("utf-8"))
    return found
