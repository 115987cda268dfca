"""Payloads of signals: each handler accepts its own, and `user_action` everything people send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("hypothesis", reason="the strategies need hypothesis")

from ntro_testkit import Scenario, load_runbook
from ntro_testkit.decisions import APPROVED, REJECTED
from ntro_testkit.runtime.definitions import workflow_definition
from ntro_testkit.strategies import payloads
from ntro_testkit.strategies.answers import decisions
from tests.bundles import run
from tests.conftest import BundleFactory
from tests.strategies.drawing import drawn, is_drawn, simplest
from tests.test_fixtures import BUNDLES, children, skip_without_temporalio

DOMAIN_SIGNALS = """
@runbook.signal
def document_submitted(self, event: Document) -> None: ...

@runbook.signal(name="data_submitted")
def take(self, event: dict[str, Any]) -> None: ...

@runbook.signal
def closed(self) -> None: ...
"""
DOCUMENT = """
class Document(BaseModel):
    document_ref: str
    pages: int = Field(ge=1)
"""


@pytest.mark.parametrize("directory", BUNDLES, ids=lambda path: path.name)
def test_a_sample_bundle_accepts_every_payload(directory: Path) -> None:
    skip_without_temporalio(directory)
    workflow_class, _ = load_runbook(directory)
    for name in workflow_definition(workflow_class).signals:
        for payload in drawn(payloads(name, workflow_class), 3):
            sends_it = Scenario("sends_it", signals={"start": [(name, payload)]})
            result = run(workflow_class, sends_it, children=children(directory))
            assert (result.signals[0].name, result.signals[0].payload) == (name, payload)
            assert not [sent.problem for sent in result.signals if sent.problem]


def test_a_payload_is_plain_data_of_the_declared_and_the_documented_shape(
    bundle: BundleFactory,
) -> None:
    made = bundle(members=DOMAIN_SIGNALS, models=DOCUMENT)
    documents = drawn(payloads("document_submitted", made), 40)
    assert all(set(document) == {"document_ref", "pages"} for document in documents)
    assert all(json.loads(json.dumps(document)) == document for document in documents)
    assert len({document["document_ref"] for document in documents}) > 3
    events = drawn(payloads("data_submitted", made))
    assert all({"event_id", "kind", "data", "received_at"} <= event.keys() for event in events)


def test_a_signal_may_be_given_as_its_handler(bundle: BundleFactory) -> None:
    workflow_class, _ = load_runbook(bundle(members=DOMAIN_SIGNALS, models=DOCUMENT))
    by_handler = payloads(workflow_class.document_submitted)  # type: ignore[attr-defined]
    by_name = payloads("document_submitted", workflow_class)
    assert simplest(by_handler) == simplest(by_name) == {"document_ref": "auto-mock", "pages": 1}
    data = drawn(payloads(workflow_class.take))  # type: ignore[attr-defined]
    assert all("event_id" in event for event in data)


def test_a_handler_without_a_parameter_is_sent_nothing(bundle: BundleFactory) -> None:
    assert drawn(payloads("closed", bundle(members=DOMAIN_SIGNALS, models=DOCUMENT))) == [None]


@pytest.mark.parametrize("table", [APPROVED, REJECTED], ids=["approved", "rejected"])
def test_a_decision_is_spelt_in_each_dialect_alone(table: Any) -> None:
    for spelling in table.values():
        others = {"kind", "type", "action"} - set(spelling)
        assert is_drawn(
            decisions(),
            lambda action, spelling=spelling, others=others: (
                spelling.items() <= action.items() and not others & set(action)
            ),
        )


@pytest.mark.parametrize(
    "wanted",
    [
        lambda action: action.get("kind") == "row_action" and "rowId" in action,
        lambda action: action.get("kind") == "row_action" and "row_id" in action.get("payload", {}),
        lambda action: action.get("type") == "rejected" and "corrections" in action,
        lambda action: action == {},
    ],
    ids=["flat row action", "nested row action", "decision", "junk"],
)
def test_a_user_action_is_all_that_comes_at_a_review(wanted: Any) -> None:
    assert is_drawn(payloads("user_action"), wanted)


def test_an_unknown_signal_is_told_with_those_there_are(bundle: BundleFactory) -> None:
    made = bundle(members=DOMAIN_SIGNALS, models=DOCUMENT)
    message = "handles no signal `document_sent`; it has: closed, data_submitted, document_sub"
    with pytest.raises(ValueError, match=message):
        payloads("document_sent", made)


def test_a_name_needs_its_bundle() -> None:
    with pytest.raises(ValueError, match=r"payloads\('closed'\) needs the bundle"):
        payloads("closed")
