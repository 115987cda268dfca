"""Data classes are read as pydantic reads them."""

from __future__ import annotations

import pytest

from lint_rules.program import ProjectClass
from lint_rules.runbook_code.models import Model
from tests.lint_rules.contracts import contracts

HEAD = """
from __future__ import annotations
from dataclasses import dataclass, field
from typing import Annotated, ClassVar
from pydantic import BaseModel, ConfigDict, Field
from ntro.events import ObservableResult
from temporalio import workflow

@workflow.defn
class A: ...
"""


def model(text: str) -> Model | None:
    """Return the last class of a module as a model."""
    files = {"nav/runbook.md": "---\n", "nav/templates/workflow.py": f"{HEAD}\n{text}\n"}
    contract = contracts(files)["nav"]
    last = contract.program.modules["templates.workflow"].facts.classes[-1]
    return contract.model(ProjectClass("templates.workflow", last.number))


def known(text: str) -> Model:
    found = model(text)
    assert found is not None
    return found


FIELDS = """
class M(BaseModel):
    model_config = ConfigDict(frozen=True)
    shared: ClassVar[int] = 1
    _private: int = 2
    plain: str
    given: str = "x"
    optional: str | None
    factory: list[int] = Field(default_factory=list)
    must: int = Field(..., ge=0)
    also_must: int = Field(ge=0)
    with_default: int = Field(3)
    annotated: Annotated[int, Field(ge=0)]
    annotated_default: Annotated[int, Field(default=1)]
    aliased: int = Field(alias="theName")
    untyped = 3

    def method(self): ...
"""


def test_fields_without_a_default_are_required() -> None:
    found = known(FIELDS)
    assert [f.name for f in found.required] == [
        "plain",
        "optional",
        "must",
        "also_must",
        "annotated",
        "aliased",
    ]
    assert {"given", "factory", "with_default", "annotated_default"} <= set(found.fields)
    assert not {"shared", "_private", "model_config", "untyped", "method"} & set(found.fields)


def test_fields_of_bases_count_and_those_of_the_class_hide_them() -> None:
    found = known(
        "class Base(BaseModel):\n  a: int\n  b: int\nclass M(Base):\n  b: int = 1\n  c: int"
    )
    assert [f.name for f in found.required] == ["a", "c"]
    assert found.complete


@pytest.mark.parametrize(
    ("text", "keyword", "accepted"),
    [
        ("class M(BaseModel):\n  a: int", "a", True),
        ("class M(BaseModel):\n  a: int", "b", False),
        ("class M(ObservableResult):\n  a: int", "b", False),
        ("class M(BaseModel, extra='allow'):\n  a: int", "b", True),
        ("class M(BaseModel):\n  model_config = ConfigDict(extra='allow')\n  a: int", "b", True),
        ("class M(BaseModel):\n  a: int = Field(alias='b')", "b", True),
        ("@dataclass\nclass M:\n  a: int", "b", False),
    ],
)
def test_a_keyword_reaches_a_field_by_its_name_its_alias_or_an_open_model(
    text: str, keyword: str, accepted: bool
) -> None:
    assert known(text).accepts(keyword) is accepted


@pytest.mark.parametrize(
    ("text", "extra"),
    [
        ("class M(BaseModel): ...", "ignore"),
        ("class M(BaseModel, extra='forbid'): ...", "forbid"),
        ("class B(BaseModel, extra='forbid'): ...\nclass M(B): ...", "forbid"),
        ("@dataclass\nclass M: ...", "forbid"),
    ],
)
def test_what_becomes_of_other_keywords_is_what_the_class_says(text: str, extra: str) -> None:
    assert known(text).extra == extra


@pytest.mark.parametrize(
    "text", ["class M: ...", "class M(dict): ...", "class M(unknown, BaseModel): ..."]
)
def test_other_classes_are_no_models(text: str) -> None:
    assert model(text) is None
