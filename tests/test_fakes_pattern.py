"""Texts for regular expressions."""

from typing import Annotated, Any

import pytest
from pydantic import ConfigDict, Field, TypeAdapter, create_model

from ntro_testkit.fakes import MockUnavailable, generate_fake
from ntro_testkit.fakes.plausible import PLAUSIBLE, plausible_texts

MATCHED = {
    r"^\d{4}-\d{2}$": "2026-01",
    r"^\d{4}-(0[1-9]|1[0-2])$": "2026-01",
    r"^\d{4}-\d{2}-\d{2}$": "2026-01-01",
    r"^[A-Z]{3}$": "EUR",
    r"^\d+$": "1",
    r"^[^@\s]+@[^@\s]+\.[a-z]+$": "auto-mock@example.com",
    r"^[a-z-]+$": "auto-mock",
    r"^https?://": "https://example.com/",
    r"^[0-9a-f]{64}$": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    r"^PO-\d{5}$": "PO-00000",
    r"^[^\W\d_]{4}-x+$": "AAAA-x",
    r"^(foo|bar)-(?:baz)?$": "foo-",
    r"^(?P<a>x)(?<b>y)\z": "xy",
    r"(?i)^ABC!$": "ABC!",
    r"^.{5}!$": "00000!",
    r"^\D\W\S!$": "A!0!",
    r"^a{2,}b+?c*?$": "aab",
    r"^ \s$": "  ",
    "^$": "",
}


@pytest.mark.parametrize("pattern", MATCHED)
def test_a_pattern_gives_a_plausible_text_or_else_the_plainest(pattern: str) -> None:
    assert generate_fake(Annotated[str, Field(pattern=pattern)]) == MATCHED[pattern]


@pytest.mark.parametrize(
    "pattern, shortest, longest",
    [
        ("^[a-f]+!$", 500, 500),
        (r"^\w+\.\w+!$", 20, 20),
        ("^(ab)+!$", 7, 8),
        ("^[A-Z]{2}[a-z]{2,9}!$", 9, 10),
        (r"^(?:\d{3}-)*\d!$", 10, 14),
    ],
)
def test_lengths_are_met_by_repeating(pattern: str, shortest: int, longest: int) -> None:
    constraints = Field(pattern=pattern, min_length=shortest, max_length=longest)
    assert shortest <= len(generate_fake(Annotated[str, constraints])) <= longest


def test_a_set_gets_different_matches() -> None:
    code = Annotated[str, Field(pattern=r"^Q\d{2}!$")]
    assert len(generate_fake(Annotated[set[code], Field(min_length=5)])) == 5


def test_the_field_name_decides_between_texts_that_match() -> None:
    text = Annotated[str, Field(pattern=r"^[A-Z0-9]{3,}$")]
    fields: dict[str, Any] = dict.fromkeys(["currency", "isin", "swiftCode"], (text, ...))
    fake = generate_fake(create_model("Model", **fields))
    assert fake.currency == "EUR"
    assert fake.isin == "US0378331005"
    assert fake.swiftCode == "DEUTDEFF"


def test_pythons_own_engine_is_honoured() -> None:
    config = ConfigDict(regex_engine="python-re")
    strong = Annotated[str, Field(pattern=r"^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])(?=.*\W).{8,}$")]
    model = create_model("Model", __config__=config, password=(strong, ...))
    assert generate_fake(model).password == "Auto-mock1!"


def test_a_construct_that_only_pythons_engine_knows_is_no_crash() -> None:
    config = ConfigDict(regex_engine="python-re")
    atomic = Annotated[str, Field(pattern="^x(?>y)*z!$", min_length=5)]
    with pytest.raises(MockUnavailable, match=r"`Model.code: str`"):
        generate_fake(create_model("Model", __config__=config, code=(atomic, ...)))


def test_plausible_texts_are_tried_once_each_likeliest_first() -> None:
    texts = list(plausible_texts("settlementCurrency"))
    assert texts[:2] == ["EUR", "USD"]
    assert sorted(texts) == sorted(PLAUSIBLE)


def test_published_numbers_carry_right_check_digits() -> None:
    def as_number(text: str) -> int:
        return int("".join(str(int(char, 36)) for char in text))

    iban, lei = "DE89370400440532013000", "5493001KJTIIGC8Y1R12"
    assert {iban, lei, "US0378331005"} <= PLAUSIBLE.keys()
    assert as_number(iban[4:] + iban[:4]) % 97 == 1
    assert as_number(lei) % 97 == 1
    digits = [int(digit) for digit in str(as_number("US0378331005"))][::-1]
    luhn = [digit if at % 2 == 0 else sum(divmod(2 * digit, 10)) for at, digit in enumerate(digits)]
    assert sum(luhn) % 10 == 0


def test_every_match_is_validated() -> None:
    for pattern, text in MATCHED.items():
        TypeAdapter(Annotated[str, Field(pattern=pattern)]).validate_python(text)
