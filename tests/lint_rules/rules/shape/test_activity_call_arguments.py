"""An activity is given what it takes."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.shape.bundles import ACTIVITIES, imported, in_run

CODE = "NTR428"
READ = "async def read_slip(payload: ReadSlipInput) -> Slip:"
POST = "async def post_slip(payload: PostSlipInput) -> PostedSlip:"


def call(arguments: str, name: str = "read_slip") -> tuple[str, str, str]:
    return in_run(
        f"await runbook.execute_activity({name}{arguments}, start_to_close_timeout=ATTEMPT)"
    )


@pytest.mark.parametrize(
    "arguments, words",
    [
        ("", "`read_slip` is called without `payload`"),
        (", args=[]", "`read_slip` is called without `payload`"),
        (", args=[ctx, slip]", "`read_slip` takes 1 at most and is given 2"),
    ],
)
def test_another_number_of_arguments_is_an_error_at_the_name(arguments: str, words: str) -> None:
    [found] = planted(CODE, call(arguments))
    assert said([found]) == ["workflow.py:107 NTR428"]
    assert words in found.message
    assert found.severity == "error"


def test_an_argument_for_an_activity_without_parameters() -> None:
    none = (ACTIVITIES, READ, "async def read_slip() -> Slip:")
    found = planted(CODE, none)
    assert "takes no argument and is given 1" in found[0].message
    assert planted(CODE, (ACTIVITIES, READ, READ.replace(")", ", page: int = 0)"))) == []


def test_a_static_method_has_no_object_among_its_parameters() -> None:
    slips = (ACTIVITIES, f'@activity.defn(name="petty_cash.read_slip")\n{READ}', STATIC)
    assert planted(CODE, slips) == []
    none = STATIC.replace("payload: ReadSlipInput", "")
    [found] = planted(CODE, (*slips[:2], none))
    assert "takes no argument and is given 1" in found.message


STATIC = """class Slips:
    @staticmethod
    @activity.defn(name="petty_cash.read_slip")
    async def read_slip(payload: ReadSlipInput) -> Slip:
        return await _read(payload)


read_slip = Slips.read_slip


async def _read(payload: ReadSlipInput) -> Slip:"""


def test_a_parameter_too_many_for_a_call_through_the_facade() -> None:
    [found] = planted(CODE, (ACTIVITIES, POST, POST.replace(") ", ", currency: str) ")))
    assert "`post_slip` is called without `currency`" in found.message
    assert "args=[...]" in (found.alternative or "")


@pytest.mark.parametrize(
    "given, words",
    [
        ("ctx", "takes `ReadSlipInput` and is given `PettyCashContext`, without `document_ref`"),
        ("slip", "is given `Slip`, without `tenant_slug` and `document_ref`"),
        ("{'tenant_slug': 'a'}", "is given a dict, without `document_ref`"),
        ("document_ref", "is given a `str`"),
        ("ctx.period", "is given a `str`"),
        ("[slip]", "is given a list"),
    ],
)
def test_a_value_that_the_annotation_cannot_read_is_an_error_at_the_value(
    given: str, words: str
) -> None:
    line = f"await runbook.execute_activity(read_slip, {given}, start_to_close_timeout=ATTEMPT)"
    [found] = planted(CODE, in_run("document_ref = 'a'", line))
    assert words in found.message
    assert found.severity == "error"


def test_a_model_for_a_simple_parameter() -> None:
    simple = (ACTIVITIES, READ, READ.replace("payload: ReadSlipInput", "payload: list[str]"))
    [found] = planted(CODE, simple)
    assert "`payload` takes `list` and is given `ReadSlipInput`" in found.message


def test_both_generations_and_run_step_are_looked_at() -> None:
    temporal = in_run(
        "await workflow.execute_activity(read_slip, slip, start_to_close_timeout=ATTEMPT)"
    )
    assert len(planted(CODE, imported("from temporalio import workflow"), temporal)) == 1
    assert len(planted(CODE, in_run("await self.run_step('post', read_slip, slip)"))) == 1
    assert len(planted(CODE, in_run("await self.run_step('post', read_slip)"))) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ", ReadSlipInput(tenant_slug='a', document_ref='b')",
        ", args=[ReadSlipInput(tenant_slug='a', document_ref='b')]",
        ", {'tenant_slug': 'a', 'document_ref': 'b'}",
        ", {'tenant_slug': 'a', **slip.model_dump()}",
        ", args=given",
        ", *given",
        ", **given",
        ", unknown",
        ", ctx.model_dump()",
        ", None",
        ", slip, ctx",
        ", arg=slip",
    ],
)
def test_what_fits_cannot_be_told_or_is_another_rules_matter_is_fine(arguments: str) -> None:
    assert planted(CODE, call(arguments)) == []


def test_a_subclass_of_the_model_and_one_with_all_its_fields_are_fine() -> None:
    model = "class PostedSlip(ObservableResult):\n"
    for base in ("ReadSlipInput", "BaseModel"):
        fields = "    tenant_slug: str\n    document_ref: str\n    page: int\n"
        wider = ("templates/models.py", model, f"class Paged({base}):\n{fields}\n\n{model}")
        given = "Paged(page=1, tenant_slug='', document_ref='')"
        line = f"await runbook.execute_activity(read_slip, {given}, start_to_close_timeout=ATTEMPT)"
        assert planted(CODE, wider, imported("from .models import Paged"), in_run(line)) == []


def test_a_number_of_arguments_that_is_not_fixed_is_fine() -> None:
    for text in ("*payload: int", "**payload: int"):
        edit = (ACTIVITIES, READ, f"async def read_slip({text}) -> Slip:")
        assert planted(CODE, edit, call("")) == []
