"""The official check: the verdicts of temporalio's Replayer in the form of the strict ones.

It sees the order of commands and what fails a workflow task, not moved work nor contents.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from ntro_testkit.history.history import History
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.loading import LoadedBundle
from ntro_testkit.replay.official.replayer import OfficialError, OfficialReplayer
from ntro_testkit.replay.official.verdicts import OfficialVerdict
from ntro_testkit.replay.sources import code_of
from ntro_testkit.replay.strict import advice
from ntro_testkit.replay.strict.workflow_tasks import WorkflowTask, workflow_tasks
from ntro_testkit.replay.verdict import Check, Difference, ReplayVerdict

_CODES = {"nondeterminism": "NTR801", "task-failure": "NTR802", "deadlock": "NTR802"}


@contextlib.contextmanager
def official_check(bundles: Sequence[LoadedBundle]) -> Iterator[Check]:
    """Give the check of histories by temporalio's Replayer, in a process that ends with the block.

    Raises `BundleError` when its process cannot load a bundle.
    """
    code = code_of([each.workflow_class for each in bundles])
    directories = [each.bundle.directory for each in bundles]
    with contextlib.ExitStack() as running:
        replayer = running.enter_context(OfficialReplayer(directories))

        def check(history: History) -> ReplayVerdict:
            nonlocal replayer
            code.class_of(history)
            tasks = workflow_tasks(history)
            try:
                verdict = replayer.judge(history)
            except OfficialError as error:
                running.close()
                replayer = running.enter_context(OfficialReplayer(directories))
                raise HistoryError(str(error)) from error
            if verdict.kind == "error":
                raise HistoryError(f"{history.source}: {verdict.message}")
            return ReplayVerdict(
                source=history.source,
                workflow_id=history.workflow_id,
                run_id=history.run_id,
                workflow_type=history.workflow_type,
                tasks=len(tasks),
                commands=sum(len(task.recorded) for task in tasks),
                differences=() if verdict.accepted else (_difference(verdict, tasks),),
            )

        yield check


def _difference(verdict: OfficialVerdict, tasks: Sequence[WorkflowTask]) -> Difference:
    assert verdict.kind is not None, "it was not accepted"
    code = _CODES[verdict.kind]
    failed = code == "NTR802"
    return Difference(
        code=code,
        message=verdict.message,
        task=_task_of(verdict.event_id, tasks),
        event_id=verdict.event_id,
        step=None,
        line=verdict.line,
        had="no failure" if failed else "other commands",
        now=verdict.message,
        advice=advice.for_task_failure() if failed else advice.for_breaking(None),
    )


def _task_of(event_id: int | None, tasks: Sequence[WorkflowTask]) -> int:
    """Return the task whose commands an event is among; the last one where none is known."""
    if event_id is None:
        return len(tasks)
    before = [task.number for task in tasks if task.started_event_id < event_id]
    return before[-1] if before else 1
