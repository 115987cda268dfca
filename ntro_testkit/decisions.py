"""How a decision is spelt on the wire: no two sources agree (D4), so all spellings are known here.

Source of the table: contract 3.3. A bundle reads one of them; which one is found by sending all
(the default) or exactly one (`Scenario(dialect=...)`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

Dialect = Literal["tenant", "page", "agent", "button"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)

APPROVED: Mapping[Dialect, Mapping[str, Any]] = {
    "tenant": {"type": "approved"},
    "page": {"action": "approved"},
    "agent": {"action": "approve"},
    "button": {"kind": "approve"},
}
"""tenant: the Tenant API's body and `ntro.testing`. page: the SDK's documentation. agent: the
answer of MCP `ntro_steps_request_approval`. button: the actions of a review's `display_hint`."""

REJECTED: Mapping[Dialect, Mapping[str, Any]] = {
    "tenant": {"type": "rejected"},
    "page": {"action": "rejected"},
    "agent": {"action": "reject"},
    "button": {"kind": "reject"},
}

TOGETHER: tuple[Dialect, ...] = ("button", "tenant", "page")
"""The dialects one payload can carry together; `agent` spells the key of `page` otherwise."""


def user_action(
    decision: str | Mapping[str, Any],
    dialect: Dialect | None = None,
    corrections: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return the `user_action` payload of a decision.

    A mapping is sent as it is. A word is `approved`, `rejected` (or `approve`, `reject`), or
    `corrected`, an approval that says so. Raises ValueError for any other word.
    """
    if isinstance(decision, Mapping):
        return dict(decision)
    payload: dict[str, Any] = {}
    for spelling in (dialect,) if dialect else TOGETHER:
        payload.update(_table(decision)[spelling])
    if decision == "corrected":
        payload.update({key: "corrected" for key in ("type", "action") if key in payload})
    if corrections:
        payload["corrections"] = [dict(correction) for correction in corrections]
    return payload


REVIEW = "interactive_review"
"""The kind of gate that a decision answers."""


def is_answer(signal_name: str, payload: object) -> bool:
    """Tell whether a signal answers a review, rather than edits one of its rows."""
    return signal_name == "user_action" and not (
        isinstance(payload, Mapping) and payload.get("kind") == "row_action"
    )


def verdict(decision: str | Mapping[str, Any]) -> str:
    """Return `approved` or `rejected` for a decision as an author gave it."""
    if isinstance(decision, str):
        return "approved" if _table(decision) is APPROVED else "rejected"
    words = {str(decision.get(key)) for key in ("type", "action", "kind")}
    return "rejected" if words & {"rejected", "reject"} else "approved"


def _table(decision: str) -> Mapping[Dialect, Mapping[str, Any]]:
    if decision in {"approved", "approve", "corrected"}:
        return APPROVED
    if decision in {"rejected", "reject"}:
        return REJECTED
    raise ValueError(
        f"unknown decision {decision!r}: use 'approved', 'rejected', 'corrected' or a whole payload"
    )
