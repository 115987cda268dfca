"""What is said of arguments is what the data converter of the worker does with them."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from temporalio.contrib.pydantic import pydantic_data_converter

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.shape.bundles import ACTIVITIES, MODELS, imported, in_run

HEAD = """\
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID
from pydantic import BaseModel, Field
"""
OWN = """\
class One(BaseModel):
    a: int


class Two(BaseModel):
    a: int
    b: str = ""


class Other(BaseModel):
    z: int


class Renamed(BaseModel):
    z: int = Field(alias="a")


class Strict(BaseModel, extra="forbid"):
    a: int


@dataclass
class Record:
    a: int


"""
ANNOTATIONS = (
    *("list[int]", "tuple[int, ...]", "set[int]", "Sequence[int]", "deque[int]", "dict[str, int]"),
    *("Mapping[str, int]", "str", "int", "float", "bool", "Decimal", "date", "UUID", "timedelta"),
    *("One", "Two", "Other", "Renamed", "Strict", "Record", "One | None", "'One'"),
)
VALUES = (
    *("[1]", "(1,)", "{1}", "[n for n in (1, 2)]", "{'a': 1}", "dict(a=1)", "{'z': 1}", "{}"),
    *("{n: 1 for n in 'ab'}", "'a'", "'5'", "5", "1.5", "True", "Decimal(1)", "str(5)"),
    *("One(a=1)", "Two(a=1)", "Other(z=1)", "Renamed(a=1)", "Strict(a=1)", "Record(a=1)"),
)
CERTAIN = {
    ("list[int]", "{'a': 1}"),
    ("list[int]", "'a'"),
    ("dict[str, int]", "[1]"),
    ("str", "One(a=1)"),
    ("str", "[1]"),
    ("One", "[1]"),
    ("One", "'a'"),
    ("One", "{}"),
    ("One", "Other(z=1)"),
    ("Record", "{'z': 1}"),
    ("Strict", "Two(a=1)"),
    ("Strict", "{}"),
}
"""Some of what must be found, so that silence is not enough."""


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    found: dict[str, Any] = {"__name__": "own"}
    exec(compile(HEAD + OWN, "own.py", "exec", dont_inherit=True), found)
    return found


def is_refused(names: dict[str, Any], annotation: str, value: str) -> bool:
    converter = pydantic_data_converter.payload_converter
    payload = converter.to_payload(eval(value, names))
    try:
        converter.from_payload(payload, eval(annotation.strip("'"), names))
    except (ValueError, RuntimeError):
        return True
    return False


@pytest.mark.parametrize("annotation", ANNOTATIONS)
def test_an_argument_that_is_reported_is_refused_by_the_converter(
    names: dict[str, Any], annotation: str
) -> None:
    kinds = "from .models import One, Other, Record, Renamed, Strict, Two"
    take = f"@activity.defn\nasync def take(payload: {annotation}) -> None: ...\n\n\n"
    first = '@activity.defn(name="petty_cash.read_slip")\n'
    calls = [
        f"await runbook.execute_activity(take, {value}, start_to_close_timeout=ATTEMPT)"
        for value in VALUES
    ]
    found = planted(
        "NTR428",
        (MODELS, "class PettyCashContext", f"{HEAD}{OWN}class PettyCashContext"),
        (ACTIVITIES, first, f"{HEAD}{kinds}\n\n\n{take}{first}"),
        imported(f"from decimal import Decimal\n{kinds}\nfrom .activities import take"),
        in_run(*calls),
    )
    reported = {VALUES[each.place.line - 110] for each in found}
    assert {value for a, value in CERTAIN if a == annotation} <= reported
    for value in reported:
        assert is_refused(names, annotation, value), value


def test_the_sample_of_what_must_be_found_is_refused_too(names: dict[str, Any]) -> None:
    assert set(product(ANNOTATIONS, VALUES)) >= CERTAIN
    for annotation, value in CERTAIN:
        assert is_refused(names, annotation, value), (annotation, value)
