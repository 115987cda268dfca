"""NTR708: what becomes of a parent when its child fails."""

from __future__ import annotations

from pathlib import Path

from ntro_testkit import StandIn
from ntro_testkit.checks.failures.child_failures import CHECK
from tests.bundles import line_of
from tests.checks.examination import verdicts
from tests.conftest import BundleFactory
from tests.test_fixtures import children

PARENT = """
result = None
try:
    result = await self.run_child_workflow(slug="part", input={})
except Exception:
    runbook.logger.warning("the part failed")
"""


def test_a_parent_that_ends_with_its_child_is_sound(bundle: BundleFactory) -> None:
    directory = bundle(run='return await self.run_child_workflow(slug="part", input={})')
    assert verdicts(CHECK, directory, child_workflows=[StandIn("part", happy={"n": 1})]) == []


def test_a_parent_that_goes_on_without_its_child_is_sound(bundle: BundleFactory) -> None:
    directory = bundle(run=PARENT + "return result")
    assert verdicts(CHECK, directory, child_workflows=[StandIn("part", happy={"n": 1})]) == []


def test_a_parent_that_hangs_without_its_child_is_told(bundle: BundleFactory) -> None:
    directory = bundle(run=PARENT + 'return result["n"]')
    [verdict] = verdicts(CHECK, directory, child_workflows=[StandIn("part", happy={"n": 1})])
    assert verdict.code == "NTR708"
    assert verdict.message == "child `part` fails: the run hangs"
    assert "TypeError" in verdict.evidence[-1]
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "self.run_child_workflow")


def test_a_real_child_is_replaced_by_one_that_fails(bundle: BundleFactory) -> None:
    part = bundle("part", run='return {"n": 1}', takes="context: dict")
    directory = bundle(run=PARENT + 'return result["n"]')
    [verdict] = verdicts(CHECK, directory, child_workflows=[part])
    assert verdict.message == "child `part` fails: the run hangs"


def test_sample_bundles_have_no_such_fault(sample: Path) -> None:
    assert verdicts(CHECK, sample, child_workflows=children(sample)) == []
