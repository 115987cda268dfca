"""Says what Temporal's sandbox refused in the words of the lint: its code, and what to use."""

from __future__ import annotations

from functools import lru_cache

from temporalio.worker.workflow_sandbox import RestrictedWorkflowAccessError

from lint_rules.hazards import Hazard, Hazards, HazardTable, load


def explain_refusal(error: BaseException | None) -> str | None:
    """Return one sentence for what the sandbox refused, None for any other exception.

    Looks at what the exception was raised from, since libraries wrap what they get.
    """
    while error is not None:
        if isinstance(error, RestrictedWorkflowAccessError):
            return _sentence(error.qualified_name)
        error = error.__cause__ or error.__context__
    return None


def _sentence(name: str) -> str:
    name = name.removesuffix(".__call__")
    hazard = _hazard(name)
    code = f"{hazard.code} " if hazard else ""
    instead = f"; instead: {hazard.alternative}" if hazard else ""
    return f"{code}`{name}` is refused by Temporal's sandbox, because it differs on replay{instead}"


def _hazard(name: str) -> Hazard | None:
    found = _table().lookup(name)
    return found.variants[0] if isinstance(found, Hazards) else None


@lru_cache(maxsize=1)
def _table() -> HazardTable:
    return load()
