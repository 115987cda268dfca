"""How checks are asked, and where what they say goes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, WorkflowHarness
from ntro_testkit.checks.check import Check
from ntro_testkit.checks.examining import charge, examine, run_all
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.mocks import MockError
from ntro_testkit.trace import SourceLine
from ntro_testkit.verdict import Verdict
from tests.bundles import line_of
from tests.conftest import BundleFactory

ASKS = {
    "members": """
    @runbook.step(name="check", title="Check")
    async def _check(self):
        return await self.wait_for_action(  # noqa: NTR701 -- it is only to be read
            payload={"rows": 2},
        )
    """,
    "run": "return (await self._check())['type']",
}


def experiment_on(directory: Path) -> Experiment:
    return run_all(WorkflowHarness(directory), [HAPPY, REJECT_ALL], {})


def saying(*verdicts: Verdict) -> Check:
    return Check(tuple({verdict.code for verdict in verdicts}), lambda _experiment: verdicts)


def at(directory: Path, text: str, code: str = "NTR701") -> Verdict:
    file = directory / "templates/workflow.py"
    place = SourceLine(str(file), line_of(directory, text), "_check")
    return Verdict(code, "no effect", "reject_all", line=place)


def test_a_verdict_fails_the_run_it_is_charged_to_and_no_other(bundle: BundleFactory) -> None:
    experiment = experiment_on(bundle(**ASKS))
    verdict = Verdict("NTR701", "no effect", "reject_all")
    charge(experiment, examine(experiment, checks=[saying(verdict)]))
    happy, rejected = (examined.result for examined in experiment.runs)
    assert happy.passed
    assert not rejected.passed
    assert rejected.verdicts == [verdict]


def test_a_comment_on_the_line_silences_its_code_only(bundle: BundleFactory) -> None:
    directory = bundle(**ASKS)
    experiment = experiment_on(directory)
    silenced = at(directory, "await self.wait_for_action(")
    other = at(directory, "await self.wait_for_action(", code="NTR702")
    elsewhere = at(directory, "return (await self._check())")
    checks = [saying(silenced, elsewhere), saying(other)]
    assert examine(experiment, checks=checks) == [elsewhere, other]


def test_code_that_is_no_file_silences_nothing(bundle: BundleFactory) -> None:
    verdict = Verdict("NTR701", "m", "happy", line=SourceLine("<cell 1>", 1, "run"))
    assert examine(experiment_on(bundle()), checks=[saying(verdict)]) == [verdict]


def test_a_check_is_not_asked_when_nobody_wants_its_codes(bundle: BundleFactory) -> None:
    def refuses(_experiment: Experiment) -> Iterator[Verdict]:
        raise AssertionError("asked")

    def wants(code: str) -> bool:
        return code == "NTR702"

    verdict = Verdict("NTR702", "m", "happy")
    checks = [Check(("NTR701",), refuses), saying(verdict, Verdict("NTR703", "m", "happy"))]
    assert examine(experiment_on(bundle()), wants, checks) == [verdict]


def test_of_a_happy_run_that_goes_wrong_only_checks_of_any_end_speak(
    bundle: BundleFactory,
) -> None:
    experiment = experiment_on(bundle(run="return [][1]"))
    shown = Verdict("NTR706", "m", "happy")
    checks = [
        saying(Verdict("NTR701", "m", "happy")),
        Check(("NTR706",), lambda _experiment: [shown], any_end=True),
    ]
    assert examine(experiment, checks=checks) == [shown]


def test_a_gate_nobody_can_answer_is_explained_though_the_run_fails_by_it(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        members="""
        @runbook.step(name="upload", title="Upload")
        async def _upload(self):
            await self.await_signal_with_action(
                predicate=lambda: False,
                action=asks_for("gone", runbook.info().workflow_id),
                timeout=MINUTE,
            )
        """,
        run="await self._upload()",
    )
    experiment = experiment_on(directory)
    assert not experiment.happy.ended_well
    assert "NTR706" in {verdict.code for verdict in examine(experiment)}


def test_a_check_that_comes_to_an_activity_nobody_can_answer_says_so(
    bundle: BundleFactory,
) -> None:
    def stumbles(_experiment: Experiment) -> Iterator[Verdict]:
        raise MockError("activity `undo` has no return annotation")
        yield

    experiment = experiment_on(bundle())
    verdict = Verdict("NTR702", "m", "happy")
    assert examine(experiment, checks=[Check(("NTR708",), stumbles), saying(verdict)]) == [verdict]
    assert experiment.runs[0].result.trace.warnings == [
        "not examined for NTR708: activity `undo` has no return annotation"
    ]


def test_the_happy_run_is_made_when_it_was_not_asked_for(bundle: BundleFactory) -> None:
    experiment = run_all(WorkflowHarness(bundle(**ASKS)), [REJECT_ALL], {})
    assert experiment.happy.result == "approved"
    assert experiment.charged("happy") == "reject_all"


LOUD = """
import logging
import sys
import warnings
print("printed")
print("complained", file=sys.stderr)
logging.getLogger("bundle").error("logged")
logging.error("logged at the root")
runbook.logger.error("logged by the runbook")
warnings.warn("warned of")
await do(activities.one)
return (await self.wait_for_action(payload={}))["type"]
"""


def test_runs_that_were_not_asked_for_say_nothing(
    bundle: BundleFactory, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    directory = bundle(run=LOUD, activities="@activity.defn\nasync def one() -> int: ...\n")
    with pytest.warns(UserWarning, match="warned of"):
        experiment = experiment_on(directory)
    assert capfd.readouterr().out.count("printed") == len(experiment.runs)
    caplog.clear()
    assert examine(experiment)
    assert capfd.readouterr() == ("", "")
    assert caplog.messages == []
    logging.getLogger("bundle").error("logging works again")
    assert caplog.messages == ["logging works again"]
