"""NTR710: what the second run in a process finds of the first."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, StandIn, WorkflowHarness
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.checks.examining import examine
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.checks.reruns.second_run import second_run_verdicts
from tests.bundles import line_of
from tests.checks.examination import experiment
from tests.checks.planted import SEEN_AGAIN, SOUND, Fault, sends
from tests.conftest import BundleFactory
from tests.test_fixtures import children

COUNTER = SEEN_AGAIN["module-counter"]


@pytest.mark.parametrize("name", SEEN_AGAIN)
def test_a_second_run_shows(name: str, tmp_path: Path) -> None:
    bundle = SEEN_AGAIN[name].write(tmp_path)
    [verdict] = second_run_verdicts(experiment(bundle))
    assert verdict.code == "NTR710"
    assert verdict.scenario == "happy"
    assert verdict.comparison is not None
    assert verdict.comparison.rows


@pytest.mark.parametrize("name", SOUND)
def test_a_second_run_of_sound_code_says_nothing(name: str, tmp_path: Path) -> None:
    assert not list(second_run_verdicts(experiment(SOUND[name].write(tmp_path))))


def test_every_sample_bundle_is_the_same_again_in_every_scenario(sample: Path) -> None:
    scenarios = available_scenarios(sample).values()
    tried = experiment(sample, *scenarios, child_workflows=children(sample))
    assert not list(second_run_verdicts(tried))


def test_the_message_names_the_command_and_both_values(tmp_path: Path) -> None:
    bundle = COUNTER.write(tmp_path)
    [verdict] = second_run_verdicts(experiment(bundle))
    assert verdict.message == (
        "the second run in one process is another: activity `demo.a` has args[0] 2, not 1"
    )
    assert verdict.comparison is not None
    [(left, right)] = verdict.comparison.rows
    assert left is not None
    assert '"args":[1]' in left
    assert right is not None
    assert '"args":[2]' in right


def test_the_verdict_stands_at_the_line_of_the_command_and_names_its_step(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        top="NUMBERS = [0]",
        members="""
        @runbook.step(name="post", title="Post")
        async def _post(self):
            NUMBERS[0] += 1
            await runbook.execute_activity(
                activities.a, NUMBERS[0], start_to_close_timeout=MINUTE
            )
        """,
        run="await self._post()",
        activities='@activity.defn(name="demo.a")\ndef a(value: int) -> int: ...\n',
    )
    [verdict] = second_run_verdicts(experiment(directory))
    assert verdict.message.startswith("step `post`: the second run")
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "activities.a, NUMBERS[0]") - 1
    assert verdict.line.function == "_post"


def test_one_line_is_told_once_for_all_scenarios(tmp_path: Path) -> None:
    tried = experiment(COUNTER.write(tmp_path), HAPPY, REJECT_ALL)
    assert [verdict.scenario for verdict in second_run_verdicts(tried)] == ["happy"]


def test_it_belongs_to_every_examination_and_can_be_silenced_on_its_line(tmp_path: Path) -> None:
    loud = Fault(
        "await runbook.execute_activity(activities.a, next(NUMBERS), "
        "start_to_close_timeout=MINUTE)",
        COUNTER.top,
    )
    quiet = Fault(loud.run + "  # noqa: NTR710 -- a number of this worker", loud.top)
    said = {
        slug: [each.code for each in examine(experiment(fault.write(tmp_path, slug)))]
        for slug, fault in {"loud": loud, "quiet": quiet}.items()
    }
    assert "NTR710" in said["loud"]
    assert "NTR710" not in said["quiet"]


# -- what is not the workflow's fault ------------------------------------------------------------


READS = Fault("rows = await do(activities.read)\nawait do(activities.a, rows)")


def test_a_mock_that_answers_otherwise_is_not_the_workflows_fault(tmp_path: Path) -> None:
    numbers = itertools.count()
    tried = experiment(
        READS.write(tmp_path), mocks={"demo.read": lambda: [next(numbers)], "demo.a": 1}
    )
    assert not list(second_run_verdicts(tried))


def test_a_list_of_answers_begins_again_in_every_run(tmp_path: Path) -> None:
    tried = experiment(READS.write(tmp_path), mocks={"demo.read": [lambda: [1]]})
    assert not list(second_run_verdicts(tried))


def test_what_differs_before_the_answer_does_is_the_workflows_fault(tmp_path: Path) -> None:
    numbers = itertools.count()
    fault = Fault(f"{COUNTER.run}\nawait do(activities.read)", COUNTER.top)
    tried = experiment(fault.write(tmp_path), mocks={"demo.read": lambda: [next(numbers)]})
    assert len(list(second_run_verdicts(tried))) == 1


def test_a_stand_in_that_answers_otherwise_is_not_the_workflows_fault(tmp_path: Path) -> None:
    numbers = itertools.count()
    fault = Fault(
        "found = await self.run_child_workflow(slug='other', input={})\n"
        "await do(activities.a, found)"
    )
    other = StandIn("other", happy=lambda _input: next(numbers))
    tried = experiment(fault.write(tmp_path), child_workflows=[other])
    assert tried.happy.status == "completed", tried.happy.error
    assert not list(second_run_verdicts(tried))


def test_a_fault_of_a_child_is_seen_from_its_parent(tmp_path: Path) -> None:
    fault = sends("next(NUMBERS)", COUNTER.top, takes="ctx: dict[str, Any]")
    child = fault.write(tmp_path, "other")
    calls = Fault("await self.run_child_workflow(slug='other', input={})")
    parent = calls.write(tmp_path, "parent")
    tried = experiment(parent, child_workflows=[child])
    assert tried.happy.status == "completed", tried.happy.error
    [verdict] = second_run_verdicts(tried)
    assert verdict.line is not None
    assert str(child) in verdict.line.path


def test_the_runs_are_given_what_the_first_was_given(tmp_path: Path) -> None:
    bundle = Fault("return None").write(tmp_path)
    given: dict[str, Any] = {"timeout_s": 7.0}
    with WorkflowHarness(bundle) as harness:
        runs = [Examined(HAPPY, harness.run_sync(scenario=HAPPY, **given))]
        assert not list(second_run_verdicts(Experiment(harness, runs, given)))
