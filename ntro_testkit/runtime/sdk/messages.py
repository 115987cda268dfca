"""Values and failures as temporalio's messages carry them, and back.

A value that makes its trip in this process travels as the JSON of `runtime/payloads.py`; here it
gets the envelope the platform's data converter gives it.
"""

from __future__ import annotations

from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure

from ntro_testkit.runtime.sdk.instance import DATA_CONVERTER

_CONVERTER = DATA_CONVERTER.payload_converter
_FAILURES = DATA_CONVERTER.failure_converter


def payload(data: bytes | None, declared: Any = None) -> Payload:
    """Return the message of a value; `declared` is its type, because bytes travel as they are."""
    if data is None:
        return Payload(metadata={"encoding": b"binary/null"})
    encoding = b"binary/plain" if declared is bytes else b"json/plain"
    return Payload(metadata={"encoding": encoding}, data=data)


def data_of(message: Payload) -> bytes | None:
    """Return what a message carries; None stands for `None`."""
    return None if message.metadata.get("encoding") == b"binary/null" else message.data


def failure(error: BaseException) -> Failure:
    """Return the message of an exception, with its chain of causes."""
    message = Failure()
    _FAILURES.to_failure(error, _CONVERTER, message)
    return message


def exception(message: Failure) -> BaseException:
    """Return the exception a message stands for."""
    return _FAILURES.from_failure(message, _CONVERTER)
