"""What gates show: the answer of `current_pending_action`, taken while they are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticSerializationError, from_json, to_json

from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.trace import Gate

QUERY = "current_pending_action"


@dataclass(frozen=True, slots=True)
class Shown:
    """One gate as the platform sees it.

    Attributes:
        gate: the record of its opening.
        workflow_id: of the workflow that opened it.
        action: what `current_pending_action` answers, as JSON; None where it has no JSON form.
        payload: what is reviewed, as `current_ui_state` gives it: with the None that an action
            leaves out.
        takes: the signals of the workflow that `args.signal_task_id` names, None where it names
            none that is running. A stand-in takes any: then it is what the gate asks for.
        problem: why the action has no JSON form.
    """

    gate: Gate
    workflow_id: str
    action: Any
    payload: Any
    takes: frozenset[str] | None
    problem: str | None = None


class Gates:
    """Collects what each gate of the root workflow shows when somebody first looks."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self._seen: Gate | None = None

    def look(self, engine: Engine) -> None:
        """Note a gate that has not been seen before."""
        root = engine.workflows.root
        gate = engine.recorder.open_gate(root)
        if gate is None or gate is self._seen:
            return
        self._seen = gate
        attribute = root.definition.queries.get(QUERY)
        if attribute is None:
            return
        try:
            action = engine.answer_query(root, getattr(root.instance, attribute))
        except Exception:  # noqa: BLE001 - a query that raises is NTR705's, with what it raised
            return
        self.shown.append(_shown(engine, root, gate, action))


def _shown(engine: Engine, root: Execution, gate: Gate, action: Any) -> Shown:
    takes = _takes(engine, root, action)
    try:
        answer = from_json(to_json(action))
        payload = from_json(to_json(root.instance._pending_payload))
    except (PydanticSerializationError, ValueError, RecursionError) as error:
        return Shown(gate, root.workflow_id, None, None, takes, problem=str(error))
    return Shown(gate, root.workflow_id, answer, payload, takes)


def _takes(engine: Engine, root: Execution, action: Any) -> frozenset[str] | None:
    arguments = action.get("args") if isinstance(action, dict) else None
    arguments = arguments if isinstance(arguments, dict) else {}
    target = str(arguments.get("signal_task_id") or root.workflow_id)
    execution = engine.workflows.find(target)
    if execution is not None:
        return frozenset(execution.definition.signals)
    if engine.children.is_stand_in(target):
        return frozenset({str(arguments.get("signal_name"))})
    return None
