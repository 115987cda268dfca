"""What a workflow advertises at its gate about the upload it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ntro_testkit.runtime.definitions import handler_signature
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.execution import Execution


def asked_for(execution: Execution) -> Mapping[str, Any]:
    """Return the `args` of the pending action: which signal, to whom, from which source."""
    arguments = execution.instance._pending_action.get("args")
    return arguments if isinstance(arguments, dict) else {}


def slots(execution: Execution) -> list[dict[str, Any]]:
    """Return the slots of a `collect_documents` gate, as its display hint lists them."""
    hint = execution.instance._pending_action.get("display_hint") or {}
    expected = (hint.get("config") or {}).get("expected") or []
    return [slot for slot in expected if isinstance(slot, dict)]


def declared_type(engine: Engine, workflow_id: str, signal_name: str) -> Any:
    """Return the type a workflow's signal handler declares for its payload."""
    execution = engine.workflows.find(workflow_id)
    attribute = execution.definition.signals.get(signal_name) if execution else None
    if execution is None or attribute is None:
        return Any
    return handler_signature(execution.definition.workflow_class, attribute).type_of(0)
