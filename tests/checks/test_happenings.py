"""What is written down of a run leads to the same run, as the schedule of a scenario."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ntro_testkit import HAPPY, StandIn
from ntro_testkit.checks.comparing import same
from ntro_testkit.checks.decisions.happenings import Chronicle
from ntro_testkit.schedule import ActivityCompletes, AgentAnswers, StandInEnds, TimerFires
from tests.checks.examination import experiment
from tests.conftest import BundleFactory
from tests.test_fixtures import children


def test_the_chronicle_of_a_sample_bundle_is_the_run_everybody_gets(sample: Path) -> None:
    made = experiment(sample, child_workflows=children(sample))
    with made.harness:
        chronicle = Chronicle()
        assert same(made.run(HAPPY, choose=chronicle.choose), made.happy)
        again = made.run(replace(HAPPY, schedule=chronicle.happenings))
        assert same(again, made.happy)
        assert not again.trace.warnings


def test_everything_that_can_happen_is_written_down_in_order(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        await do(read, 1)
        await asyncio.sleep(60)
        await self.run_child_workflow(slug="child", input={}, step_id="call")
        await self.wait_for_action(payload={})
        return 1
        """,
        activities='@activity.defn(name="demo.read")\nasync def read(number: int) -> int: ...\n',
    )
    made = experiment(directory, child_workflows=[StandIn("child", happy=1)])
    with made.harness:
        chronicle = Chronicle()
        made.run(HAPPY, choose=chronicle.choose)
    assert chronicle.happenings == [
        ActivityCompletes("demo.read"),
        TimerFires(),
        StandInEnds(),
        AgentAnswers(),
    ]
    assert [moment.before for moment in chronicle.moments] == [0, 1, 2, 3]
    assert [moment.gate is not None for moment in chronicle.moments] == [False, False, False, True]
    assert [moment.gates for moment in chronicle.moments] == [0, 0, 0, 1]
