"""Values and failures as temporalio's messages carry them, and back.

A value that makes its trip in this process travels as the JSON of `runtime/payloads.py`; here it
gets the envelope the platform's data converter gives it.
"""

from __future__ import annotations

from temporalio.api.common.v1 import Payload as PayloadMessage
from temporalio.api.failure.v1 import Failure

from ntro_testkit.runtime.payloads import Payload
from ntro_testkit.runtime.sdk.instance import DATA_CONVERTER

_CONVERTER = DATA_CONVERTER.payload_converter
_FAILURES = DATA_CONVERTER.failure_converter


def message_of(payload: Payload) -> PayloadMessage:
    """Return the message of a value that is on its way."""
    if payload.data is None:
        return PayloadMessage(metadata={"encoding": b"binary/null"})
    encoding = b"binary/plain" if payload.raw else b"json/plain"
    return PayloadMessage(metadata={"encoding": encoding}, data=payload.data)


def payload_from(message: PayloadMessage, sent: type = object) -> Payload:
    """Return what a message carries; `sent` is the type it was made from, for messages."""
    encoding = message.metadata.get("encoding")
    data = None if encoding == b"binary/null" else message.data
    return Payload(data, sent, encoding == b"binary/plain")


def data_of(message: PayloadMessage) -> bytes | None:
    """Return the data of a message; None stands for `None`."""
    return payload_from(message).data


def failure(error: BaseException) -> Failure:
    """Return the message of an exception, with its chain of causes."""
    message = Failure()
    _FAILURES.to_failure(error, _CONVERTER, message)
    return message


def exception(message: Failure) -> BaseException:
    """Return the exception a message stands for."""
    return _FAILURES.from_failure(message, _CONVERTER)
