"""Every payload of a history goes through the codec, wherever it is, and nothing else does."""

from __future__ import annotations

import asyncio

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent

from ntro_testkit.replay.fetching.payload_codec import CodecError, decode_payloads
from tests.replay.reversing import Failing, Reversing

PLAIN = Payload(metadata={"encoding": b"json/plain"}, data=b'"a word"')
[ENCODED] = asyncio.run(Reversing().encode([PLAIN]))


def decoded(event: HistoryEvent) -> HistoryEvent:
    asyncio.run(decode_payloads(Reversing(), event))
    return event


def test_lists_of_arguments_headers_and_memos_are_decoded():
    event = HistoryEvent()
    started = event.workflow_execution_started_event_attributes
    started.input.payloads.extend([ENCODED, ENCODED])
    started.header.fields["who"].CopyFrom(ENCODED)
    started.memo.fields["note"].CopyFrom(ENCODED)

    decoded(event)

    assert list(started.input.payloads) == [PLAIN, PLAIN]
    assert started.header.fields["who"] == PLAIN
    assert started.memo.fields["note"] == PLAIN


def test_failures_are_decoded_to_the_innermost_cause():
    event = HistoryEvent()
    failure = event.activity_task_failed_event_attributes.failure
    failure.encoded_attributes.CopyFrom(ENCODED)
    failure.cause.application_failure_info.details.payloads.append(ENCODED)

    decoded(event)

    assert failure.encoded_attributes == PLAIN
    assert list(failure.cause.application_failure_info.details.payloads) == [PLAIN]


def test_details_of_markers_are_decoded():
    event = HistoryEvent()
    details = event.marker_recorded_event_attributes.details
    details["data"].payloads.append(ENCODED)

    decoded(event)

    assert list(details["data"].payloads) == [PLAIN]


def test_search_attributes_are_left_alone():
    event = HistoryEvent()
    started = event.workflow_execution_started_event_attributes
    started.search_attributes.indexed_fields["key"].CopyFrom(ENCODED)

    decoded(event)

    assert started.search_attributes.indexed_fields["key"] == ENCODED


def test_a_codec_that_fails_is_told_as_the_users():
    event = HistoryEvent()
    event.workflow_execution_started_event_attributes.input.payloads.append(ENCODED)

    with pytest.raises(CodecError, match="the codec fails: RuntimeError: wrong key"):
        asyncio.run(decode_payloads(Failing(), event))
