"""What is drawn for a type is legal, travels as JSON, and shrinks towards the fake."""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest

pytest.importorskip("hypothesis", reason="the strategies need hypothesis")
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationInfo,
    field_validator,
    model_validator,
)

from ntro_testkit.fakes import MockUnavailable, generate_fake
from ntro_testkit.strategies.values import values
from tests.strategies.drawing import STABLE, drawn, is_drawn, simplest
from tests.test_fakes_properties import TYPES


@given(TYPES, st.data())
@settings(
    STABLE,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_whatever_can_be_faked_can_be_drawn_and_is_legal(annotation: Any, data: Any) -> None:
    adapter = TypeAdapter(annotation)
    strategy = values(annotation)
    for _ in range(3):
        value = data.draw(strategy)
        assert adapter.validate_python(value) == value
        assert adapter.validate_json(adapter.dump_json(value, by_alias=True)) == value


class Unit(StrEnum):
    DAY = "day"
    MONTH = "month"


class Bank(BaseModel):
    kind: Literal["bank"] = "bank"
    iban: str = Field(pattern=r"^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$")


class Cash(BaseModel):
    kind: Literal["cash"]
    box: int = Field(ge=1, le=9)


class Node(BaseModel):
    name: str = Field(min_length=1, max_length=5)
    children: list[Node] = []


class Everything(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: UUID
    amount: Decimal = Field(ge=0, max_digits=8, decimal_places=2)
    rate: float = Field(gt=0, lt=1)
    day: datetime.date = Field(ge=datetime.date(2026, 1, 1), le=datetime.date(2026, 12, 31))
    at: datetime.datetime
    unit: Unit
    account: Annotated[Bank | Cash, Field(discriminator="kind")]
    tree: Node
    tags: set[str] = Field(min_length=1)
    note: str | None
    limits: dict[str, int] = {}
    callback: object = None


class Period(BaseModel):
    """Its month has an author's validator, its two days one for both."""

    month: str = Field(pattern=r"^\d{4}-\d{2}$")
    first: datetime.date
    last: datetime.date

    @field_validator("month")
    @classmethod
    def a_month_of_the_year(cls, month: str) -> str:
        if not 1 <= int(month[5:]) <= 12:
            raise ValueError("no such month")
        return month

    @model_validator(mode="after")
    def first_comes_first(self) -> Period:
        if self.last < self.first:
            raise ValueError("the last day is before the first")
        return self


class Narrow(BaseModel):
    """What is hardly ever drawn by chance."""

    check: int

    @field_validator("check")
    @classmethod
    def one_number(cls, check: int) -> int:
        if check != 2026:
            raise ValueError("only 2026")
        return check


class Related(BaseModel):
    """A validator that looks at the fields before it."""

    low: int = Field(ge=0, le=100)
    high: int = Field(ge=0, le=100)

    @field_validator("high")
    @classmethod
    def above_low(cls, high: int, info: ValidationInfo) -> int:
        if high < info.data.get("low", 0):
            raise ValueError("below `low`")
        return high


@pytest.mark.parametrize("model", [Everything, Period, Narrow, Related, Node])
def test_every_value_of_a_model_is_legal_and_no_draw_is_thrown_away(model: type[BaseModel]) -> None:
    examples = drawn(values(model), 20)
    assert len(examples) == 20 or model is Narrow
    for value in examples:
        assert model.model_validate_json(value.model_dump_json()) == value


class Slip(BaseModel):
    payee: str = Field(min_length=1)
    amount: Decimal
    booked_on: datetime.date | None


@pytest.mark.parametrize("model", [Slip, Period, Narrow, Related, Node])
def test_the_minimal_value_is_the_fake(model: type[BaseModel]) -> None:
    assert simplest(values(model)) == generate_fake(model)


def test_a_minimal_example_differs_from_the_fake_only_where_it_must() -> None:
    found = simplest(values(Slip), lambda value: value.amount > 500)
    fake = generate_fake(Slip)
    assert 500 < found.amount <= 501
    assert found.model_copy(update={"amount": fake.amount}) == fake


def test_every_member_of_a_union_and_every_optional_is_drawn() -> None:
    strategy = values(Everything)
    for wanted in (
        lambda value: isinstance(value.account, Bank),
        lambda value: isinstance(value.account, Cash),
        lambda value: value.note is None,
        lambda value: value.note,
        lambda value: value.unit is Unit.MONTH,
        lambda value: value.tree.children,
    ):
        assert is_drawn(strategy, wanted)


def test_fields_with_a_validator_of_the_authors_still_vary() -> None:
    assert len({value.month for value in drawn(values(Period), 60)}) > 5


def test_a_type_without_a_value_is_refused_with_the_field() -> None:
    class Impossible(BaseModel):
        amount: int = Field(gt=3, lt=4)

    with pytest.raises(MockUnavailable, match=r"Impossible\.amount"):
        values(Impossible)


def test_an_optional_field_without_a_value_is_left_out() -> None:
    class Careful(BaseModel):
        amount: int
        spare: Annotated[int, Field(gt=3, lt=4)] | None = None

    assert all(value.spare is None for value in drawn(values(Careful)))


def test_a_member_of_a_union_without_a_value_is_left_out() -> None:
    class Choosy(BaseModel):
        amount: Annotated[int, Field(gt=3, lt=4)] | None
        other: Annotated[int, Field(gt=3, lt=4)] | str

    examples = drawn(values(Choosy))
    assert {value.amount for value in examples} == {None}
    assert {type(value.other) for value in examples} == {str}
