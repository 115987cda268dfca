"""Tells a run that hides a failed commit from one that recovered from it, or reports it.

Recovering by another activity, by a compensation or by asking a person is legal, and so is looking
afterwards what was done, and any result that says that something is missing. What is certain is a
run that does, after the failure, nothing that it would not have done anyway, and says nothing that
it would not have said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ntro_testkit.checks.commits import is_commit, is_done, verifies
from ntro_testkit.checks.queries.query_shapes import BASE_QUERIES
from ntro_testkit.run_data import command_data, plain
from ntro_testkit.trace import Command, RunResult

END = "complete_workflow"
_SAID_BY_THE_SDK = frozenset(BASE_QUERIES) - {"step_snapshots"}
_SAYS_HOW_IT_ENDED = ("status", "state", "outcome")


def hides_failure(happy: RunResult, run: RunResult, activity: str, number: int = 1) -> bool:
    """Tell whether a run in which a commit failed passes for one in which it did not.

    `number` says which of the root workflow's calls of it failed first, from 1.
    """
    if run.status != "completed" or any(map(verifies, _later(run, activity, number))):
        return False
    before, after = happy.trace.commands, run.trace.commands
    if len(before) != len(after) or not all(map(_adds_nothing, before, after)):
        return False
    if not says_nothing_new(_shown(happy), _shown(run)):
        return False
    return (
        _result(happy) == _result(run)
        or _says_it_is_done(_result(run))
        or bool(later_commits(run, activity, number))
    )


def later_commits(run: RunResult, activity: str, number: int = 1) -> list[str]:
    """Return the other commits that the root workflow has asked for after that one had failed."""
    return [name for name in _later(run, activity, number) if name != activity and is_commit(name)]


def _later(run: RunResult, activity: str, number: int) -> list[str]:
    """Return the activities that were asked for in a later workflow task than that call."""
    own = [
        command
        for command in run.trace.commands
        if command.workflow_id == run.workflow_id and command.kind == "schedule_activity"
    ]
    failed = [command for command in own if command.name == activity][number - 1]
    return [command.name for command in own if command.task > failed.task]


def _adds_nothing(before: Command, after: Command) -> bool:
    return (before.workflow_id, before.kind, before.name) == (
        after.workflow_id,
        after.kind,
        after.name,
    ) and says_nothing_new(_carried(before), _carried(after))


def says_nothing_new(before: Any, after: Any) -> bool:
    """Tell whether a value says at most what another says: parts may be missing, none is other.

    An empty list, a zero and a False do say something: nothing was posted.
    """
    if after is None or after == "" or (type(before), before) == (type(after), after):
        return True
    if isinstance(before, dict) and isinstance(after, dict):
        return all(
            key in before and says_nothing_new(before[key], value) for key, value in after.items()
        )
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(says_nothing_new, before, after))
    return False


def _carried(command: Command) -> Any:
    return command_data(command)["attributes"]


def _shown(run: RunResult) -> Any:
    """Return what people were shown: at each gate, and at the end by what the bundle says itself.

    That a step was left unfinished is what the SDK says, of any exception.
    """
    gates = [[plain(gate.payload), gate.reason, plain(gate.display_hint)] for gate in run.gates]
    own = [snapshot for snapshot in run.snapshots if snapshot.workflow_id == run.workflow_id]
    answers = own[-1].answers() if own else {}
    said = {query: answer for query, answer in answers.items() if query not in _SAID_BY_THE_SDK}
    return [gates, said]


def _result(run: RunResult) -> Any:
    """Return the result of the root workflow as it travels."""
    return next(
        _carried(command)["result"]
        for command in reversed(run.trace.commands)
        if command.kind == END and command.workflow_id == run.workflow_id
    )


def _says_it_is_done(result: Any) -> bool:
    return isinstance(result, Mapping) and any(
        is_done(result.get(name)) for name in _SAYS_HOW_IT_ENDED
    )
