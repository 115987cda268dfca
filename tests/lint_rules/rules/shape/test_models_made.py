"""Models are made with the fields they have, all that they need, and no others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.lint_rules.petty_cash import Edit, planted, said
from tests.lint_rules.rules.shape.bundles import ACTIVITIES, MODELS, in_class, in_run

UNKNOWN, MISSING = "NTR429", "NTR430"
RESULT = "class PettyCashResult(BaseModel):\n"
RETURN = 'return PettyCashResult(status="rejected")'


def result(class_line: str, *body: str) -> Edit:
    """Give the result another base or more lines in its body."""
    return MODELS, RESULT, f"{class_line}\n" + "".join(f"    {line}\n" for line in body)


def made(arguments: str, kind: str = "PettyCashResult") -> Edit:
    return in_run(f"other = {kind}{arguments}")


@pytest.mark.parametrize(
    "arguments, name, near",
    [
        ("(status='posted', entry='')", "entry", "`entry_id`"),
        ("(status='posted', entry_id='', statuss='')", "statuss", None),
        (".model_construct(status='posted', entry='')", "entry", "`entry_id`"),
        (".model_validate({'status': 'posted', 'entry': ''})", "entry", "`entry_id`"),
        ("(status='posted', xyz='', **{})", "xyz", None),
    ],
)
def test_a_keyword_that_is_no_field_is_dropped_without_a_word(
    arguments: str, name: str, near: str | None
) -> None:
    [found] = planted(UNKNOWN, made(arguments))
    assert said([found]) == ["workflow.py:107 NTR429"]
    assert f"`PettyCashResult` has no field `{name}`: it is dropped" in found.message
    assert found.alternative == near or (near is None and "leave" in (found.alternative or ""))
    assert found.severity == "error"
    assert planted(MISSING, made(arguments)) == []


@pytest.mark.parametrize(
    "edit",
    [
        result('class PettyCashResult(BaseModel, extra="forbid"):'),
        result(RESULT.strip(), 'model_config = ConfigDict(extra="forbid")'),
        result(RESULT.strip(), 'model_config = {"extra": "forbid"}'),
    ],
)
def test_a_model_that_forbids_it_raises_but_not_when_it_is_constructed(edit: Edit) -> None:
    head = (MODELS, "import BaseModel, Field", "import BaseModel, ConfigDict, Field")
    [found] = planted(UNKNOWN, head, edit, made("(status='posted', entry='')"))
    assert "it raises ValidationError" in found.message
    [found] = planted(UNKNOWN, head, edit, made(".model_construct(status='posted', entry='')"))
    assert "it is dropped" in found.message


def test_a_fault_in_an_activity_and_in_a_helper_is_found_with_the_way_there() -> None:
    in_activity = (ACTIVITIES, "return Slip(payee=", "return Slip(payer=")
    [found] = planted(UNKNOWN, in_activity)
    assert (found.alternative, found.trace) == ("`payee`", ())
    helper = in_class("def _done(self) -> Any:", "    return PettyCashResult(state='posted')")
    [found] = planted(UNKNOWN, helper, in_run("self._done()"))
    assert found.trace[-1].text == "run -> _done"


@pytest.mark.parametrize(
    "arguments, names",
    [
        ("()", "`status`"),
        ("(entry_id='a')", "`status`"),
        (".model_validate({})", "`status`"),
        (".model_validate(obj={'entry_id': 'a'})", "`status`"),
    ],
)
def test_a_required_field_that_is_not_given_hangs_the_run(arguments: str, names: str) -> None:
    [found] = planted(MISSING, made(arguments))
    assert said([found]) == ["workflow.py:107 NTR430"]
    assert f"`PettyCashResult` is made without {names}: the run hangs" in found.message
    assert found.severity == "error"


def test_in_an_activity_it_is_the_attempt_that_fails() -> None:
    [found] = planted(MISSING, (ACTIVITIES, "payee=payee.strip(), ", ""))
    assert "`Slip` is made without `payee`: it raises ValidationError" in found.message


def test_a_field_of_a_base_class_is_needed_too() -> None:
    narrow = "class Narrow(PettyCashContext):\n    a: int\n\n\n"
    models = (MODELS, RESULT, narrow + RESULT)
    head = ("templates/workflow.py", "from .activities", "from . import models\nfrom .activities")
    [found] = planted(MISSING, models, head, made("(a=1)", "models.Narrow"))
    names = "`tenant_id`, `tenant_slug`, `entity_id`, `entity_slug` and 1 more"
    assert f"`Narrow` is made without {names}" in found.message


@pytest.mark.parametrize(
    "edit",
    [
        result('class PettyCashResult(BaseModel, extra="allow"):'),
        result(RESULT.strip(), 'model_config = ConfigDict(extra="allow")'),
        result(RESULT.strip(), "model_config = CONFIG"),
        result(RESULT.strip(), "model_config = {'extra': EXTRA}"),
        result(RESULT.strip(), "class Config:", "    extra = 'allow'"),
        result(RESULT.strip(), "entry: str = ''"),
        result(RESULT.strip(), "def __init__(self, **given): super().__init__(status='posted')"),
        result(RESULT.strip(), "@model_validator(mode='before')", "def a(cls, data): return data"),
        result(RESULT.strip(), "@model_validator(mode='wrap')", "def a(cls, data): return data"),
        result("class PettyCashResult(Elsewhere):"),
        result("class PettyCashResult(Elsewhere, BaseModel):"),
        result(f"@decorated\n{RESULT.strip()}"),
    ],
)
def test_a_model_that_may_take_it_is_not_judged(edit: Edit) -> None:
    head = (
        MODELS,
        "from pydantic import BaseModel, Field\n",
        "from elsewhere import CONFIG, EXTRA, Elsewhere, decorated\n"
        "from pydantic import BaseModel, ConfigDict, Field, model_validator\n",
    )
    assert planted(UNKNOWN, head, edit, made("(status='posted', entry='')")) == []


@pytest.mark.parametrize(
    "body",
    [
        "status_: str = Field(default_factory=str)",
        "entry: str = Field(alias='entry_id')",
        "entry: str = Field(validation_alias=AliasChoices('entry_id', 'id'))",
        "model_config = ConfigDict(alias_generator=to_camel)",
        "@model_validator(mode='before')\n    def a(cls, data): return data",
        "more: int = Field(**given)",
        "more: Annotated[int, Field(default=1)]",
        "more: ClassVar[int]",
        "_more: int",
    ],
)
def test_a_field_that_need_not_be_given_under_its_name_is_not_missed(body: str) -> None:
    head = (MODELS, "from typing import Literal", "from typing import Annotated, ClassVar, Literal")
    edit = result(RESULT.strip(), body)
    names = (
        MODELS,
        "import BaseModel, Field",
        "import AliasChoices, BaseModel, ConfigDict, Field, model_validator",
    )
    found = planted(MISSING, head, names, edit, made("(status='posted', entry_id='')"))
    assert [each for each in found if each.place.line == 107] == []


@pytest.mark.parametrize(
    "arguments",
    [
        "(status='posted')",
        "(status='posted', entry_id='')",
        "(**given)",
        "(*given)",
        ".model_construct()",
        ".model_construct(_fields_set={'status'}, status='posted')",
        ".model_validate(given)",
        ".model_validate({**given})",
        ".model_validate({key: 1})",
        ".model_validate_json('{}')",
    ],
)
def test_what_is_complete_or_cannot_be_told_is_fine(arguments: str) -> None:
    for code in (UNKNOWN, MISSING):
        assert planted(code, made(arguments)) == []


def test_settings_come_from_the_environment_too() -> None:
    head = (
        MODELS,
        "from pydantic import",
        "from pydantic_settings import BaseSettings\nfrom pydantic import",
    )
    edit = result("class PettyCashResult(BaseSettings):", "token: str")
    assert planted(MISSING, head, edit, made("(status='posted')")) == []


@pytest.mark.parametrize(
    "line", ["type(given)(a=1)", "given(a=1)", "dict(a=1)", "unknown(a=1)", "slip.__class__(a=1)"]
)
def test_what_is_made_of_an_object_may_be_a_subclass(line: str) -> None:
    body = "@classmethod\n    def another(cls): return cls(a=1)"
    for code in (UNKNOWN, MISSING):
        assert planted(code, result(RESULT.strip(), body), in_run(line)) == []


# --- held against pydantic -----------------------------------------------------------------------

NAMES = ("a", "b", "c", "d")
FIELDS = st.sampled_from(
    [
        "{n}: int",
        "{n}: int = 1",
        "{n}: int = Field()",
        "{n}: int = Field(2)",
        "{n}: int = Field(...)",
        "{n}: int = Field(default_factory=int)",
        "{n}: int = Field(alias='d')",
        "{n}: int = Field(3, alias='d')",
        "{n}: Annotated[int, Field(gt=-9)]",
        "{n}: Annotated[int, Field(alias='d')]",
        "{n}: int | None",
        "{n}: ClassVar[int] = 1",
    ]
)
CONFIGS = st.sampled_from(
    ["pass", "model_config = ConfigDict(extra='forbid')", "model_config = {}"]
)


@settings(max_examples=25, deadline=None)
@given(
    fields=st.dictionaries(st.sampled_from(NAMES[:3]), FIELDS, max_size=3),
    inherited=st.dictionaries(
        st.sampled_from(NAMES[:3]), FIELDS.filter(lambda line: "ClassVar" not in line), max_size=2
    ),
    config=CONFIGS,
    given_names=st.sets(st.sampled_from(NAMES)),
)
def test_what_is_reported_is_what_pydantic_does(
    fields: dict[str, str], inherited: dict[str, str], config: str, given_names: set[str]
) -> None:
    source = "class Base(BaseModel):\n    pass\n" + _body(inherited)
    source += f"\n\nclass Made(Base):\n    {config}\n" + _body(fields)
    arguments = ", ".join(f"{name}=1" for name in sorted(given_names))
    names: dict[str, Any] = {}
    exec(compile(PYDANTIC + source, "models.py", "exec", dont_inherit=True), names)
    try:
        kept = names["Made"](**dict.fromkeys(given_names, 1))
        failed = False
    except ValidationError:
        failed = True
    models = (MODELS, RESULT, f"{PYDANTIC}{source}\n\n{RESULT}")
    line = (ACTIVITIES, "    payee, _, amount", f"    Made({arguments})\n    payee, _, amount")
    head = (ACTIVITIES, "from .models import PostedSlip", "from .models import Made, PostedSlip")
    missing = planted(MISSING, models, line, head)
    unknown = planted(UNKNOWN, models, line, head)
    if missing:
        assert failed
    if unknown and not failed:
        assert len(given_names) > len(kept.model_fields_set)


PYDANTIC = (
    "from typing import Annotated, ClassVar\nfrom pydantic import BaseModel, ConfigDict, Field\n"
)


def _body(fields: dict[str, str]) -> str:
    return "".join(f"    {line.format(n=name)}\n" for name, line in fields.items())
