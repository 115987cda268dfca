"""Other payloads are other, and still what their handler takes."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from ntro_testkit.checks.inputs.other_payloads import ADDRESS, MOST_VARIANTS, another, variants


class Kind(StrEnum):
    STATEMENT = "statement"
    INVOICE = "invoice"


class Submitted(BaseModel):
    document_ref: str
    filename: str
    tenant_slug: str
    pages: int = Field(ge=0, le=9)
    held: bool
    level: Literal["low", "high"]
    sort: Kind


SUBMITTED = st.builds(
    Submitted,
    document_ref=st.uuids().map(str) | st.text(max_size=8),
    filename=st.from_regex(r"[a-z]{1,8}\.(pdf|csv)", fullmatch=True),
    pages=st.integers(0, 9),
).map(lambda payload: payload.model_dump(mode="json"))

ANY_DICT = st.dictionaries(
    st.text(max_size=8) | st.sampled_from(sorted(ADDRESS)),
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just({}),
    max_size=6,
)


@settings(max_examples=30)
@given(SUBMITTED, st.integers(1, 400))
def test_another_document_fits_the_same_handler(payload: dict[str, Any], number: int) -> None:
    other = another(payload, number, Submitted)
    assert Submitted.model_validate(other).model_dump(mode="json") == other
    assert other["document_ref"] != payload["document_ref"]
    assert other["filename"].rpartition(".")[2] == payload["filename"].rpartition(".")[2]


@settings(max_examples=30)
@given(ANY_DICT, st.integers(1, 400))
def test_another_document_is_for_the_same_address(payload: dict[str, Any], number: int) -> None:
    other = another(payload, number, dict)
    assert list(other) == list(payload)
    assert {key: other[key] for key in ADDRESS & set(payload)} == {
        key: payload[key] for key in ADDRESS & set(payload)
    }


@settings(max_examples=30)
@given(ANY_DICT, st.lists(st.integers(1, 400), min_size=2, max_size=2, unique=True))
def test_documents_of_different_numbers_differ(payload: dict[str, Any], numbers: list[int]) -> None:
    payload["document_ref"] = "doc"
    first, second = (another(payload, number, dict) for number in numbers)
    assert first != second


@settings(max_examples=30)
@given(SUBMITTED)
def test_variants_are_different_payloads_that_fit(payload: dict[str, Any]) -> None:
    found = variants(payload, Submitted)
    assert found[0] == payload
    assert len({str(variant) for variant in found}) == len(found) <= MOST_VARIANTS
    for variant in found:
        Submitted.model_validate(variant)


def test_variants_try_every_value_of_a_field_that_has_few() -> None:
    payload = {
        "document_ref": str(uuid.UUID(int=1)),
        "filename": "a.pdf",
        "tenant_slug": "t",
        "pages": 1,
        "held": False,
        "level": "low",
        "sort": "statement",
    }
    found = variants(payload, Submitted)
    assert {variant["held"] for variant in found} == {False, True}
    assert {variant["level"] for variant in found} == {"low", "high"}
    assert {variant["sort"] for variant in found} == {"statement", "invoice"}


def test_a_reference_stays_a_uuid() -> None:
    reference = str(uuid.UUID(int=7))
    assert uuid.UUID(another({"document_ref": reference}, 3, dict)["document_ref"])


def test_a_payload_that_is_no_mapping_has_no_variants() -> None:
    assert variants(None, Any) == [None]
    assert another("approved", 3, Any) == "approved"
