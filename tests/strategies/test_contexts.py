"""Inputs of runs: legal for the type, possible in the start form, plausible for the platform."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("hypothesis", reason="the strategies need hypothesis")

from lint_rules.bundle import read_bundle
from ntro_testkit import WorkflowHarness, generate_fake, load_runbook
from ntro_testkit.loading import load_bundle
from ntro_testkit.strategies import contexts
from tests.bundles import MANIFEST
from tests.conftest import BundleFactory
from tests.strategies.drawing import drawn, simplest
from tests.test_fixtures import BUNDLES, RUNBOOKS, children, skip_without_temporalio

PETTY_CASH = RUNBOOKS / "petty-cash"
FORM = """
config_schema:
  global:
    period:
      type: string
      pattern: ^\\d{4}-\\d{2}$
    unit:
      type: string
      enum: [month, quarter]
      default: quarter
    limit:
      type: number
"""
CONTEXT = """
class Context(BaseModel):
    tenant_id: str
    entity_slug: str
    period: str
    unit: str = "quarter"
    limit: float = Field(default=1.0, ge=0)
"""


def with_form(bundle: BundleFactory, form: str = FORM, **parts: Any) -> Path:
    manifest = MANIFEST.format(slug="demo", version="0.1.0")
    head, fence, body = manifest.rpartition("---\n")
    return bundle(files={"runbook.md": head + form.lstrip() + fence + body}, **parts)


@pytest.mark.parametrize("directory", BUNDLES, ids=lambda path: path.name)
def test_a_sample_bundle_runs_with_every_input_that_is_drawn(directory: Path) -> None:
    skip_without_temporalio(directory)
    harness = WorkflowHarness(directory, child_workflows=children(directory))
    form = read_bundle(directory).frontmatter["config_schema"]["global"]
    for context in drawn(contexts(harness), 4):
        assert re.search(form["period"]["pattern"], context.period)
        assert harness.run_sync(input=context).status in {"completed", "failed"}


@pytest.mark.parametrize("directory", BUNDLES, ids=lambda path: path.name)
def test_the_simplest_input_of_a_sample_bundle_is_the_fake(directory: Path) -> None:
    skip_without_temporalio(directory)
    workflow_class, _ = load_runbook(directory)
    [first] = drawn(contexts(workflow_class), 1)
    assert first == generate_fake(type(first)).model_copy(update={"period": "2026-01"})


def test_a_minimal_input_differs_from_the_fake_only_where_it_must() -> None:
    found = simplest(contexts(PETTY_CASH), lambda context: context.limit > 500)
    assert 500 < found.limit <= 501
    assert found == generate_fake(type(found)).model_copy(
        update={"period": "2026-01", "limit": found.limit}
    )


def test_the_start_form_restricts_fields_that_the_type_leaves_open(bundle: BundleFactory) -> None:
    made = with_form(bundle, models=CONTEXT, takes="context: Context")
    examples = drawn(contexts(made), 25)
    assert all(re.fullmatch(r"\d{4}-\d{2}", context.period) for context in examples)
    assert {context.unit for context in examples} == {"month", "quarter"}
    assert len({context.period for context in examples}) > 3
    assert len({context.limit for context in examples}) > 3


def test_without_a_form_the_type_alone_decides(bundle: BundleFactory) -> None:
    examples = drawn(contexts(bundle(models=CONTEXT, takes="context: Context")), 25)
    assert any(not re.fullmatch(r"\d{4}-\d{2}", context.period) for context in examples)


def test_a_default_that_the_form_forbids_is_never_left_to_the_model(bundle: BundleFactory) -> None:
    models = 'class Context(BaseModel):\n    unit: str = "year"\n'
    made = with_form(bundle, models=models, takes="context: Context")
    assert {context.unit for context in drawn(contexts(made))} == {"month", "quarter"}


def test_what_the_platform_injects_looks_like_it(bundle: BundleFactory) -> None:
    made = with_form(bundle, models=CONTEXT, takes="context: Context")
    tenants = {context.tenant_id for context in drawn(contexts(made), 25)}
    identities = [tenant for tenant in tenants if re.fullmatch(r"[0-9a-f-]{36}", tenant)]
    assert len(identities) > 3


def test_a_form_that_the_type_cannot_take_is_an_error(bundle: BundleFactory) -> None:
    models = "class Context(BaseModel):\n    unit: int\n"
    made = with_form(bundle, models=models, takes="context: Context")
    message = r"`config_schema\.global\.unit` allows no value that `Context\.unit: int` accepts"
    with pytest.raises(ValueError, match=message):
        contexts(made)


def test_an_input_without_a_type_is_filled_in_by_the_form(bundle: BundleFactory) -> None:
    made = with_form(bundle, takes="context: dict")
    for context in drawn(contexts(made)):
        assert {"tenant_id", "tenant_slug", "period", "limit"} <= context.keys()
        assert re.fullmatch(r"\d{4}-\d{2}", context["period"])
        assert context.get("unit", "quarter") in {"month", "quarter"}


def test_a_run_without_a_parameter_is_given_nothing(bundle: BundleFactory) -> None:
    assert drawn(contexts(bundle())) == [None]


def test_a_bundle_may_be_named_in_every_way(bundle: BundleFactory) -> None:
    made = bundle(models=CONTEXT, takes="context: Context")
    loaded = load_bundle(made)
    ways = [made, str(made), loaded, loaded.workflow_class, WorkflowHarness(made)]
    fakes = [drawn(contexts(way), 1)[0].model_dump() for way in ways]
    assert fakes == [fakes[0]] * len(ways)
