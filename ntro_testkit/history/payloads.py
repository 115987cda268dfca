"""Payloads in the JSON form of a history: base64 of their metadata and of their data.

Source of the encodings: temporalio's pydantic data converter, which the platform uses.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

Payload = dict[str, Any]


def base64_text(data: bytes) -> str:
    """Return bytes as the text they have in JSON."""
    return b64encode(data).decode("ascii")


_JSON = {"encoding": base64_text(b"json/plain")}
_NULL = {"encoding": base64_text(b"binary/null")}
_PLAIN = {"encoding": base64_text(b"binary/plain")}


def json_payload(data: bytes | None) -> Payload:
    """Return the payload of a value written as JSON; None is the payload of `None`."""
    if data is None:
        return {"metadata": dict(_NULL)}
    return {"metadata": dict(_JSON), "data": base64_text(data)}


def bytes_payload(data: bytes) -> Payload:
    """Return the payload of raw bytes, which travel as they are."""
    return {"metadata": dict(_PLAIN), "data": base64_text(data)}


def proto_payload(message: Any) -> Payload:
    """Return the JSON form of temporalio's `Payload` message."""
    payload: Payload = {
        "metadata": {key: base64_text(value) for key, value in sorted(message.metadata.items())}
    }
    if message.data:
        payload["data"] = base64_text(message.data)
    return payload
