"""Recording a bundle on a real server, from a process that never meets temporalio's core."""

from __future__ import annotations

import pytest

from ntro_testkit.replay.server.recording import (
    RecordingOrder,
    ServerRecordingError,
    record_on_server,
)
from tests.bundles import ROOT

BUNDLES = ROOT / "fixtures" / "runbooks"


def test_scenarios_are_recorded_with_the_histories_of_their_children():
    order = RecordingOrder(
        str(BUNDLES / "nav-monthly"),
        [str(BUNDLES / "document-collect")],
        ["reject_sources", "late_trial_balance"],
    )

    rejected, late = record_on_server(order)

    assert (rejected.scenario, rejected.status, rejected.error) == (
        "reject_sources",
        "completed",
        None,
    )
    assert [history.workflow_type for history in rejected.histories] == [
        "NavMonthlyWorkflow",
        "DocumentCollectWorkflow",
        "DocumentCollectWorkflow",
    ]
    assert late.status == "stuck"
    assert "only a timer of 1d 00h is left" in str(late.error)


def test_a_server_that_does_not_answer_is_told_in_one_line():
    order = RecordingOrder(str(BUNDLES / "petty-cash"), [], ["happy"], address="127.0.0.1:1")

    with pytest.raises(
        ServerRecordingError, match=r"127\.0\.0\.1:1: no Temporal server answers"
    ) as caught:
        list(record_on_server(order))

    assert len(str(caught.value).splitlines()) == 1


def test_a_bundle_that_is_none_is_told(tmp_path):
    with pytest.raises(ServerRecordingError, match="no such directory"):
        list(record_on_server(RecordingOrder(str(tmp_path / "nowhere"), [], ["happy"])))
