"""Failures in the JSON form of a history, written by temporalio's own converter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from temporalio.api.failure.v1 import Failure


def failure_as_json(error: BaseException) -> dict[str, Any]:
    """Return an exception as Temporal's `Failure`, causes included, without stack traces."""
    from temporalio.api.failure.v1 import Failure
    from temporalio.contrib.pydantic import pydantic_data_converter as converter

    failure = Failure()
    converter.failure_converter.to_failure(error, converter.payload_converter, failure)
    return message_as_json(failure)


def message_as_json(message: Failure) -> dict[str, Any]:
    """Return a failure's message as JSON, causes included, without stack traces.

    They name files of the machine, and would change with every edit of the bundle.
    """
    from google.protobuf.json_format import MessageToDict

    bare = type(message)()
    bare.CopyFrom(message)
    link = bare
    while True:
        link.ClearField("stack_trace")
        if not link.HasField("cause"):
            break
        link = link.cause
    written: dict[str, Any] = MessageToDict(bare)
    return written
