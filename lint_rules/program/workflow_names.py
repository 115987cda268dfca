"""The names by which workflow code is known: entry points, activities, hooks, validators."""

from __future__ import annotations

_UI_STEP = frozenset({"ntro.workflow.ui_step", "ntro.workflow.decorators.ui_step"})

ENTRY_POINTS = (
    frozenset(
        f"{facade}.{name}"
        for facade in ("ntro.workflow.runbook", "temporalio.workflow")
        for name in ("run", "step", "signal", "query", "update", "init")
    )
    | _UI_STEP
)
"""Decorators of methods that the runtime calls."""

STEPS = frozenset({"ntro.workflow.runbook.step"}) | _UI_STEP

WORKFLOWS = frozenset({"ntro.workflow.runbook.defn", "temporalio.workflow.defn"})
ACTIVITIES = frozenset({"ntro.workflow.activity.defn", "temporalio.activity.defn"})

HOOKS = frozenset({"on_row_action"})
"""Methods of ntro's base class that it calls itself."""

CONSTRUCTORS = ("__new__", "__init__", "__post_init__", "model_post_init")

VALIDATORS = frozenset(
    f"pydantic.{name}"
    for name in (
        "field_validator",
        "model_validator",
        "validator",
        "root_validator",
        "field_serializer",
        "model_serializer",
        "computed_field",
    )
)
"""Decorators of methods that run when a model is made or written."""

_STARTERS = frozenset(
    {
        "execute_activity",
        "execute_activity_class",
        "execute_activity_method",
        "start_activity",
        "start_activity_class",
        "start_activity_method",
        "execute_local_activity",
        "execute_local_activity_class",
        "execute_local_activity_method",
        "start_local_activity",
        "start_local_activity_class",
        "start_local_activity_method",
        "execute_child_workflow",
        "start_child_workflow",
        "continue_as_new",
    }
)


def starts_elsewhere(name: str) -> bool:
    """Tell whether a callable runs its first argument outside the workflow that calls it."""
    return name.startswith(("ntro.", "temporalio.")) and name.rpartition(".")[2] in _STARTERS
