"""What is sent to a child in another bundle is held against its Context."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import said
from tests.lint_rules.rules.shape.bundles import (
    ARCHIVE_MODELS,
    ARCHIVE_WORKFLOW,
    MODELS,
    archive,
    imported,
    in_class,
    in_quiet,
    in_run,
    with_archive,
)

OWN = """\
class ArchiveInput(BaseModel):
    tenant_id: UUID
    period: str


class Nameless(BaseModel):
    tenant_id: UUID


class Renamed(BaseModel):
    tenant_id: UUID
    month: str = Field(alias="period")


class Tagged(ArchiveInput):
    tags: str


class Wide(ArchiveInput):
    period_end: str


class Open(BaseModel, extra="allow"):
    tenant_id: UUID


class PettyCashResult(BaseModel):
"""
EDITS = (
    (MODELS, "class PettyCashResult(BaseModel):\n", OWN),
    imported("from .models import ArchiveInput, Nameless, Open, Renamed, Tagged, Wide"),
)


def start(given: str, how: str = "input") -> str:
    method = "run_child_workflow" if how == "input" else "run_child_workflows"
    return f'await self.{method}(slug="slip-archive", {how}={given})'


@pytest.mark.parametrize(
    "given, word",
    [
        ("[ctx]", "a list"),
        ("(ctx,)", "a tuple"),
        ("{slip.payee}", "a set"),
        ("ctx.period", "a `str`"),
        ("'2026-03'", "a `str`"),
        ("f'{ctx.period}'", "a `str`"),
        ("5", "a `int`"),
        ("None", "None"),
        ("self._uploads", "a list"),
    ],
)
def test_an_input_that_is_no_model_and_no_dict_is_an_error(given: str, word: str) -> None:
    [found] = with_archive("NTR423", in_run(start(given)))
    assert said([found]) == ["workflow.py:107 NTR423"]
    assert found.severity == "error"
    assert "`slip-archive` takes `ArchiveContext`" in found.message
    assert word in found.message
    assert in_quiet("NTR424", in_run(start(given))) == []


@pytest.mark.parametrize(
    "given", ["ctx", "slip", "{}", "dict(a=1)", "ctx.unknown", "self.anything()", "ctx.limit or {}"]
)
def test_an_input_that_may_be_an_object_is_of_the_right_type(given: str) -> None:
    assert in_quiet("NTR423", in_run(start(given))) == []


@pytest.mark.parametrize(
    "annotation",
    ["ArchiveContext | None", "Any", "dict[str, Any] | ArchiveContext", "'Archive' 'Context'"],
)
def test_a_child_that_may_take_something_else_is_not_judged(annotation: str) -> None:
    text = ARCHIVE_WORKFLOW.replace("ctx: ArchiveContext", f"ctx: {annotation}")
    child = archive(workflow=f"from typing import Any\n{text}")
    assert with_archive("NTR423", in_run(start("None")), beside=child) == []


def test_a_child_with_a_default_takes_no_input() -> None:
    text = ARCHIVE_WORKFLOW.replace("ctx: ArchiveContext", "ctx: ArchiveContext = None")
    assert with_archive("NTR423", in_run(start("None")), beside=archive(workflow=text)) == []


@pytest.mark.parametrize(
    "given, names",
    [
        ("Nameless(tenant_id=ctx.tenant_id)", "`period`"),
        ("{'tenant_id': ctx.tenant_id}", "`period`"),
        ("dict(period=ctx.period)", "`tenant_id`"),
        ("{}", "`tenant_id` and `period`"),
        ("slip", "`tenant_id` and `period`"),
    ],
)
def test_a_required_field_that_is_not_sent_is_an_error(given: str, names: str) -> None:
    [found] = with_archive("NTR424", *EDITS, in_run(start(given)))
    assert said([found]) == ["workflow.py:108 NTR424"]
    assert found.severity == "error"
    assert f"needs {names}" in found.message


def test_every_input_of_several_children_is_looked_at() -> None:
    given = "[ArchiveInput(tenant_id=ctx.tenant_id, period=ctx.period), Nameless(tenant_id=1)]"
    [found] = with_archive("NTR424", *EDITS, in_run(start(given, "inputs")))
    assert "`Nameless`" in found.message
    made = start("[Nameless(tenant_id=u.source) for u in self._uploads]", "inputs")
    assert len(with_archive("NTR424", *EDITS, in_run(made))) == 1


def test_a_helper_that_makes_the_input_is_followed_to_its_model() -> None:
    helper = in_class(
        "def _request(self, ctx: PettyCashContext) -> Nameless:",
        "    return Nameless(tenant_id=ctx.tenant_id)",
    )
    [found] = with_archive("NTR424", *EDITS, helper, in_run(start("self._request(ctx)")))
    assert "`Nameless`" in found.message


def test_a_value_that_a_field_cannot_be_is_an_error() -> None:
    given = "{'tenant_id': ctx.tenant_id, 'period': [ctx.period]}"
    [found] = with_archive("NTR424", in_run(start(given)))
    assert found.severity == "error"
    assert "`period` of `slip-archive` takes `str`, and is sent a list" in found.message
    tagged = start("Tagged(tenant_id=ctx.tenant_id, period=ctx.period, tags='a')")
    [found] = with_archive("NTR424", *EDITS, in_run(tagged))
    assert "`tags` of `slip-archive` takes `list`, and is sent `str`" in found.message


@pytest.mark.parametrize(
    "key, severity, alternative",
    [("copies_", "warning", "`copies`"), ("xyz", "info", "send no `xyz`")],
)
def test_a_field_that_the_child_does_not_have_is_dropped(
    key: str, severity: str, alternative: str
) -> None:
    given = f"{{'tenant_id': ctx.tenant_id, 'period': ctx.period, '{key}': 1}}"
    [found] = with_archive("NTR424", in_run(start(given)))
    assert f"has no field `{key}`: it is dropped" in found.message
    assert (found.severity, found.alternative) == (severity, alternative)


def test_a_field_that_the_child_does_not_have_is_refused_when_it_forbids_it() -> None:
    strict = ARCHIVE_MODELS.replace(
        "ArchiveContext(BaseModel)", 'ArchiveContext(BaseModel, extra="forbid")'
    )
    wide = start("Wide(tenant_id=ctx.tenant_id, period=ctx.period, period_end='')")
    [found] = with_archive("NTR424", *EDITS, in_run(wide), beside=archive(models=strict))
    assert found.severity == "error"
    assert "`period_end`: the run hangs" in found.message


@pytest.mark.parametrize(
    "given",
    [
        "ArchiveInput(tenant_id=ctx.tenant_id, period=ctx.period)",
        "Renamed(tenant_id=ctx.tenant_id, period=ctx.period)",
        "Open(tenant_id=ctx.tenant_id, period=ctx.period)",
        "{'tenant_id': ctx.tenant_id, 'period': ctx.period, 'owner': None}",
        "{'tenant_id': ctx.tenant_id, 'period': ctx.period, 'owner': {'name': 'a'}}",
        "{'tenant_id': ctx.tenant_id, **slip.model_dump()}",
        "{'tenant_id': ctx.tenant_id, ctx.period: 1}",
        "ctx.model_dump()",
        "unknown",
    ],
)
def test_an_input_that_fits_or_cannot_be_told_is_fine(given: str) -> None:
    assert in_quiet("NTR424", *EDITS, in_run(start(given))) == []


def test_a_dict_that_is_filled_later_is_not_judged() -> None:
    lines = ["request = {}", "request['tenant_id'] = 1", start("request")]
    assert in_quiet("NTR424", in_run(*lines)) == []


@pytest.mark.parametrize(
    "more",
    [
        "    @model_validator(mode='before')\n    def fill(cls, data): return data\n",
        "    model_config = ConfigDict(alias_generator=str.upper)\n",
        "    def __init__(self, **given): super().__init__(period='', **given)\n",
    ],
)
def test_a_context_that_makes_something_else_of_its_input_is_not_judged(more: str) -> None:
    head = "from pydantic import ConfigDict, model_validator\n"
    models = head + ARCHIVE_MODELS.replace("    copies", f"{more}    copies")
    for code, given in (("NTR424", "{}"), ("NTR423", "[ctx]")):
        assert with_archive(code, in_run(start(given)), beside=archive(models=models)) == []


@pytest.mark.parametrize(
    "field",
    [
        "    tags: Annotated[list[str], BeforeValidator(str.split)] = []\n",
        "    tags: Annotated[list[str], BeforeValidator(str.split)] | None = None\n",
        "    tags: list[str] = []\n    @field_validator('tags', mode='before')\n"
        "    def split(cls, value): return value.split()\n",
        "    tags: Tags = []\n",
    ],
)
def test_a_field_that_may_read_something_else_is_not_judged(field: str) -> None:
    head = "from typing import Annotated\nfrom pydantic import BeforeValidator, field_validator\n"
    head += "Tags = Annotated[list[str], BeforeValidator(str.split)]\n"
    models = head + ARCHIVE_MODELS.replace("    tags: list[str] = []\n", field)
    given = "{'tenant_id': ctx.tenant_id, 'period': ctx.period, 'tags': 'a b'}"
    assert with_archive("NTR424", in_run(start(given)), beside=archive(models=models)) == []
    plain = head + ARCHIVE_MODELS
    [found] = with_archive("NTR424", in_run(start(given)), beside=archive(models=plain))
    assert "`tags` of `slip-archive` takes `list`" in found.message


def test_a_field_that_is_written_as_something_else_is_not_judged() -> None:
    joined = "    tags: {1}\n    @field_serializer('tags')\n    def join(self, value): return []\n"
    tagged = f"class Joined(ArchiveInput):\n{joined.replace('{1}', 'str')}\n\n"
    models = (EDITS[0][0], EDITS[0][1], f"{OWN.partition('class Wide')[0]}{tagged}{EDITS[0][1]}")
    head = (MODELS, "import BaseModel, Field", "import BaseModel, Field, field_serializer")
    joining = imported("from .models import Joined")
    line = start("Joined(tenant_id=ctx.tenant_id, period=ctx.period, tags='a')")
    assert with_archive("NTR424", models, head, joining, in_run(line)) == []


@pytest.mark.parametrize("broken", ["def (", "", "class A:\n    pass\n"])
def test_a_child_that_cannot_be_read_is_not_judged(broken: str) -> None:
    for code in ("NTR423", "NTR424"):
        for child in (archive(workflow=broken), archive(models=broken)):
            assert with_archive(code, in_run(start("[ctx]")), beside=child) == []
