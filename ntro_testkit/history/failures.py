"""Failures in the JSON form of a history, written by temporalio's own converter."""

from __future__ import annotations

from typing import Any


def failure_as_json(error: BaseException) -> dict[str, Any]:
    """Return an exception as Temporal's `Failure`, causes included, without stack traces.

    They name files of the machine, and would change with every edit of the bundle.
    """
    from google.protobuf.json_format import MessageToDict
    from temporalio.api.failure.v1 import Failure
    from temporalio.contrib.pydantic import pydantic_data_converter as converter

    failure = Failure()
    converter.failure_converter.to_failure(error, converter.payload_converter, failure)
    link = failure
    while True:
        link.ClearField("stack_trace")
        if not link.HasField("cause"):
            break
        link = link.cause
    written: dict[str, Any] = MessageToDict(failure)
    return written
