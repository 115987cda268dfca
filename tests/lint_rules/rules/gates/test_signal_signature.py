"""NTR308: a signal handler that cannot take the payload sent to it."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.gates.parts import HANDLER, MODELS, WORKFLOW

HEAD = "def document_submitted(self, event: DocumentSubmitted) -> None:"
LAST = "    content_type: str\n"


def signed(head: str) -> list[Finding]:
    return planted("NTR308", (WORKFLOW, HANDLER, HANDLER.replace(HEAD, head)))


BAD = {
    "no payload": ("def document_submitted(self) -> None:", "takes no payload", "warning"),
    "two payloads": (
        "def document_submitted(self, event: dict, source: str) -> None:",
        "needs 2 arguments and gets one",
        "error",
    ),
    "two of three": (
        "async def document_submitted(self, event, source, filename='') -> None:",
        "needs 2 arguments",
        "error",
    ),
    "a keyword": (
        "def document_submitted(self, *, event: dict) -> None:",
        "by keyword only",
        "error",
    ),
    "a payload and a keyword": (
        "def document_submitted(self, event: dict, *, source: str) -> None:",
        "needs 2 arguments",
        "error",
    ),
}


@pytest.mark.parametrize(("head", "message", "severity"), BAD.values(), ids=BAD)
def test_a_signature_that_cannot_take_one_payload_is_reported(
    head: str, message: str, severity: str
) -> None:
    [found] = signed(head)
    assert (found.place.line, found.severity) == (33, severity)
    assert message in found.message


@pytest.mark.parametrize(
    "head",
    [
        "async def document_submitted(self, event: DocumentSubmitted) -> None:",
        "def document_submitted(self, event: dict[str, Any]) -> None:",
        "def document_submitted(self, event) -> None:",
        "def document_submitted(self, event: DocumentSubmitted, source: str = '') -> None:",
        "def document_submitted(self, *events: DocumentSubmitted) -> None:",
        "def document_submitted(self, event: DocumentSubmitted, **rest: Any) -> None:",
        "def document_submitted(self, event: DocumentSubmitted | None = None) -> None:",
        "def document_submitted(self, event: Payload) -> None:",
    ],
)
def test_a_signature_that_takes_one_payload_is_left_alone(head: str) -> None:
    assert signed(head) == []


@pytest.mark.parametrize("annotation", ["str", "list[str]", "UUID", "str | None"])
def test_a_type_that_takes_no_object_is_reported(annotation: str) -> None:
    head = f"def document_submitted(self, event: {annotation}) -> None:"
    text = HANDLER.replace(HEAD, head)
    uuid = (WORKFLOW, "from datetime", "from uuid import UUID\nfrom datetime")
    [found] = planted("NTR308", (WORKFLOW, HANDLER, text), uuid)
    assert found.severity == "error"
    assert "brings an object, which this type refuses" in found.message
    assert "document_ref" in (found.alternative or "")


def test_a_handler_that_nothing_advertises_may_be_sent_anything() -> None:
    other = "\n    @runbook.signal\n    def close(self) -> None:\n        self._closed = True\n"
    both = (
        "\n    @runbook.signal\n    def note(self, a: str, b: str) -> None:\n        self._n = a\n"
    )
    assert planted("NTR308", (WORKFLOW, HANDLER, HANDLER + other + both)) == []


def test_an_advertised_handler_of_another_name_is_looked_at() -> None:
    renamed = HANDLER.replace("document_submitted", "slip_sent").replace(
        "self, event: DocumentSubmitted", "self"
    )
    found = planted(
        "NTR308",
        (WORKFLOW, HANDLER, renamed),
        (WORKFLOW, '"signal_name": "document_submitted"', '"signal_name": "slip_sent"'),
    )
    assert [f.message for f in found] == [
        "the handler of `slip_sent` takes no payload: what the signal brings is lost"
    ]


def test_a_required_field_that_is_never_sent_is_reported_in_the_model() -> None:
    found = planted("NTR3", (MODELS, LAST, LAST + "    page_count: int\n"))
    assert said(found) == ["models.py:29 NTR308"]
    assert "never brings `page_count`" in found[0].message
    assert found[0].severity == "error"


def test_a_model_that_forbids_what_is_sent_is_reported() -> None:
    config = LAST + '    model_config = ConfigDict(extra="forbid")\n'
    without = (MODELS, "    filename: str\n", "")
    found = planted("NTR308", (MODELS, LAST, config), without)
    assert [f.message for f in found] == [
        "`DocumentSubmitted` forbids `filename`, which `document_submitted` brings:"
        " the signal is dropped, and the gate stays open"
    ]
    assert planted("NTR308", (MODELS, LAST, config)) == []


def test_the_payload_of_data_submitted_is_known_too() -> None:
    renamed = HANDLER.replace("document_submitted", "data_submitted")
    found = planted(
        "NTR308",
        (WORKFLOW, HANDLER, renamed),
        (WORKFLOW, '"signal_name": "document_submitted"', '"signal_name": "data_submitted"'),
    )
    assert "never brings `document_ref`" in found[0].message


FIELDS = [
    "    page_count: int = 0\n",
    "    page_count: int | None = Field(default=None)\n",
    "    pages: list[str] = Field(default_factory=list)\n",
    '    name: str = Field(alias="filename")\n',
    "    COUNT: ClassVar[int]\n",
    '    page_count: int\n\n    @model_validator(mode="before")\n'
    "    def count(cls, data): return {**data, 'page_count': 1}\n",
]


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_can_be_filled_is_left_alone(field: str) -> None:
    head = (
        MODELS,
        "from pydantic import BaseModel, Field\n",
        "from typing import ClassVar\nfrom pydantic import BaseModel, Field, model_validator\n",
    )
    assert planted("NTR308", (MODELS, LAST, LAST + field), head) == []


def test_a_model_with_an_unknown_base_is_left_alone() -> None:
    edit = (MODELS, "class DocumentSubmitted(BaseModel):", "class DocumentSubmitted(Base):")
    assert planted("NTR308", edit, (MODELS, LAST, LAST + "    page_count: int\n")) == []
