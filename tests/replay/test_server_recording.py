"""Recording a bundle on a real server, from a process that never meets temporalio's core."""

from __future__ import annotations

import pytest

from ntro_testkit.replay.official import check_officially
from ntro_testkit.replay.server_recording import (
    RecordingOrder,
    ServerRecordingError,
    record_on_server,
)
from tests.bundles import ROOT

BUNDLES = ROOT / "fixtures" / "runbooks"


def test_scenarios_are_recorded_with_the_histories_of_their_children():
    journals = BUNDLES / "nav-monthly-journals"
    children = [BUNDLES / "document-collect", journals]
    bundle = BUNDLES / "nav-monthly"
    order = RecordingOrder(
        str(bundle), [str(each) for each in children], ["happy", "late_trial_balance"]
    )

    happy, late = record_on_server(order)

    assert (happy.scenario, happy.status, happy.error) == ("happy", "completed", None)
    assert [history.workflow_type for history in happy.histories] == [
        "NavMonthlyWorkflow",
        "DocumentCollectWorkflow",
        "DocumentCollectWorkflow",
        "NavMonthlyJournalsWorkflow",
    ]
    assert all(each.accepted for each in check_officially([bundle, *children], happy.histories))
    assert late.status == "stuck"
    assert "only a timer of 1d 00h is left" in str(late.error)


def test_a_server_that_does_not_answer_is_told_in_one_line():
    order = RecordingOrder(str(BUNDLES / "petty-cash"), [], ["happy"], address="127.0.0.1:1")

    with pytest.raises(ServerRecordingError, match="Failed client connect") as caught:
        list(record_on_server(order))

    assert len(str(caught.value).splitlines()) == 1


def test_a_bundle_that_is_none_is_told(tmp_path):
    with pytest.raises(ServerRecordingError, match="no such directory"):
        list(record_on_server(RecordingOrder(str(tmp_path / "nowhere"), [], ["happy"])))
