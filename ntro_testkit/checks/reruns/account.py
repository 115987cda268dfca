"""What workflow code did in a run, as text that compares with other runs, also of other processes.

Payloads count as they are sent, with the order of keys and of what was a set (NTR111).
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ntro_testkit.run_data import decoded, plain
from ntro_testkit.trace import ActivityCall, ChildRun, Command, RunResult, SourceLine, run_tree

END = "end"
"""The kind of the last deed, which says how the run ended."""

_ACTIVITIES = frozenset({"schedule_activity", "schedule_local_activity"})
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")


@dataclass(frozen=True, slots=True)
class Deed:
    """One command, or the end of the run.

    `carried` is JSON text: what the command sends, or the error of the run. `step` and `line` say
    where it comes from and are not compared.
    """

    workflow_id: str
    task: int
    kind: str
    name: str
    carried: str
    step: str | None = None
    line: SourceLine | None = None

    @property
    def key(self) -> tuple[str, int, str, str, str]:
        """What is compared."""
        return (self.workflow_id, self.task, self.kind, self.name, self.carried)

    def __str__(self) -> str:
        if self.kind == END:
            return f"{self.name} {self.carried}".rstrip()
        return f"task {self.task}: {self.kind} {self.name} {self.carried}".rstrip()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an activity or a stand-in answered; `deed` is the place of the command that asked."""

    deed: int
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """What a run did, in order, and what it was answered."""

    deeds: tuple[Deed, ...]
    answers: tuple[Answer, ...]


def account_of(run: RunResult) -> Account:
    """Return the account of a run."""
    calls: dict[tuple[str, str], deque[ActivityCall]] = defaultdict(deque)
    for call in run.trace.activities:
        calls[call.workflow_id, call.name].append(call)
    children = {child.workflow_id: child for child in run_tree(run.trace.children)}
    deeds: list[Deed] = []
    answers: list[Answer] = []
    for command in run.trace.commands:
        waiting = calls[command.workflow_id, command.name]
        asks = command.kind in _ACTIVITIES and bool(waiting)
        answer = _answer(command, waiting.popleft() if asks else None, children)
        if answer is not None:
            answers.append(Answer(len(deeds), answer))
        deeds.append(_deed(command))
    deeds.append(_end(run))
    return Account(tuple(deeds), tuple(answers))


def account_data(account: Account) -> dict[str, Any]:
    """Return an account as plain data."""
    return dataclasses.asdict(account)


def account_from(data: Mapping[str, Any]) -> Account:
    """Return the account that `account_data` made data of."""
    deeds = (
        Deed(**{**deed, "line": SourceLine(*deed["line"]) if deed["line"] else None})
        for deed in data["deeds"]
    )
    return Account(tuple(deeds), tuple(Answer(**answer) for answer in data["answers"]))


def canonical(value: Any) -> Any:
    """Return a value as JSON data that is the same in every process.

    Sets are sorted; mappings keep their order, which is data like any other.
    """
    if isinstance(value, BaseModel):
        return {name: canonical(each) for name, each in value}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: canonical(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, set | frozenset):
        return sorted((canonical(each) for each in value), key=_json)
    if isinstance(value, Mapping):
        return {str(plain(key)): canonical(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(each) for each in value]
    return plain(value)


def _deed(command: Command) -> Deed:
    carried = {name: _carried(value) for name, value in command.attributes.items()}
    return Deed(
        workflow_id=command.workflow_id,
        task=command.task,
        kind=command.kind,
        name=command.name,
        carried=_json(carried) if carried else "",
        step=command.step,
        line=command.line,
    )


def _end(run: RunResult) -> Deed:
    """Return how a run ended; what one that hangs says of itself is for people."""
    told = run.error if run.status == "failed" else None
    return Deed(
        workflow_id=run.workflow_id,
        task=0,
        kind=END,
        name=run.status,
        carried="" if told is None else _without_addresses(_json(told)),
        line=run.line,
    )


def _answer(
    command: Command, call: ActivityCall | None, children: Mapping[str, ChildRun]
) -> str | None:
    if call is not None:
        return _json([canonical(call.result), call.error])
    child = children.get(str(command.attributes.get("workflow_id")))
    if command.kind == "start_child_workflow" and child is not None and child.stand_in:
        return _json([canonical(child.result), child.error])
    return None


def _carried(value: Any) -> Any:
    """Return what a command carries: payloads as they are sent, anything else as plain data."""
    if isinstance(value, bytes):
        return decoded(value)
    if isinstance(value, list):
        return [_carried(each) for each in value]
    # Options may hold functions and policies, which show where they are in memory.
    return json.loads(_without_addresses(_json(canonical(value))))


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub("0x...", text)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
