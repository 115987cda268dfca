"""NTR530, NTR531, NTR532, NTR533: the input of the run against what can be configured."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.bundle.declared import (
    LIMIT,
    MANIFEST,
    MODELS,
    SCHEMA,
    WORKFLOW,
    schema,
    with_entry,
)

FIELDS = "    period: str\n    limit"


def context(line: str) -> tuple[str, str, str]:
    """Return the edit that adds a field to the Context."""
    return (MODELS, FIELDS, f"    period: str\n    {line}\n    limit")


# --- NTR530 context-not-configurable -------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "cost_centre: str",
        "cost_centre: str = Field(min_length=1)",
        "cost_centre: str = ...",
        "cost_centre: Annotated[str, Field(min_length=1)]",
        "cost_centre: Literal['a', 'b']",
        "cost_centre: list[str]",
        "cost_centre: UUID | None",
    ],
)
def test_a_required_field_that_nobody_fills_is_reported(line: str) -> None:
    more = (MODELS, "import Literal", "import Annotated, Literal")
    [found] = planted("NTR530", context(line), more)
    assert said([found]) == ["models.py:19 NTR530"]
    assert "`cost_centre` of `PettyCashContext` is required" in found.message
    assert found.alternative == "an entry `cost_centre` in `config_schema.global`, or a default"
    assert found.severity == "error"
    assert found.trace[0].place.line == 54


@pytest.mark.parametrize(
    "line",
    [
        "cost_centre: str = ''",
        "cost_centre: str = Field(default='x')",
        "cost_centre: str = Field(default_factory=str)",
        "cost_centre: ClassVar[str]",
        "_cost_centre: str",
        "ai: dict[str, str]",
        "gl: Slip",
        "storage: dict[str, str]",
        "blob: Any",
        "other: Unheard",
        "period_alias: str = Field(alias='period')",
    ],
)
def test_a_field_that_somebody_fills_or_may_fill_is_fine(line: str) -> None:
    more = (MODELS, "import Literal", "import Any, ClassVar, Literal")
    assert planted("NTR530", context(line), more) == []


def test_an_entry_with_another_name_is_offered() -> None:
    [found] = planted(
        "NTR530", context("cost_centre: str"), with_entry("cost_center: {type: string}")
    )
    assert "`cost_center` there is no field of `PettyCashContext`" in (found.alternative or "")


@pytest.mark.parametrize("body", ["", "config_schema:\n", "config_schema: {}\n"])
def test_without_a_form_nothing_is_filled(body: str) -> None:
    [found] = planted("NTR530", schema(body))
    assert "`period`" in found.message


@pytest.mark.parametrize(
    "body",
    [
        SCHEMA + "  steps:\n    review: {cost_centre: {type: string}}\n",
        SCHEMA.replace("period:", "cost_centre: {type: string}\n    period:"),
        "config_schema:\n  properties: {period: {type: string}}\n",
        "config_schema:\n  globals: {period: {type: string}}\n",
        "config_schema: [period]\n",
    ],
)
def test_what_is_listed_or_cannot_be_read_is_not_reported(body: str) -> None:
    assert planted("NTR530", schema(body), context("cost_centre: str")) == []


def test_an_inherited_field_is_reported_where_it_is_written() -> None:
    base = "class Base(BaseModel):\n    cost_centre: str\n\n\nclass PettyCashContext(Base):"
    [found] = planted("NTR530", (MODELS, "class PettyCashContext(BaseModel):", base))
    assert said([found]) == ["models.py:14 NTR530"]


def test_a_context_with_an_unknown_base_is_read_as_far_as_it_is_known() -> None:
    edits = (
        (MODELS, "PettyCashContext(BaseModel)", "PettyCashContext(AcmeModel)"),
        (MODELS, "from pydantic import", "from acme import AcmeModel\nfrom pydantic import"),
    )
    assert planted("NTR53", *edits, context("cost_centre: str")) == []


def test_a_dataclass_is_a_context_too() -> None:
    edits = (
        (MODELS, "class PettyCashContext(BaseModel):", "@dataclass\nclass PettyCashContext:"),
        (MODELS, "from decimal", "from dataclasses import dataclass\nfrom decimal"),
        (MODELS, "limit: Decimal = Field(default=Decimal(100), ge=0)", "cost_centre: str"),
    )
    assert len(planted("NTR530", *edits)) == 1


def test_a_child_gets_its_input_from_the_parent() -> None:
    parent = {
        "closing/runbook.md": "---\nslug: closing\n---\n",
        "closing/templates/workflow.py": 'CHILD = "petty-cash"\n',
    }
    stranger = {**parent, "closing/templates/workflow.py": 'CHILD = "petty-cash-plus"\n'}
    field = context("cost_centre: str")
    assert planted("NTR530", field, beside=parent) == []
    assert len(planted("NTR530", field, beside=stranger)) == 1
    assert planted("NTR530", field, (MANIFEST, "[petty-cash, treasury]", "[child]")) == []


# --- NTR531 dead-config --------------------------------------------------------------------------


def test_an_entry_that_nothing_reads_is_reported() -> None:
    [found] = planted("NTR531", with_entry("currency: {type: string}"))
    assert said([found]) == ["runbook.md:64 NTR531"]
    assert found.message == "nothing reads `currency`: it is no field of `PettyCashContext`"
    assert found.severity == "warning"


def test_an_entry_of_a_step_that_nothing_reads_is_reported() -> None:
    body = SCHEMA + "  steps:\n    review:\n      materiality: {type: number}\n"
    [found] = planted("NTR531", schema(body))
    assert "`materiality`" in found.message


def test_the_field_that_was_meant_is_offered() -> None:
    edits = ((MANIFEST, "    limit:\n", "    limits:\n"),)
    [found] = planted("NTR531", *edits)
    assert found.alternative == "`limit`"


def test_a_context_that_forbids_it_makes_every_task_fail() -> None:
    edits = (
        (MODELS, "class PettyCashContext(BaseModel):", FORBIDS),
        (MODELS, "import BaseModel, Field", "import BaseModel, ConfigDict, Field"),
    )
    [found] = planted("NTR531", *edits, with_entry("currency: {type: string}"))
    assert "`PettyCashContext` forbids `currency`" in found.message
    assert found.severity == "error"


FORBIDS = """class PettyCashContext(BaseModel):
    model_config = ConfigDict(extra="forbid")
