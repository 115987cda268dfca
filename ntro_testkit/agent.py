"""Plays the person (or the UI, or an agent) of a scenario: reads what a gate shows and answers it.

Called only at quiescence, so it sees what a person would see and never races the workflow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ntro_testkit.advertised import asked_for, declared_type, slots
from ntro_testkit.answers import note_answer
from ntro_testkit.decisions import REVIEW, user_action, verdict
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.scenario import Scenario
from ntro_testkit.submissions import submission
from ntro_testkit.trace import Gate, StepEvent

Deed = Callable[[], None]
"""One thing the agent could do now."""

MAX_REPEATS = 25
"""How often one step may ask again before the run counts as going in circles."""


@dataclass(eq=False, slots=True)
class _Answers:
    """What the agent has already done at one opening of a gate."""

    signals_sent: int = 0
    row_actions_sent: int = 0
    decided: bool = False
    submissions: int = 0
    sources: set[str] = field(default_factory=set)
    """Slots uploaded to, and unadvertised signals sent."""
    problem: str | None = None


class ScenarioAgent:
    """Answers every gate of a run as its scenario says."""

    def __init__(self, scenario: Scenario) -> None:
        self.events: list[StepEvent] = []
        self._scenario = scenario
        self._answers: dict[int, _Answers] = {}
        self._openings: dict[tuple[str, str | None], int] = {}
        self._step_signals: dict[tuple[str, str], int] = {}
        self._drilled: set[str] = set()
        self._submitted = 0

    def act(self, engine: Engine) -> bool:
        """Do one thing for one workflow, parents first."""
        deed = self._opening(engine)
        if deed is None:
            for execution in engine.workflows.open():
                deed = self._serve(engine, execution)
                if deed is not None:
                    break
                if engine.recorder.open_gate(execution) is None:
                    self._note_drill_down(engine, execution)
        if deed is None:
            return False
        deed()
        return True

    def could_act(self, engine: Engine) -> bool:
        """Tell whether there is something to do, without doing it."""
        return self._opening(engine) is not None or any(
            self._serve(engine, execution) is not None for execution in engine.workflows.open()
        )

    def reason(self, gate: Gate) -> str | None:
        """Say why a gate stays shut."""
        if self._times_out(gate):
            return f"the scenario `{self._scenario.name}` lets it time out, but it has no timeout"
        answers = self._answers.get(id(gate))
        return answers.problem if answers else None

    # -- one workflow ----------------------------------------------------------------------

    def _opening(self, engine: Engine) -> Deed | None:
        """Return the sending of the next signal that is scripted for the start."""
        if not self._scenario.signals:
            return None
        roots = (each for each in engine.workflows.open() if each.parent is None)
        deeds = (self._scripted_signal(engine, root, "start") for root in roots)
        return next(filter(None, deeds), None)

    def _serve(self, engine: Engine, execution: Execution) -> Deed | None:
        step = execution.step
        if step is not None and step in self._scenario.signals:
            scripted = self._scripted_signal(engine, execution, step)
            if scripted is not None:
                return scripted
        gate = engine.recorder.open_gate(execution)
        if gate is None or self._times_out(gate):
            return None
        answers = self._answers.setdefault(id(gate), _Answers())
        if gate.kind == REVIEW:
            return self._review(engine, execution, gate, answers)
        if gate.kind == "submit_file":
            return self._submit_file(engine, execution, gate, answers)
        if gate.kind == "submit_files":
            return self._submit_files(engine, execution, gate, answers)
        return None

    def _times_out(self, gate: Gate) -> bool:
        timeouts = self._scenario.timeouts
        return bool(timeouts) and bool({gate.step, gate.signal_name} & set(timeouts))

    def _scripted_signal(self, engine: Engine, execution: Execution, step: str) -> Deed | None:
        scripted = self._scenario.signals.get(step, ())
        key = (execution.workflow_id, step)
        sent = self._step_signals.get(key, 0)
        if sent >= len(scripted):
            return None

        def send() -> None:
            self._step_signals[key] = sent + 1
            name, payload = scripted[sent]
            note_answer(engine, execution.workflow_id, name, payload)
            engine.workflows.signal(execution.workflow_id, name, payload)
            self._tell(engine, "signal", execution, signal=name)

        return send

    # -- gates -----------------------------------------------------------------------------

    def _review(
        self, engine: Engine, execution: Execution, gate: Gate, answers: _Answers
    ) -> Deed | None:
        if answers.decided:
            answers.problem = answers.problem or (
                f"its decision {gate.decision!r} was accepted but does not open it"
            )
            return None
        rows = self._scenario.row_actions.get(gate.step or "", ())
        if answers.row_actions_sent < len(rows):
            row = {"kind": "row_action", **rows[answers.row_actions_sent]}
            return partial(self._send_row_action, engine, execution, gate, answers, row)
        opening = self._openings.get((execution.workflow_id, gate.step), 0)
        if opening >= MAX_REPEATS:
            answers.problem = f"answered {opening} times at this step, and it always asks again"
            return None
        return partial(self._decide, engine, execution, gate, answers)

    def _send_row_action(
        self,
        engine: Engine,
        execution: Execution,
        gate: Gate,
        answers: _Answers,
        row: Mapping[str, Any],
    ) -> None:
        answers.row_actions_sent += 1
        engine.workflows.signal(execution.workflow_id, "user_action", row)
        self._tell(engine, "row_action", execution, step_id=gate.step, row=row)

    def _decide(self, engine: Engine, execution: Execution, gate: Gate, answers: _Answers) -> None:
        key = (execution.workflow_id, gate.step)
        opening = self._openings.get(key, 0)
        self._openings[key] = opening + 1
        decision = self._scenario.decision(gate.step, opening)
        payload = user_action(
            decision, self._scenario.dialect, self._scenario.corrections.get(gate.step or "", ())
        )
        answers.decided = True
        gate.decision = payload
        gate.verdict = verdict(decision)
        sent = engine.workflows.signal(execution.workflow_id, "user_action", payload)
        answers.problem = sent.problem
        self._tell(engine, "review", execution, step_id=gate.step, response=gate.verdict)

    def _submit_file(
        self, engine: Engine, execution: Execution, gate: Gate, answers: _Answers
    ) -> Deed | None:
        arguments = asked_for(execution)
        name = gate.signal_name
        if not name:
            answers.problem = (
                "it advertises no `args.signal_name`, so nobody can know what to send (D20)"
            )
            return None
        if answers.problem is not None:
            return None
        if answers.submissions:
            unadvertised = self._unadvertised(engine, execution, gate, answers)
            if unadvertised is not None:
                return unadvertised
        if answers.submissions >= MAX_REPEATS:
            answers.problem = (
                f"{answers.submissions} `{name}` signals were accepted and its predicate is "
                f"still false"
            )
            return None
        target = str(arguments.get("signal_task_id") or execution.workflow_id)

        def upload() -> None:
            answers.submissions += 1
            answers.problem = self._submit(engine, gate, target, name, arguments)

        return upload

    def _unadvertised(
        self, engine: Engine, execution: Execution, gate: Gate, answers: _Answers
    ) -> Deed | None:
        """Send the other domain signals of a workflow once, when one upload does not open its gate.

        An inbox that takes several signals is closed by one that its gate does not advertise.
        """
        for name in execution.definition.signals:
            if name in {"user_action", gate.signal_name} or name in answers.sources:
                continue

            def send(name: str = name) -> None:
                answers.sources.add(name)
                self._submit(engine, gate, execution.workflow_id, name, asked_for(execution))

            return send
        return None

    def _submit_files(
        self, engine: Engine, execution: Execution, gate: Gate, answers: _Answers
    ) -> Deed | None:
        """Upload to one slot of a `collect_documents` gate (D17).

        The slot's child usually stands at an upload gate of its own; that one is answered with it.
        """
        for slot in slots(execution):
            arguments = slot.get("args") or {}
            target = str(arguments.get("signal_task_id") or execution.workflow_id)
            name = str(arguments.get("signal_name") or "document_submitted")
            if target in answers.sources or slot.get("status") != "pending":
                continue
            child = engine.workflows.find(target)
            child_gate = engine.recorder.open_gate(child) if child else None
            if child is not None and not self._awaits(child_gate, name):
                continue
            filled = {**slot, **arguments}
            return partial(self._fill_slot, engine, gate, answers, target, name, filled, child_gate)
        return None

    def _fill_slot(
        self,
        engine: Engine,
        gate: Gate,
        answers: _Answers,
        target: str,
        name: str,
        arguments: Mapping[str, Any],
        child_gate: Gate | None,
    ) -> None:
        answers.sources.add(target)
        problem = self._submit(engine, gate, target, name, arguments)
        if child_gate is not None:
            child_gate.decision, child_gate.verdict = gate.decision, "submitted"
            child_answers = self._answers.setdefault(id(child_gate), _Answers())
            child_answers.submissions += 1
            child_answers.problem = problem

    def _awaits(self, gate: Gate | None, signal_name: str) -> bool:
        return gate is not None and gate.signal_name == signal_name and not self._times_out(gate)

    def _submit(
        self, engine: Engine, gate: Gate, target: str, name: str, arguments: Mapping[str, Any]
    ) -> str | None:
        """Send one upload and return why it had no effect, if it had none."""
        self._submitted += 1
        payload = submission(
            name,
            arguments,
            workflow_id=target,
            number=self._submitted,
            now=engine.now(),
            declared=declared_type(engine, target, name),
            extra=self._scenario.extra_signal_payloads.get(name, {}),
        )
        gate.decision = payload
        gate.verdict = "submitted"
        sent = engine.workflows.signal(target, name, payload)
        detail = {"signal": name, "source": arguments.get("source"), "step_id": gate.step}
        self.events.append(StepEvent(gate.kind, target, detail, engine.loop.time()))
        return sent.problem

    # -- telling ---------------------------------------------------------------------------

    def _note_drill_down(self, engine: Engine, execution: Execution) -> None:
        """Tell once that a parent's answer lies with its children, as the query derives it."""
        if execution.workflow_id in self._drilled:
            return
        children = [
            child.workflow_id for child in engine.workflows.open() if child.parent is execution
        ]
        if children:
            self._drilled.add(execution.workflow_id)
            self._tell(engine, "drill_down", execution, children=children)

    def _tell(self, engine: Engine, kind: str, execution: Execution, **detail: Any) -> None:
        self.events.append(StepEvent(kind, execution.workflow_id, detail, engine.loop.time()))
