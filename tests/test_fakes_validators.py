"""Fakes for types whose own validators refuse the first guess."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Union

import pytest
from pydantic import (
    AfterValidator,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    RootModel,
    Tag,
    ValidationInfo,
    WrapValidator,
    field_validator,
    model_validator,
)

from ntro_testkit.fakes import generate_fake


def _iban_is_valid(text: str) -> str:
    turned = text[4:] + text[:4]
    if not text.isalnum() or int("".join(str(int(char, 36)) for char in turned)) % 97 != 1:
        raise ValueError("not an IBAN")
    return text


def _one_of(*allowed: str) -> AfterValidator:
    def check(text: str) -> str:
        if text not in allowed:
            raise ValueError("unknown")
        return text

    return AfterValidator(check)


class Payment(BaseModel):
    payer_iban: Annotated[str, AfterValidator(_iban_is_valid)]
    invoice_currency: Annotated[str, _one_of("USD", "EUR")]
    country: Annotated[str, _one_of("DE")]
    booked_on: Annotated[str, AfterValidator(lambda text: date.fromisoformat(text).isoformat())]


def test_field_names_say_what_a_refused_text_could_be() -> None:
    payment = generate_fake(Payment)
    assert payment.invoice_currency == "EUR"
    assert payment.country == "DE"
    assert payment.booked_on == "2026-01-01"
    assert payment.payer_iban == "DE89370400440532013000"


class Span(BaseModel):
    start: date
    end: date

    @model_validator(mode="after")
    def _ordered(self) -> "Span":
        if self.start >= self.end:
            raise ValueError("start must be before end")
        return self


def test_a_model_that_compares_fields_gets_different_ones() -> None:
    span = generate_fake(Span)
    assert span.start < span.end
    assert generate_fake(list[Span])[0] == span


class OneOfTwo(BaseModel):
    by_name: str | None = None
    by_code: str | None = None

    @model_validator(mode="after")
    def _one(self) -> "OneOfTwo":
        if (self.by_name is None) == (self.by_code is None):
            raise ValueError("exactly one")
        return self


def test_a_default_is_replaced_only_where_the_model_refuses_it() -> None:
    assert generate_fake(OneOfTwo) == OneOfTwo(by_name="auto-mock")


class Checked(BaseModel):
    model_config = ConfigDict(validate_default=True)
    name: str = Field("", min_length=3)


def test_a_default_that_is_illegal_is_replaced() -> None:
    assert generate_fake(Checked).name == "auto-mock"


class Balanced(BaseModel):
    total: Decimal
    lines: list[Decimal]

    @model_validator(mode="after")
    def _balanced(self) -> "Balanced":
        if self.total == 0 or sum(self.lines) != self.total:
            raise ValueError("unbalanced")
        return self


def test_two_fields_are_changed_together_when_one_is_not_enough() -> None:
    balanced = generate_fake(Balanced)
    assert balanced.total == sum(balanced.lines)


class Neighbours(BaseModel):
    country: str
    currency: str
    password: str
    confirmed: str

    @field_validator("country", "currency")
    @classmethod
    def _known(cls, text: str, info: ValidationInfo) -> str:
        if text != {"country": "DE", "currency": "USD"}[info.field_name or ""]:
            raise ValueError("unknown")
        return text

    @field_validator("confirmed")
    @classmethod
    def _same(cls, text: str, info: ValidationInfo) -> str:
        if text != info.data["password"]:
            raise ValueError("they differ")
        return text


def test_validators_that_look_at_other_fields_are_met() -> None:
    fake = generate_fake(Neighbours)
    assert (fake.country, fake.currency, fake.confirmed) == ("DE", "USD", fake.password)


class FromMapping(BaseModel):
    number: int

    @model_validator(mode="before")
    @classmethod
    def _takes_a_mapping(cls, data: Any) -> Any:
        return {"number": data["number"]}


class Holder(BaseModel):
    one: FromMapping
    many: list[FromMapping]


def test_before_validators_see_what_json_would_give_them() -> None:
    assert generate_fake(Holder).many == [FromMapping(number=0)]


@dataclasses.dataclass
class NotZero:
    number: int

    def __post_init__(self) -> None:
        if self.number == 0:
            raise ValueError("zero")


class NotEmpty(RootModel[dict[str, int]]):
    @model_validator(mode="after")
    def _not_empty(self) -> "NotEmpty":
        if not self.root:
            raise ValueError("empty")
        return self


class Twins(BaseModel):
    lines: list[FromMapping] = Field(min_length=2)

    @field_validator("lines")
    @classmethod
    def _different(cls, lines: list[FromMapping]) -> list[FromMapping]:
        if lines[0] == lines[1]:
            raise ValueError("equal")
        return lines


class Picky(BaseModel):
    choice: int | str

    @field_validator("choice")
    @classmethod
    def _text(cls, value: int | str) -> int | str:
        if isinstance(value, int):
            raise TypeError("a text, please")
        return value


class Raw(BaseModel):
    data: dict[str, int]
    amount: int = Field(validation_alias=AliasPath("data", "amount"))


def _kind(value: Any) -> str:
    return "number" if isinstance(value, int) else "text"


@pytest.mark.parametrize(
    "annotation, expected",
    [
        (NotZero, NotZero(1)),
        (NotEmpty, NotEmpty({"auto-mock": 0})),
        (Twins, Twins(lines=[FromMapping(number=0), FromMapping(number=1)])),
        (Picky, Picky(choice="auto-mock")),
        (Raw, Raw.model_validate({"data": {"amount": 0}})),
        (Annotated[int, PlainValidator(lambda value: int(value))], 0),
        (Annotated[int, BeforeValidator(lambda text: int(text.strip()))], 1),
        (Annotated[int, WrapValidator(lambda value, handler: handler(value))], 0),
        (Annotated[Decimal, BeforeValidator(lambda text: text.replace(",", ""))], Decimal(0)),
        (Annotated[str, AfterValidator(lambda text: text + "!")], "auto-mock!"),
        (Annotated[int | str, Field(gt=3)], 5),
        (
            Annotated[
                Union[Annotated[int, Tag("number")], Annotated[str, Tag("text")]],  # noqa: UP007
                Discriminator(_kind),
            ],
            0,
        ),
    ],
)
def test_validators_of_each_sort_are_met(annotation: Any, expected: Any) -> None:
    assert generate_fake(annotation) == expected
