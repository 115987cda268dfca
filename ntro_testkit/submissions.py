"""What the agent uploads: the payload of a domain signal, shaped for the handler that takes it.

Source of the documented shapes: contract 3.3. Everything is derived from the workflow id and the
number of the submission, so that a run is the same every time.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from ntro_testkit.fakes import generate_fake


def submission(
    signal_name: str,
    arguments: Mapping[str, Any],
    *,
    workflow_id: str,
    number: int,
    now: datetime,
    declared: Any,
    extra: Mapping[str, Any],
) -> Any:
    """Return the payload for one submission.

    `arguments` is the `args` of the pending action; `declared` the type of the handler's parameter.
    A model's required fields are faked, the documented values laid over those it has; for anything
    else the documented dict is sent as it is. `extra` wins over both.
    """
    documented = _documented(signal_name, arguments, workflow_id, number, now)
    if not (isinstance(declared, type) and issubclass(declared, BaseModel)):
        return {**documented, **extra}
    return {**json.loads(_shaped(declared, json.dumps(documented))), **extra}


@lru_cache(maxsize=1024)
def _shaped(declared: type[BaseModel], documented: str) -> str:
    """Return a payload of a model as JSON: faked, with the documented values it accepts.

    From JSON to JSON, because that can be remembered: a scenario sends the same things every time.
    """
    values = json.loads(documented)
    names = {
        alias
        for name, info in declared.model_fields.items()
        for alias in (name, info.alias or name)
    }
    known = {key: value for key, value in values.items() if key in names}
    faked = generate_fake(declared).model_dump(mode="json", by_alias=True)
    return json.dumps({**faked, **_fitting(declared, faked, known)})


def _fitting(
    declared: type[BaseModel], faked: Mapping[str, Any], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Keep the documented values the model accepts; its own constraints come first."""
    kept: dict[str, Any] = {}
    for key, value in known.items():
        try:
            declared.model_validate({**faked, **kept, key: value})
        except ValueError:
            continue
        kept[key] = value
    return kept


@lru_cache(maxsize=1024)
def _reference(workflow_id: str, signal_name: str, number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{workflow_id}/{signal_name}/{number}"))


def _documented(
    signal_name: str, arguments: Mapping[str, Any], workflow_id: str, number: int, now: datetime
) -> dict[str, Any]:
    reference = _reference(workflow_id, signal_name, number)
    tenant = str(arguments.get("tenant_id_or_slug") or "test-tenant")
    entity = str(arguments.get("entity_id_or_slug") or "test-entity")
    source = str(arguments.get("source") or "test-source")
    if signal_name.startswith("data_"):
        return {
            "event_id": reference,
            "kind": str(arguments.get("expected_kind") or source),
            "tenant_slug": tenant,
            "entity_slug": entity,
            "source_ref": None,
            "data": {},
            "received_at": now.isoformat(),
        }
    return {
        "document_ref": reference,
        "tenant_slug": tenant,
        "entity_slug": entity,
        "source": source,
        "filename": f"{source}.pdf",
        "content_type": "application/pdf",
    }
