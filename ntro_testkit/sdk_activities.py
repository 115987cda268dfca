"""What the SDK's own activities answer in a run when an author says nothing.

A fake by type would be legal but wrong: a quality check must carry the id it was asked for, and the
normal first answer of a look-up in the past is that there is nothing (contract 1.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def _passing_check(spec: Any, submitted: Any, baseline: Any, ai_config: Any = None) -> Any:
    """Answer `run_quality_check`: passes, or is skipped without the baseline it needs."""
    from ntro.capabilities.checks import QualityCheckItem

    skipped = spec.requires_baseline and baseline is None
    return QualityCheckItem(
        id=spec.id,
        title=spec.title,
        status="skipped" if skipped else "pass",
        detail="no baseline" if skipped else "checked by ntro-testkit's mock",
        source=spec.source,
    )


SDK_REPLIES: Mapping[str, Callable[..., Any]] = {
    "run_quality_check": _passing_check,
    "load_previous_task": lambda _payload: {"handle": None},
    "find_committed_document": lambda _payload: {"payload": None},
}
