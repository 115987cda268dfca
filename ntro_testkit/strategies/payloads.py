"""Strategies for what comes with a signal: legal for its handler, of the documented shape.

Source of the shapes: contract 3.3, as for what the agent of a run uploads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from pydantic_core import to_json

from ntro_testkit.runtime.definitions import (
    Signature,
    handler_signature,
    signal_name,
    signature_of,
    workflow_definition,
)
from ntro_testkit.strategies.answers import user_actions
from ntro_testkit.strategies.contexts import INJECTED, is_open
from ntro_testkit.strategies.leaves import TEXTS, Drawn, json_values, uuids
from ntro_testkit.strategies.subject import Subject, workflow_class_of
from ntro_testkit.strategies.values import values
from ntro_testkit.strategies.wanted import Wanted

USER_ACTION = "user_action"
_FILES = ("auto-mock.pdf", "auto-mock.csv", "auto-mock.xlsx", "auto mock (1).PDF")
_CONTENT = ("application/pdf", "text/csv", "application/octet-stream")
_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))
_SOURCES = st.sampled_from(("test-source", "bank-statement", "rent-roll"))

_DOCUMENT: Mapping[str, Drawn] = {
    "document_ref": uuids().map(str),
    "tenant_slug": INJECTED["tenant_slug"],
    "entity_slug": INJECTED["entity_slug"],
    "source": _SOURCES,
    "filename": st.sampled_from(_FILES),
    "content_type": st.sampled_from(_CONTENT),
}
_DATA: Mapping[str, Drawn] = {
    "event_id": uuids().map(str),
    "kind": _SOURCES,
    "tenant_slug": INJECTED["tenant_slug"],
    "entity_slug": INJECTED["entity_slug"],
    "source_ref": st.none() | st.dictionaries(TEXTS, TEXTS, max_size=2),
    "data": st.dictionaries(TEXTS, json_values(), max_size=3),
    "received_at": _MOMENTS.map(datetime.isoformat),
}


def payloads(signal: str | Callable[..., Any], bundle: Subject | None = None) -> Drawn:
    """Return a strategy for payloads of a signal, as plain data that its handler accepts.

    `signal` is a name, together with its bundle, or the handler itself. For `user_action` these are
    decisions in every dialect, corrections, actions on rows, and junk, all of which it has to live
    with. Draws None where the handler takes nothing.

    Raises `ValueError` for a signal the bundle does not handle or a name without a bundle,
    `MockUnavailable` for a type that has no values, `BundleError` for a bundle that cannot be
    loaded.
    """
    name = signal if isinstance(signal, str) else signal_name(signal)
    if name == USER_ACTION:
        return user_actions()
    signature = _signature(signal, bundle)
    if not signature.parameters:
        return st.none()
    documented = _DATA if name.startswith("data_") else _DOCUMENT
    declared = signature.type_of(0)
    if is_open(declared):
        return st.fixed_dictionaries(dict(documented))
    wanted = {key: Wanted("the platform", drawn=drawn) for key, drawn in documented.items()}
    return values(declared, wanted).map(_plain)


def _signature(signal: str | Callable[..., Any], bundle: Subject | None) -> Signature:
    if not isinstance(signal, str):
        return signature_of(signal, skip_self=True)
    if bundle is None:
        raise ValueError(
            f"payloads({signal!r}) needs the bundle that handles it: payloads({signal!r}, bundle)"
        )
    workflow_class = workflow_class_of(bundle)
    handlers = workflow_definition(workflow_class).signals
    if signal not in handlers:
        known = ", ".join(sorted(handlers)) or "none"
        raise ValueError(f"{workflow_class.__name__} handles no signal `{signal}`; it has: {known}")
    return handler_signature(workflow_class, handlers[signal])


def _plain(value: Any) -> Any:
    return json.loads(to_json(value))
