"""Sends several documents to one gate: one by one, without waiting, or all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ntro_testkit.advertised import asked_for
from ntro_testkit.checks.inputs.other_payloads import another
from ntro_testkit.runtime.definitions import payload_type
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.run_options import Turn
from ntro_testkit.submissions import submission
from ntro_testkit.trace import SignalSent


class Manner(Enum):
    """How documents follow each other; the value is how a person would say it."""

    ONE_BY_ONE = "one by one"
    """Each when the gate is open and nothing else is going on."""
    WITHOUT_WAITING = "one after the other, without waiting for the run"
    """The first when the gate is open, the others at the quiescences after it."""
    TOGETHER = "together"
    """All while the gate is open, in one workflow task."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """A gate of the root workflow that asks for documents, by its step and its signal."""

    step: str | None
    signal_name: str


@dataclass
class DocumentStream:
    """Sends the documents of these numbers, and leaves all else to the engine and its agent.

    None among the numbers is a document that is left out; equal numbers are equal documents.
    """

    inbox: Inbox
    numbers: Sequence[int | None]
    manner: Manner
    sent: list[SignalSent] = field(default_factory=list)
    passed: int = 0
    """How many of the numbers had their turn."""
    _asked: Mapping[str, Any] | None = None

    def choose(self, engine: Engine) -> Turn:
        """Send the next one, or all that are left, if this is a moment for it."""
        root = engine.workflows.root
        self._pass_over_left_out()
        if self.passed == len(self.numbers) or root.closed or not self._is_time(engine, root):
            return Turn.DEFAULT
        if self._asked is None:
            self._asked = dict(asked_for(root))
        self._send_next(engine, root)
        while self.manner is Manner.TOGETHER and self.passed < len(self.numbers):
            self._send_next(engine, root)
        return Turn.TAKEN

    def _pass_over_left_out(self) -> None:
        while self.passed < len(self.numbers) and self.numbers[self.passed] is None:
            self.passed += 1

    def _is_time(self, engine: Engine, root: Execution) -> bool:
        if self.sent and self.manner is Manner.WITHOUT_WAITING:
            return True
        return self._is_open(engine, root) and not engine.activities.waiting()

    def _is_open(self, engine: Engine, root: Execution) -> bool:
        gate = engine.recorder.open_gate(root)
        if gate is None or gate.kind != "submit_file":
            return False
        arguments = asked_for(root)
        return (
            (gate.step, gate.signal_name) == (self.inbox.step, self.inbox.signal_name)
            and arguments.get("signal_task_id") in (None, "", root.workflow_id)
            and (self._asked is None or self._asked.get("source") == arguments.get("source"))
        )

    def _send_next(self, engine: Engine, root: Execution) -> None:
        number = self.numbers[self.passed]
        self.passed += 1
        if number is None:
            return
        name = self.inbox.signal_name
        declared = payload_type(root.definition, name)
        usual = submission(
            name,
            self._asked or {},
            workflow_id=root.workflow_id,
            number=number,
            now=engine.now(),
            declared=declared,
            extra={},
        )
        payload = another(usual, number, declared)
        self.sent.append(engine.workflows.signal(root.workflow_id, name, payload))
