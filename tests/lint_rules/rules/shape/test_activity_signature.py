"""Parameters and results of activities can be sent as they are annotated."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import Edit, planted, said
from tests.lint_rules.rules.shape.bundles import ACTIVITIES

CODE = "NTR427"
READ = "async def read_slip(payload: ReadSlipInput) -> Slip:"
HEAD = "from ntro.workflow import WorkflowError, activity\n"


def signature(text: str, *imports: str) -> tuple[Edit, Edit]:
    head = "".join(f"{line}\n" for line in imports)
    return (ACTIVITIES, READ, text), (ACTIVITIES, HEAD, head + HEAD)


@pytest.mark.parametrize(
    "text, words, severity",
    [
        ("async def read_slip(payload) -> Slip:", "`payload` of `read_slip` is not", "warning"),
        ("async def read_slip(payload: ReadSlipInput):", "the result of `read_slip`", "warning"),
        (READ.replace("async ", ""), "`read_slip` is not async", "warning"),
        (READ.replace(") ->", ", *, deep: bool) ->"), "`deep` is keyword-only", "error"),
        (READ.replace(") ->", ", *, deep: bool = True) ->"), "`deep` is keyword-only", "error"),
        (READ.replace(") ->", ", *more: int) ->"), "`*more` makes", "warning"),
        (READ.replace(") ->", ", **more: int) ->"), "`**more` makes", "warning"),
    ],
)
def test_what_worker_and_converter_cannot_do_with_a_signature(
    text: str, words: str, severity: str
) -> None:
    [found] = planted(CODE, *signature(text))
    assert said([found]) == ["activities.py:13 NTR427"]
    assert words in found.message
    assert found.severity == severity


def test_every_parameter_is_looked_at() -> None:
    found = planted(CODE, *signature("async def read_slip(payload, page) -> Slip:"))
    assert [f.place.column for f in found] == [21, 30]


def test_a_generator_is_no_activity() -> None:
    body = "    if document is None:\n"
    found = planted(CODE, (ACTIVITIES, body, f"    yield 1\n{body}"))
    assert ["yields" in f.message for f in found] == [True]


@pytest.mark.parametrize(
    "annotation, imports, word",
    [
        ("Callable[[], int]", "from collections.abc import Callable", "`collections.abc.Callable`"),
        ("Callable", "from typing import Callable", "a function"),
        ("Callable[..., int]", "from typing import Callable", "a function"),
        ("AsyncIterator[int]", "from collections.abc import AsyncIterator", "AsyncIterator`"),
        ("IO[str]", "from typing import IO", "an open file"),
        ("threading.Lock", "import threading", "`threading.Lock`"),
        ("asyncio.Lock | None", "import asyncio", "`asyncio.Lock`"),
        ("Exception", "", "`Exception`"),
        ("sqlite3.Connection", "import sqlite3", "`sqlite3.Connection`"),
        ("httpx.AsyncClient", "import httpx", "`httpx.AsyncClient`"),
        ("Reader", "class Reader:\n    pass", "`Reader`, a plain class,"),
    ],
)
def test_a_type_without_a_form_in_json_is_an_error_both_ways(
    annotation: str, imports: str, word: str
) -> None:
    for text, way in (
        (f"async def read_slip(payload: {annotation}) -> Slip:", "cannot be sent as `payload`"),
        (f"async def read_slip(payload: ReadSlipInput) -> {annotation}:", "`read_slip` fails"),
    ):
        [found] = planted(CODE, *signature(text, imports))
        assert word in found.message
        assert way in found.message
        assert found.severity == "error"


@pytest.mark.parametrize(
    "annotation, imports",
    [
        ("set[int]", ""),
        ("dict[str, Slip]", ""),
        ("Any", "from typing import Any"),
        ("object", ""),
        ("None", ""),
        ("bytes | None", ""),
        ("'Slip'", ""),
        ("Path", "from pathlib import Path"),
        ("Kind", "from enum import Enum\nclass Kind(Enum):\n    A = 1"),
        ("Row", "from typing import NamedTuple\nclass Row(NamedTuple):\n    a: int"),
        ("Row", "from typing import TypedDict\nclass Row(TypedDict):\n    a: int"),
        ("Row", "from dataclasses import dataclass\n@dataclass\nclass Row:\n    a: int"),
        ("Row", "from attrs import define\n@define\nclass Row:\n    a: int"),
        ("Row", "from elsewhere import Base\nclass Row(Base):\n    pass"),
        ("Row", "class Row:\n    def __get_pydantic_core_schema__(cls, *a): ..."),
        ("unknown", ""),
        ("unknown.Kind[int]", ""),
    ],
)
def test_what_has_a_form_or_may_have_one_is_fine(annotation: str, imports: str) -> None:
    text = f"async def read_slip(payload: {annotation}) -> {annotation}:"
    assert planted(CODE, *signature(text, imports)) == []


def test_an_activity_without_a_result_needs_no_annotation_of_one() -> None:
    body = "    if payload:\n        return None\n    return\n"
    activity = f"@activity.defn\nasync def note(payload: Slip):\n{body}"
    edit = (ACTIVITIES, HEAD, f"{HEAD}from .models import Slip\n\n\n{activity}")
    assert planted(CODE, edit) == []


def test_the_object_of_a_method_is_no_parameter_and_helpers_are_no_activities() -> None:
    note = "    async def note(self, payload: int) -> int:\n        return 1\n"
    method = f"class Slips:\n    @activity.defn\n{note}"
    helper = "def helper(payload, *more, **others): yield payload\n"
    assert planted(CODE, (ACTIVITIES, HEAD, f"{HEAD}\n\n{method}\n\n{helper}")) == []
