"""Parts of a history as temporalio's messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from google.protobuf.json_format import ParseDict
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure

from ntro_testkit.history.payloads import ENCODINGS, as_payload, payload_bytes, payloads_of
from ntro_testkit.history.problems import DamagedError

_ENUMS = {
    "timeoutType": "TIMEOUT_TYPE_",
    "retryState": "RETRY_STATE_",
    "category": "APPLICATION_ERROR_CATEGORY_",
}
"""The fields of failures that old exports write as `StartToClose`."""

_PAYLOADS = frozenset({"details", "lastHeartbeatDetails"})


def payload_message(value: Any) -> Payload:
    """Return a payload.

    Raises `DamagedError` for damaged ones, and for those that only a codec can read.
    """
    metadata, data = payload_bytes(as_payload(value))
    encoding = metadata.get("encoding")
    if encoding not in ENCODINGS:
        name = (encoding or b"none").decode("utf-8", "replace")
        raise DamagedError(
            f"a payload has the encoding `{name}`, which a codec wrote: decode the history first, "
            f"`replay fetch` can with the codec of the platform"
        )
    return Payload(metadata=metadata, data=data)


def payload_messages(container: Any) -> list[Payload]:
    """Return the payloads of an attribute such as `input`; raises `DamagedError`."""
    return [payload_message(each) for each in payloads_of(container)]


def set_result(completed: Any, container: Any) -> None:
    """Set what an activity or a child has returned, if anything, in the message of its success.

    Raises `DamagedError`.
    """
    completed.SetInParent()
    for payload in payload_messages(container)[:1]:
        completed.result.CopyFrom(payload)


def payload_map(container: Any, field: str) -> dict[str, Payload]:
    """Return named payloads, as memos (`fields`) and search attributes (`indexedFields`) hold them.

    Raises `DamagedError`.
    """
    if not isinstance(container, Mapping):
        return {}
    named = container.get(field, container)
    return {str(name): payload_message(value) for name, value in (named or {}).items()}


def failure_message(given: Any) -> Failure:
    """Return a failure; raises `DamagedError` or `ParseError` when it is damaged."""
    if not isinstance(given, Mapping):
        raise DamagedError("expected a failure")
    message: Failure = ParseDict(_plain(given), Failure(), ignore_unknown_fields=True)
    return message


def told_failure(failure: Failure) -> str:
    """Return a failure and what it came from in one line."""
    kind = failure.application_failure_info.type
    text = " ".join(failure.message.split())
    text = f"{kind}: {text}" if kind else text
    return f"{text}; from {told_failure(failure.cause)}" if failure.HasField("cause") else text


def _plain(value: Any) -> Any:
    """Write short payloads and old names of enums the way protobuf reads them."""
    if not isinstance(value, Mapping):
        return value
    plain: dict[str, Any] = {}
    for key, given in value.items():
        if key in _PAYLOADS and given is not None:
            plain[key] = {"payloads": payloads_of(given)}
        elif key == "encodedAttributes":
            plain[key] = as_payload(given)
        elif key in _ENUMS and isinstance(given, str):
            plain[key] = _enum(given, _ENUMS[key])
        else:
            plain[key] = _plain(given)
    return plain


def _enum(name: str, prefix: str) -> str:
    if name.isupper():
        return name
    return prefix + "_".join(re.findall(r"[A-Z][a-z0-9]*", name)).upper()
