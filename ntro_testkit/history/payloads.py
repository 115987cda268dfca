"""Payloads in the JSON form of a history: base64 of their metadata and of their data.

Source of the encodings: temporalio's pydantic data converter, which the platform uses. The command
line client and the Web UI may also write a payload in short: as the JSON value that it holds.
"""

from __future__ import annotations

import json
from base64 import b64encode
from binascii import a2b_base64
from typing import Any

from ntro_testkit.history.problems import DamagedError

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


# -- reading -------------------------------------------------------------------------------------

ENCODINGS = frozenset(
    {b"json/plain", b"binary/null", b"binary/plain", b"json/protobuf", b"binary/protobuf"}
)
"""What the platform's converter reads; any other is the work of a codec, encryption above all."""

_DECODED = frozenset(name.decode() for name in ENCODINGS)


def payloads_of(container: Any) -> list[Payload]:
    """Return the payloads of an attribute: `{"payloads": [...]}`, or in short the bare list.

    Raises `DamagedError` when it is neither.
    """
    if container is None:
        return []
    listed = container.get("payloads") or [] if isinstance(container, dict) else container
    if not isinstance(listed, list):
        raise DamagedError(f"expected payloads, found {type(listed).__name__}")
    return [as_payload(each) for each in listed]


def as_payload(value: Any) -> Payload:
    """Return a payload as it is, and a value written in short as the payload that holds it."""
    if not (isinstance(value, dict) and isinstance(value.get("metadata"), dict)):
        return json_payload(None if value is None else _written(value))
    encoding = value["metadata"].get("encoding")
    if encoding not in _DECODED:
        return value
    # The Web UI can decode what it shows: the encoding is then a word, and the data a value.
    if encoding == "binary/null":
        return json_payload(None)
    return json_payload(_written(value.get("data")))


def payload_bytes(payload: Payload) -> tuple[dict[str, bytes], bytes]:
    """Return the metadata and the data of a payload.

    Raises `DamagedError` when they are not base64.
    """
    metadata = {str(key): _decoded(text) for key, text in payload["metadata"].items()}
    return metadata, _decoded(payload.get("data", ""))


def _decoded(text: Any) -> bytes:
    if not isinstance(text, str):
        raise DamagedError(f"expected base64, found {type(text).__name__}")
    try:
        return a2b_base64(text)
    except ValueError:
        raise DamagedError("expected base64, found other text") from None


def _written(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
