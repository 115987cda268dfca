"""The process of temporalio's Replayer: `python -m ntro_testkit.replay.official.process`.

JSON lines come in on stdin: first what to replay against, which may change later, then one history
each; to each an answer goes out on the stdout there was at the start. Everything else anybody
prints goes to stderr.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from google.protobuf.json_format import ParseError
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from lint_rules.manifest.slugs import class_name
from ntro_testkit.harness import RUNTIME
from ntro_testkit.import_errors import BundleError
from ntro_testkit.loading import LoadedBundle, load_bundle
from ntro_testkit.replay.official.verdicts import Judgement, judgement_of
from ntro_testkit.replay.server.quiet_core import quiet_runtime
from ntro_testkit.replay.server.worker import WorkerHooks, workflow_types
from ntro_testkit.runtime.sdk.instance import DATA_CONVERTER, sandboxed_runner

Answer = dict[str, Any]


class ReplayProcess:
    """Replays histories against bundles, one after the other."""

    def __init__(self, bundles: Iterable[LoadedBundle], *, sandboxed: bool) -> None:
        bundles = list(bundles)
        self._roots = tuple(str(each.bundle.directory / "templates") for each in bundles)
        self._by_slug = {each.slug: each.workflow_class for each in bundles}
        self._types = workflow_types(self._by_slug.values())
        self._child_types: frozenset[str] = frozenset()
        self._replayer = Replayer(
            workflows=list(self._types.values()),
            workflow_runner=sandboxed_runner() if sandboxed else UnsandboxedWorkflowRunner(),
            data_converter=DATA_CONVERTER,
            interceptors=[WorkerHooks(self._resolve)],
            runtime=quiet_runtime(),
        )

    async def judge(self, request: Mapping[str, Any]) -> Judgement | None:
        """Replay one history; None when it is accepted."""
        try:
            history = _history(request)
            started = history.events[0].workflow_execution_started_event_attributes
        except (OSError, ValueError, IndexError, KeyError, ParseError) as error:
            return Judgement("error", f"this is no history: {error}")
        if started.workflow_type.name not in self._types:
            known = ", ".join(sorted(self._types))
            return Judgement(
                "error",
                f"a history of `{started.workflow_type.name}`, but the bundle has {known}",
            )
        self._child_types = frozenset(_child_types(history))
        result = await self._replayer.replay_workflow(history, raise_on_replay_failure=False)
        failure = result.replay_failure
        if failure is None:
            return None
        return judgement_of(
            str(failure),
            self._roots,
            nondeterministic=isinstance(failure, NondeterminismError),
        )

    def _resolve(self, slug: str) -> Any:
        """Return a child's class; where its bundle was not given, the name the history has."""
        if slug in self._by_slug:
            return self._by_slug[slug]
        return slug if slug in self._child_types else class_name(slug)


def _history(request: Mapping[str, Any]) -> WorkflowHistory:
    if "path" in request:
        text = Path(request["path"]).read_text(encoding="utf-8")
        return WorkflowHistory.from_json(request["workflow_id"], text)
    return WorkflowHistory.from_json(request["workflow_id"], {"events": request["events"]})


def _child_types(history: WorkflowHistory) -> Iterable[str]:
    for event in history.events:
        if event.HasField("start_child_workflow_execution_initiated_event_attributes"):
            started = event.start_child_workflow_execution_initiated_event_attributes
            yield started.workflow_type.name


async def _requests() -> AsyncIterator[Any]:
    """Yield what comes in; read in a thread, so that the Replayer's loop goes on."""
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        yield json.loads(line)


async def _serve(answers: TextIO) -> None:
    def answer(data: Answer) -> None:
        answers.write(json.dumps(data) + "\n")
        answers.flush()

    process: ReplayProcess | None = None
    async for request in _requests():
        if "bundles" in request:
            try:
                bundles = [load_bundle(each) for each in request["bundles"]]
                process = ReplayProcess(bundles, sandboxed=request["sandboxed"])
            except BundleError as error:
                answer({"unusable": str(error)})
                return
            answer({"ready": RUNTIME.name})
        else:
            assert process is not None, "bundles come before histories"
            found = await process.judge(request)
            answer({"judgement": asdict(found) if found else None})
    # Neither threads that never yield nor the end of temporalio's core are waited for.
    os._exit(0)


def main() -> None:
    """Serve until stdin ends, or until nobody reads the answers any more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.disable()
    with suppress(BrokenPipeError):
        asyncio.run(_serve(answers))
    os._exit(0)


if __name__ == "__main__":
    main()
