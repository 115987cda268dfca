"""What a twin cannot repeat, said in a line each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import HAPPY, Scenario, StandIn, WorkflowHarness
from ntro_testkit.author_scenarios import load_author_scenarios
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.twin.answers import scenario_text
from ntro_testkit.twin.order import UnsendableError, order_of
from ntro_testkit.twin.twin import Twin
from ntro_testkit.twin.verdicts import twin_notes, twin_verdicts
from tests.checks.examination import experiment
from tests.checks.planted import Fault, sends

IMPORTS = "from datetime import datetime, UTC\nfrom ntro_testkit import Scenario\n"


def test_a_scenario_that_is_in_no_file_is_named(tmp_path: Path, twin: Twin) -> None:
    tried = experiment(sends("1").write(tmp_path), HAPPY, Scenario("inline"))
    answer = twin.answer(order_of(tried))
    assert twin_notes(tried, answer) == [
        "the twin cannot run the scenario `inline`: it is in no `tests/scenarios.py`"
    ]
    assert not list(twin_verdicts(tried, answer))


def test_a_scenario_that_differs_itself_is_not_held_against_the_workflow(
    tmp_path: Path, twin: Twin
) -> None:
    fault = sends(
        "runbook.now().isoformat()",
        files={
            "tests/scenarios.py": f"{IMPORTS}NOW = Scenario('now', start_time=datetime.now(UTC))"
        },
    )
    bundle = fault.write(tmp_path)
    tried = experiment(bundle, *load_author_scenarios(bundle).values())
    answer = twin.answer(order_of(tried))
    [note] = twin_notes(tried, answer)
    assert note.startswith("the scenario `now` is another one in another process")
    assert not list(twin_verdicts(tried, answer))


def test_an_authors_scenario_with_a_set_in_it_is_the_same_everywhere() -> None:
    names = [f"step-{number}" for number in range(9)]
    left = Scenario("late", timeouts=set(names))
    right = Scenario("late", timeouts=frozenset(names[::-1]))
    assert scenario_text(left) == scenario_text(right)
    assert scenario_text(left) != scenario_text(Scenario("late", timeouts=set(names[:8])))


def test_an_exception_of_a_scenario_is_the_same_everywhere() -> None:
    left, right = (
        Scenario("down", activity_failures={"demo.a": ValueError("no")}) for _ in range(2)
    )
    other = Scenario("down", activity_failures={"demo.a": ValueError("other")})
    assert scenario_text(left) == scenario_text(right) != scenario_text(other)


def test_runs_with_mocks_cannot_be_repeated(tmp_path: Path) -> None:
    tried = experiment(sends("1").write(tmp_path), mocks={"demo.a": 1})
    with pytest.raises(UnsendableError, match="mocks cannot be sent"):
        order_of(tried)


@pytest.mark.parametrize(
    "options, why",
    [
        ({"redact": lambda payload: payload}, "`redact` cannot be sent"),
        ({"backend": "sdk", "sandbox": True}, "does not run in Temporal's sandbox"),
    ],
)
def test_runs_that_are_made_otherwise_cannot_be_repeated(
    options: dict[str, Any], why: str, tmp_path: Path
) -> None:
    if "backend" in options:
        pytest.importorskip("temporalio", reason="only temporalio has a sandbox")
    bundle = sends("1").write(tmp_path)
    with WorkflowHarness(bundle, **options) as harness:
        tried = Experiment(harness, [Examined(HAPPY, harness.run_sync())])
        with pytest.raises(UnsendableError, match=why):
            order_of(tried)


def test_runs_with_stand_ins_cannot_be_repeated(tmp_path: Path) -> None:
    calls = Fault("return await self.run_child_workflow(slug='other', input={})")
    tried = experiment(calls.write(tmp_path), child_workflows=[StandIn("other", happy=1)])
    with pytest.raises(UnsendableError, match="can only load bundles: `other` is in none"):
        order_of(tried)


def test_a_class_that_is_in_no_bundle_cannot_be_sent(tmp_path: Path) -> None:
    tried = experiment(sends("1").write(tmp_path))
    alone = type("Alone", (), dict(vars(tried.harness.workflow_cls)))
    del alone.__ntro_testkit_bundle__  # type: ignore[attr-defined]
    with WorkflowHarness(alone) as harness:
        examined = [Examined(HAPPY, tried.happy)]
        with pytest.raises(UnsendableError, match="`Alone` is in none"):
            order_of(Experiment(harness, examined))
