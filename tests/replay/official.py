"""Replays histories with temporalio's own Replayer, in a process of its own.

Its Rust core logs to stdout and may abort the process while it exits, so the verdicts are what was
written to a file before that. As a program it takes that file's name and the one of the cases.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ntro_testkit.history.history import History
from tests.bundles import python


@dataclass(frozen=True)
class Case:
    """Histories by name, and the code to replay them with.

    `code` are modules of workflow classes, or directories of bundles; `stand_ins` are the slugs
    that were played without any code.
    """

    code: Sequence[str]
    histories: Mapping[str, Mapping[str, Any]]
    stand_ins: Sequence[str] = ()


def exported(history: History) -> dict[str, Any]:
    """Return a history with its workflow id, as JSON can carry it."""
    return {"workflow_id": history.workflow_id, "events": list(history.events)}


def official_verdicts(cases: Sequence[Case], folder: Path) -> dict[str, str | None]:
    """Return the Replayer's failure of each history, None for those it accepts."""
    given, found = folder / "cases.json", folder / "verdicts.json"
    given.write_text(json.dumps([asdict(case) for case in cases]))
    done = python("-m", "tests.replay.official", str(given), str(found))
    assert found.exists(), done.stderr
    verdicts: dict[str, str | None] = json.loads(found.read_text())
    assert set(verdicts) == {name for case in cases for name in case.histories}
    return verdicts


async def _replayed(case: Case, verdicts: dict[str, str | None]) -> None:
    from temporalio.client import WorkflowHistory
    from temporalio.contrib.pydantic import pydantic_data_converter
    from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

    replayer = Replayer(
        workflows=_workflow_classes(case),
        workflow_runner=UnsandboxedWorkflowRunner(),
        data_converter=pydantic_data_converter,
    )
    for name, one in case.histories.items():
        history = WorkflowHistory.from_json(one["workflow_id"], {"events": one["events"]})
        result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
        failure = result.replay_failure
        verdicts[name] = None if failure is None else f"{type(failure).__name__}: {failure}"


def _workflow_classes(case: Case) -> list[type]:
    from ntro.workflow.registry import register_workflow

    from ntro_testkit.loading import load_bundle
    from ntro_testkit.runtime.definitions import is_workflow_class, workflow_definition

    classes: list[type] = []
    for code in case.code:
        if Path(code).is_dir():
            classes.append(load_bundle(code).workflow_class)
        else:
            classes += filter(is_workflow_class, vars(importlib.import_module(code)).values())
    for workflow_class in classes:
        register_workflow(workflow_definition(workflow_class).slug, workflow_class)
    for slug in case.stand_ins:
        register_workflow(slug, _placeholder(slug))
    return classes


def _placeholder(slug: str) -> type:
    """Return a class with the name that a slug stands for; a replay only asks for that."""
    from temporalio import workflow

    from lint_rules.manifest.slugs import class_name

    async def run(self: Any, data: Any) -> Any: ...

    run.__qualname__ = f"{class_name(slug)}.run"
    made = type(class_name(slug), (), {"run": workflow.run(run), "__module__": __name__})
    return workflow.defn(made)


def main(given: str, found: str) -> None:
    """Replay the cases of one file, write the verdicts into another."""
    verdicts: dict[str, str | None] = {}
    for case in json.loads(Path(given).read_text()):
        asyncio.run(_replayed(Case(**case), verdicts))
    Path(found).write_text(json.dumps(verdicts))
    os._exit(0)


if __name__ == "__main__":
    import ntro_testkit.harness  # noqa: F401 - forces the runtime before any bundle

    main(*sys.argv[1:])
