"""Where a child hangs, as the first event of its history says it."""

from __future__ import annotations

from ntro_testkit.history.writer import Attributes, HistoryWriter
from ntro_testkit.runtime.execution import Execution


def family_attributes(execution: Execution, parent: HistoryWriter | None) -> Attributes:
    """Return the event of the parent that started an execution, and the root; none for a root."""
    if parent is None:
        return {}
    root = execution
    while root.parent is not None:
        root = root.parent
    return {
        "parentInitiatedEventId": str(parent.initiated(execution.workflow_id)),
        "rootWorkflowExecution": {"workflowId": root.workflow_id, "runId": root.info.run_id},
    }
