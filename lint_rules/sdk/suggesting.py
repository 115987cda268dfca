"""What to write instead of a name that the SDK lacks."""

from __future__ import annotations

from lint_rules.nearest import nearest
from lint_rules.sdk.chosen import Chosen
from lint_rules.sdk.documented import ACTIVITY, ALTERNATIVES, BASE, RUNBOOK
from lint_rules.sdk.surface import Absent

_FACADES = {
    "ntro.workflow._facade._RunbookFacade": RUNBOOK,
    "ntro.workflow._facade._ActivityFacade": ACTIVITY,
    "ntro.workflow._base.NtroWorkflow": BASE,
}


def instead(absent: Absent, sdk: Chosen, spoken: str) -> str:
    """Return the alternative to `spoken.name`, where `spoken` is how the code says the owner."""
    known = _FACADES.get(absent.owner, {}).get(absent.name)
    known = known or ALTERNATIVES.get(f"{absent.owner}.{absent.name}")
    if known is not None:
        return known
    if absent.owner.endswith(".NtroWorkflow") and sdk.surface.has(
        f"ntro.workflow.runbook.{absent.name}"
    ):
        return f"`runbook.{absent.name}`"
    close = nearest(absent.name, absent.choices)
    if close is not None:
        return f"`{spoken}.{close}`"
    few = ", ".join(sorted(absent.choices)[:8])
    return f"one of those it has: {few}" if few else f"a name that {sdk.shown} has"
