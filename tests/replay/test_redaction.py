"""Redaction replaces what comes into a run; the run and its history see the same."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass, replace

import pytest
from pydantic import BaseModel, Field

pytest.importorskip("temporalio", reason="histories need temporalio")

from ntro_testkit import HAPPY, StandIn, WorkflowHarness
from ntro_testkit.fakes import generate_fake
from ntro_testkit.history.history import History
from ntro_testkit.replay.recording.redaction import Redaction, RedactionError
from tests.conftest import BundleFactory


class Person(BaseModel):
    name: str
    iban: str = Field(pattern=r"^[A-Z]{2}\d{4}$")


class Payment(BaseModel):
    payee: Person
    note: str
    copies: list[Person] = []
    loose: dict[str, object] = {}


@dataclass(frozen=True)
class Held:
    person: Person
    amount: int


ANN = Person(name="Ann Secret", iban="XX9999")


def test_a_model_is_replaced_wherever_it_stands() -> None:
    payment = Payment(payee=ANN, note="rent", copies=[ANN], loose={"held": Held(ANN, 3)})
    redacted = Redaction(["Person"])(payment)
    assert "Ann Secret" not in redacted.model_dump_json()
    assert redacted.note == "rent"
    assert redacted.payee == redacted.copies[0] == generate_fake(Person)
    assert redacted.loose["held"] == replace(Held(ANN, 3), person=generate_fake(Person))
    assert payment.payee is ANN


def test_a_field_is_replaced_by_a_value_that_meets_its_constraints() -> None:
    redacted = Redaction(["Person.iban"])(ANN)
    assert redacted.name == "Ann Secret"
    assert redacted.iban != "XX9999"
    assert Person.model_validate(redacted.model_dump()) == redacted


def test_a_value_without_anything_to_redact_is_the_very_same() -> None:
    value = {"list": [Payment(payee=ANN, note="")], "tuple": (1, "a")}
    assert Redaction(["Other"])(value) is value


def test_a_name_that_nothing_had_is_refused_with_the_nearest() -> None:
    redaction = Redaction(["Persn"])
    redaction(ANN)
    with pytest.raises(RedactionError, match=r"`Persn`.*did you mean `Person`\?"):
        redaction.check_names()


MODELS = """
class Person(BaseModel):
    name: str


class Letter(BaseModel):
    to: Person
    pages: int
"""

ACTIVITIES = """
@activity.defn
async def look_up(number: int) -> Person: ...


@activity.defn
async def send(letter: Letter) -> bool: ...
"""

RUN = """
self.people = []
found = await do(activities.look_up, ctx.pages)
from ntro.workflow._base import _resolve_workflow_class
child = _resolve_workflow_class("registry")
answer = await runbook.execute_child_workflow(child, ctx, id="registry")
await self.await_signal_with_action(
    predicate=lambda: bool(self.people), action=asks_for("person", runbook.info().workflow_id)
)
await do(activities.send, Letter(to=found, pages=len(ctx.to.name)))
return f"{found.name} {ctx.to.name} {self.people[0].name}"
"""

MEMBERS = """
@runbook.signal
def person(self, event: Person) -> None:
    self.people.append(event)
"""


def payloads(history: History) -> str:
    """Return all data of a history as text."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, dict):
            if "data" in value and "metadata" in value:
                found.append(b64decode(value["data"]).decode())
            for member in value.values():
                collect(member)
        elif isinstance(value, list):
            for member in value:
                collect(member)

    collect(list(history.events))
    return "\n".join(found)


@pytest.mark.parametrize("backend", ["local", "sdk"])
def test_nothing_of_a_redacted_type_reaches_a_history(bundle: BundleFactory, backend: str) -> None:
    written = bundle(
        run=RUN, members=MEMBERS, takes="ctx: Letter", models=MODELS, activities=ACTIVITIES
    )
    scenario = replace(HAPPY, extra_signal_payloads={"person": {"name": "Signal Secret"}})
    with WorkflowHarness(
        written,
        child_workflows=[StandIn("registry", happy={"pages": 1})],
        mocks={"look_up": {"name": "Result Secret"}},
        record_histories=True,
        redact=Redaction(["Person"]),
        backend=backend,
    ) as harness:
        given = {"to": {"name": "Input Secret"}, "pages": 77}
        result = harness.run_sync(input=given, scenario=scenario)
    assert result.status == "completed", result.error
    [history] = result.histories
    assert "Secret" not in json.dumps(payloads(history))
    assert "77" in payloads(history)
    assert "Secret" not in result.result
