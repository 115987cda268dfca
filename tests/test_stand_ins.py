"""What a stand-in answers when nothing was said: a fake of what the child declares."""

from __future__ import annotations

import pytest

from ntro_testkit import MockError, StandIn, load_runbook
from tests.bundles import run
from tests.conftest import BundleFactory

PARENT = "return await self.run_child_workflow(slug='child', input={})"
CHILD = {
    "models": "class Answer(BaseModel):\n    total: int\n    period: str = '2026-01'",
    "takes": "ctx: dict[str, Any]",
    "returns": "Answer",
    "run": "return Answer(total=1)",
}


def test_an_unsaid_result_is_faked_from_the_bundle_of_the_child(bundle: BundleFactory) -> None:
    child = bundle("child", **CHILD)
    result = run(bundle("parent", run=PARENT), children=[StandIn("child", result_type=child)])
    assert result.status == "completed", result.error
    assert result.children[0].stand_in
    assert result.children[0].result.model_dump() == {"total": 0, "period": "2026-01"}


def test_an_unsaid_result_is_faked_from_the_workflow_class_of_the_child(
    bundle: BundleFactory,
) -> None:
    child_class, _ = load_runbook(bundle("child", **CHILD))
    stand_in = StandIn("child", result_type=child_class)
    result = run(bundle("parent", run=PARENT), children=[stand_in])
    assert result.children[0].result.total == 0


def test_a_stand_in_that_says_nothing_and_has_no_type_is_an_error_that_says_what_to_write(
    bundle: BundleFactory,
) -> None:
    with pytest.raises(MockError, match="result_type"):
        run(bundle("parent", run=PARENT), children=[StandIn("child")])