"""


@pytest.mark.parametrize(
    "read",
    [
        'config.get("currency")',
        "config.get().currency",
        'settings["currency"]',
        'getattr(settings, "currency")',
    ],
)
def test_an_entry_whose_name_stands_in_the_code_is_fine(read: str) -> None:
    module = (
        f"from ntro.capabilities import config\n\ndef currency_of(settings):\n    return {read}\n"
    )
    files = {"templates/inner/__init__.py": "", "templates/inner/money.py": module}
    assert planted("NTR531", with_entry("currency: {type: string}"), files=files) == []


@pytest.mark.parametrize(
    "field",
    [
        "currency: str = ''",
        "money: str = Field(default='', alias='currency')",
        "model_config = ConfigDict(extra='allow')",
    ],
)
def test_an_entry_that_the_context_takes_is_fine(field: str) -> None:
    more = (MODELS, "import BaseModel, Field", "import BaseModel, ConfigDict, Field")
    assert planted("NTR531", with_entry("currency: {type: string}"), context(field), more) == []


def test_a_module_that_cannot_be_read_may_read_it() -> None:
    files = {"templates/broken.py": "def (:\n"}
    assert planted("NTR531", with_entry("currency: {type: string}"), files=files) == []


# --- NTR532 context-model ------------------------------------------------------------------------


HEAD = "class PettyCashContext(BaseModel):"
BLOCKS = "    ai: dict | None = None\n    gl: dict | None = None\n    period: str\n    limit"


def test_a_model_that_forbids_what_is_injected_is_reported() -> None:
    strict = (MODELS, HEAD, HEAD.replace("BaseModel", 'BaseModel, extra="forbid"'))
    [found] = planted("NTR532", strict)
    assert found.message == (
        "`PettyCashContext` forbids `ai` and `gl`, which the platform adds to every input"
    )
    assert found.severity == "warning"
    assert planted("NTR532", strict, (MODELS, FIELDS, BLOCKS)) == []


@pytest.mark.parametrize(
    "annotation, message",
    [
        ("", "`ctx` of `run` has no annotation"),
        (": dict", "annotated as `dict`"),
        (": dict[str, Any]", "annotated as `dict`"),
        (": Any", "annotated as `Any`"),
        (": object", "annotated as `object`"),
        (": str", "annotated as `str`"),
        (": Mapping[str, object]", "annotated as `Mapping`"),
        (": Plain", "annotated as `Plain`: the input"),
    ],
)
def test_an_input_that_is_no_model_is_reported(annotation: str, message: str) -> None:
    edits = (
        (WORKFLOW, "run(self, ctx: PettyCashContext)", f"run(self, ctx{annotation})"),
        (WORKFLOW, "ATTEMPT = timedelta", "class Plain: ...\n\nATTEMPT = timedelta"),
        (WORKFLOW, "from datetime", "from collections.abc import Mapping\nfrom datetime"),
    )
    [found] = planted("NTR532", *edits)
    assert message in found.message
    assert found.alternative == "a pydantic model with the fields of the input"


@pytest.mark.parametrize(
    "annotation",
    [
        "(self)",
        "(self, ctx: Unheard)",
        "(self, ctx: Typed)",
        "(self, ctx: Listed)",
        "(self, ctx: 'PettyCashContext')",
        "(self, ctx: PettyCashContext | None)",
        "(self, *ctx)",
    ],
)
def test_an_input_that_may_be_a_model_is_fine(annotation: str) -> None:
    classes = (
        "class Typed(TypedDict): ...\nclass Listed(NamedTuple):\n    a: str\n\nATTEMPT = timedelta"
    )
    edits = (
        (WORKFLOW, "run(self, ctx: PettyCashContext)", f"run{annotation}"),
        (WORKFLOW, "ATTEMPT = timedelta", classes),
        (WORKFLOW, "from typing import Any", "from typing import Any, NamedTuple, TypedDict"),
    )
    assert planted("NTR532", *edits) == []


@pytest.mark.parametrize(
    "old, new, wrong",
    [
        ("tenant_id: UUID", "tenant_id: int", "a UUID"),
        ("entity_id: UUID", "entity_id: int | None", "a UUID"),
        ("tenant_slug: str\n    entity_id", "tenant_slug: UUID\n    entity_id", "a slug"),
        (
            "period: str\n    limit",
            "period: str\n    ai: str = ''\n    limit",
            "a block of settings",
        ),
        ("period: str\n    limit", "period: str\n    gl: bool = False\n    limit", "a block"),
    ],
)
def test_a_field_of_the_platform_with_another_type_is_reported(
    old: str, new: str, wrong: str
) -> None:
    [found] = planted("NTR532", (MODELS, old, new))
    assert f"with {wrong}" in found.message
    assert found.severity == "error"


@pytest.mark.parametrize(
    "old, new",
    [
        ("tenant_id: UUID", "tenant_id: str"),
        ("tenant_id: UUID", "tenant_id: 'UUID'"),
        ("tenant_id: UUID", "tenant_id: UUID | str"),
        ("tenant_id: UUID", "tenant_id: TenantId"),
        ("period: str\n    limit", "period: str\n    ai: Slip | None = None\n    limit"),
        ("period: str\n    limit", "period: str\n    gl: dict[str, str] = {}\n    limit"),
    ],
)
def test_a_field_of_the_platform_with_a_fitting_type_is_fine(old: str, new: str) -> None:
    assert planted("NTR532", (MODELS, old, new)) == []


# --- NTR533 config-type --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field, type_, severity",
    [
        ("str", "integer", "error"),
        ("str", "boolean", "error"),
        ("str", "array", "error"),
        ("Decimal", "boolean", "error"),
        ("Decimal", "object", "error"),
        ("int", "string", "warning"),
        ("bool", "string", "warning"),
        ("bool", "number", "error"),
        ("list[str]", "string", "error"),
        ("Slip", "string", "error"),
        ("Literal['a']", "integer", "error"),
        ("str | None", "integer", "error"),
        ("Optional[str]", "integer", "error"),
        ("Amount", "boolean", "error"),
        ("Colour", "integer", "error"),
        ("'str'", "integer", "error"),
        ("UUID", "integer", "error"),
    ],
)
def test_a_type_that_the_field_does_not_take_is_reported(
    field: str, type_: str, severity: str
) -> None:
    [found] = planted("NTR533", *_typed(field), with_entry(f"extra: {{type: {type_}}}"))
    assert (
        f"`extra` is configured as `{type_}`, and `PettyCashContext.extra` takes" in found.message
    )
    assert found.severity == severity
    assert found.trace[0].place.path.endswith("models.py")


@pytest.mark.parametrize(
    "field, type_",
    [
        ("str", "string"),
        ("Decimal", "number"),
        ("Decimal", "integer"),
        ("Decimal", "string"),
        ("float", "integer"),
        ("int", "number"),
        ("date", "string"),
        ("UUID", "string"),
        ("bool", "boolean"),
        ("tuple[str, ...]", "array"),
        ("dict[str, str]", "object"),
        ("Slip", "object"),
        ("int | str", "string"),
        ("Any", "array"),
        ("Unheard", "array"),
        ("Colour", "string"),
        ("Amount", "number"),
        ("str", "strng"),
        ("str", "[string, 'null']"),
    ],
)
def test_a_type_that_the_field_takes_or_may_take_is_fine(field: str, type_: str) -> None:
    assert planted("NTR533", *_typed(field), with_entry(f"extra: {{type: {type_}}}")) == []


@pytest.mark.parametrize(
    "field, wrong",
    [
        ("Literal['GBP', 'EUR']", ["CHF"]),
        ("Literal['GBP', 'EUR'] | None", ["CHF"]),
        ("Currency", ["CHF"]),
        ("Colour", ["GBP", "EUR", "CHF"]),
        ("str", []),
        ("Literal['GBP', 'EUR', 'CHF', 'USD']", []),
        ("Literal['GBP'] | str", []),
    ],
)
def test_a_choice_that_the_field_does_not_take_is_reported(field: str, wrong: list[str]) -> None:
    entry = "extra: {type: string, enum: [GBP, EUR, CHF]}"
    found = planted("NTR533", *_typed(field), with_entry(entry))
    assert [f.message for f in found] == [
        f"`PettyCashContext.extra` does not take `{each}`" for each in wrong
    ]


def _typed(field: str) -> tuple[tuple[str, str, str], ...]:
    """Return the edits that give the Context a field `extra` of a type."""
    more = """
Amount = Annotated[Decimal, Field(ge=0)]
Currency = Literal["GBP", "EUR"]


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class PettyCashContext(BaseModel):"""
    imports = "from datetime import date\nfrom decimal import Decimal, InvalidOperation\nfrom enum"
    return (
        (MODELS, "class PettyCashContext(BaseModel):", more),
        (MODELS, "from decimal import Decimal", f"{imports} import StrEnum"),
        (MODELS, "import Literal", "import Annotated, Any, Literal, Optional"),
        context(f"extra: {field} = None"),
    )


def test_entries_of_a_field_under_its_alias_are_compared() -> None:
    field = context("money: str = Field(default='', alias='extra')")
    assert len(planted("NTR533", field, with_entry("extra: {type: integer}"))) == 1


def test_a_limit_that_is_listed_for_a_step_is_compared_too() -> None:
    body = SCHEMA.replace(LIMIT, "") + "  steps:\n    review:\n      limit: {type: boolean}\n"
    [found] = planted("NTR533", schema(body))
    assert "`limit` is configured as `boolean`" in found.message
