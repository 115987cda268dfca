"""The trip of an exception through temporalio's failure converter, as between two workers."""

from __future__ import annotations

from temporalio.api.failure.v1 import Failure
from temporalio.contrib.pydantic import pydantic_data_converter as converter
from temporalio.exceptions import FailureError


def received(error: BaseException) -> FailureError:
    """Return what workflow code gets when an activity or a child has failed with `error`.

    Causes travel along. Raises what temporalio raises for details that have no JSON form.
    """
    failure = Failure()
    converter.failure_converter.to_failure(error, converter.payload_converter, failure)
    arrived = converter.failure_converter.from_failure(failure, converter.payload_converter)
    assert isinstance(arrived, FailureError), "it was made of a Failure"
    return arrived
