"""NTR709: what differs in the twin's process, on planted faults and on sound code."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntro_testkit import HAPPY, REJECT_ALL
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.trace import SourceLine
from ntro_testkit.twin.hazards import suspect_called
from ntro_testkit.twin.order import order_of
from ntro_testkit.twin.twin import Twin
from ntro_testkit.twin.verdicts import twin_notes, twin_verdicts
from ntro_testkit.verdict import Verdict
from tests.bundles import line_of
from tests.checks.examination import experiment
from tests.checks.planted import SEEN_ELSEWHERE, SOUND, Fault, branch, sends
from tests.test_fixtures import BUNDLES, children, skip_without_temporalio

CAUSES = {
    "now-day-parity": "at another time or in another time zone",
    "now-past-a-year": "at another time",
    "now-by-getattr": "at another time or in another time zone",
    "now-as-default": "at another time",
    "time-in-partial": "at another time",
    "local-zone": "in another time zone",
    "random-branch": "with other random numbers",
    "environment-branch": "with other environment variables",
    "environment-flag": "with other environment variables",
    "host": "on another machine",
    "directory": "in another working directory",
    "process-id": "in another process",
    "hash-of-a-text": "in another process",
    "identity": "every time it runs",
    "set-order": "in another process",
    "uuid": "every time it runs",
    "uuid-by-map": "every time it runs",
    "uuid-as-default": "every time it runs",
    "uuid-as-direct-default": "every time it runs",
    "now-in-an-argument": "every time it runs",
    "at-import": "at another time",
}
"""Name of a fault -> what the verdict says made the difference."""


def verdicts(tried: Experiment, twin: Twin) -> list[Verdict]:
    answer = twin.answer(order_of(tried))
    assert not twin_notes(tried, answer)
    return list(twin_verdicts(tried, answer))


def test_every_planted_fault_is_tried() -> None:
    assert CAUSES.keys() == SEEN_ELSEWHERE.keys()


@pytest.mark.parametrize("name", SEEN_ELSEWHERE)
def test_the_twin_shows(name: str, tmp_path: Path, twin: Twin) -> None:
    bundle = SEEN_ELSEWHERE[name].write(tmp_path)
    [verdict] = verdicts(experiment(bundle), twin)
    assert verdict.code == "NTR709"
    assert verdict.message.startswith("activity `demo.")
    # The hour here decides whether another zone is another day.
    assert verdict.message.endswith(CAUSES[name]) or (
        name in {"now-day-parity", "now-by-getattr"} and "at another time" in verdict.message
    )
    assert verdict.line is not None
    assert verdict.comparison is not None
    assert verdict.comparison.rows


@pytest.mark.parametrize("name", SOUND)
def test_the_twin_says_nothing_of(name: str, tmp_path: Path, twin: Twin) -> None:
    tried = experiment(SOUND[name].write(tmp_path), HAPPY, REJECT_ALL)
    assert not verdicts(tried, twin)


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda path: path.name)
def test_every_sample_bundle_is_the_same_elsewhere_in_every_scenario(
    bundle: Path, twin: Twin
) -> None:
    skip_without_temporalio(bundle)
    scenarios = available_scenarios(bundle).values()
    tried = experiment(bundle, *scenarios, child_workflows=children(bundle))
    assert not verdicts(tried, twin)


def test_the_hazard_the_lint_knows_is_named(tmp_path: Path, twin: Twin) -> None:
    bundle = SEEN_ELSEWHERE["environment-branch"].write(tmp_path)
    [verdict] = verdicts(experiment(bundle), twin)
    alone, hazard = verdict.evidence
    assert alone == "this alone makes the difference: environment"
    assert hazard.startswith("possibly behind it: NTR105 `os.environ.get()`")
    assert hazard.endswith(f"workflow.py:{line_of(bundle, 'os.environ.get(')})")


def test_a_hazard_in_the_very_command_is_named_without_a_doubt(tmp_path: Path, twin: Twin) -> None:
    fault = Fault(
        "await runbook.execute_activity(activities.a, os.getpid(), start_to_close_timeout=MINUTE)",
        "import os",
    )
    bundle = fault.write(tmp_path)
    [verdict] = verdicts(experiment(bundle), twin)
    assert verdict.evidence[1].startswith("behind it: NTR105 `os.getpid()`")
    assert verdict.line is not None
    assert verdict.line.line == line_of(bundle, "os.getpid()")


def test_a_hazard_of_another_kind_is_not_suspected(tmp_path: Path, twin: Twin) -> None:
    fault = branch("os.getenv('STRICT') and time.time()", "import os, time")
    [verdict] = verdicts(experiment(fault.write(tmp_path)), twin)
    assert [line[:26] for line in verdict.evidence[1:]] == ["possibly behind it: NTR105"]


def test_the_lines_of_scenarios_that_part_alike_are_told_once(tmp_path: Path, twin: Twin) -> None:
    bundle = SEEN_ELSEWHERE["host"].write(tmp_path)
    found = verdicts(experiment(bundle, HAPPY, REJECT_ALL), twin)
    assert [verdict.scenario for verdict in found] == ["happy"]


def test_an_import_that_fails_elsewhere_is_a_difference(tmp_path: Path, twin: Twin) -> None:
    fault = sends("LIMIT", 'import os\nLIMIT = {None: 3}[os.environ.get("FUND_LIMIT")]')
    bundle = fault.write(tmp_path)
    [verdict] = verdicts(experiment(bundle), twin)
    assert verdict.message.startswith(
        "the bundle cannot be imported with other environment variables: "
    )
    assert "KeyError at import" in verdict.message
    assert verdict.line is not None
    assert verdict.line.line == line_of(bundle, "LIMIT = {")


def test_what_else_differs_is_found_where_the_import_fails(tmp_path: Path, twin: Twin) -> None:
    fault = sends("os.getcwd()", 'import os\nLIMIT = {None: 3}[os.environ.get("FUND_LIMIT")]')
    found = verdicts(experiment(fault.write(tmp_path)), twin)
    assert len(found) == 2
    assert found[1].message.endswith("in another working directory")


def test_what_activities_are_configured_with_is_no_fault(tmp_path: Path, twin: Twin) -> None:
    fault = sends(
        "1",
        activities="from . import settings\n",
        files={
            "templates/settings.py": "import os\nMODE = {None: 3}[os.environ.get('SERVICE_MODE')]\n"
        },
    )
    assert not verdicts(experiment(fault.write(tmp_path)), twin)


def test_a_fault_of_a_child_stands_at_its_line(tmp_path: Path, twin: Twin) -> None:
    child = sends("id(self)", takes="ctx: dict[str, Any]").write(tmp_path, "other")
    calls = Fault("await self.run_child_workflow(slug='other', input={})")
    tried = experiment(calls.write(tmp_path, "parent"), child_workflows=[child])
    [verdict] = verdicts(tried, twin)
    assert verdict.line is not None
    assert str(child) in verdict.line.path


def test_runs_on_temporals_instance_are_repeated_on_it(tmp_path: Path, twin: Twin) -> None:
    pytest.importorskip("temporalio", reason="the backend `sdk` is temporalio's")
    sound = experiment(SOUND["logging-and-gates"].write(tmp_path, "sound"), backend="sdk")
    assert not verdicts(sound, twin)
    faulty = experiment(SEEN_ELSEWHERE["host"].write(tmp_path, "faulty"), backend="sdk")
    assert [verdict.code for verdict in verdicts(faulty, twin)] == ["NTR709"]


def test_a_hazard_that_was_called_is_named_where_the_lint_knows_none(
    tmp_path: Path, twin: Twin
) -> None:
    bundle = SEEN_ELSEWHERE["now-by-getattr"].write(tmp_path)
    tried = experiment(bundle)
    line = SourceLine(str(bundle / "templates/workflow.py"), 37, "run")
    called = [suspect_called("NTR101", "datetime.now", line)]
    [verdict] = twin_verdicts(tried, twin.answer(order_of(tried)), called)
    assert verdict.evidence[1] == (
        f"possibly behind it: NTR101 `datetime.now` was called ({line.path}:37)"
    )


WIDE = """
import datetime
import decimal
import enum
import ipaddress
import pathlib
import uuid
from typing import Literal, NamedTuple

from pydantic import AwareDatetime
from typing_extensions import TypedDict


class Kind(enum.Enum):
    FUND = "fund"
    BANK = "bank"


class Row(TypedDict):
    name: str
    amount: decimal.Decimal


class Point(NamedTuple):
    x: float
    y: int


class Wide(BaseModel):
    tags: set[str] = Field(min_length=4)
    numbers: frozenset[int] = Field(min_length=3)
    code: str = Field(pattern=r"^[A-Z]{2}-[0-9]{4}$")
    day: datetime.date
    at: AwareDatetime
    clock: datetime.time
    lasting: datetime.timedelta
    number: uuid.UUID
    kind: Kind
    side: Literal["debit", "credit"]
    rows: list[Row]
    by_name: dict[str, Point]
    either: int | str | None
    address: ipaddress.IPv4Address
    file: pathlib.Path
    inner: "Wide | None" = None
"""


def test_fakes_are_the_same_in_every_world(tmp_path: Path, twin: Twin) -> None:
    fault = Fault(
        "await do(activities.a, ctx.model_dump_json(exclude={'tags', 'numbers'}))\n"
        "await do(activities.a, [sorted(ctx.tags), sorted(ctx.numbers)])\n"
        "await do(activities.a, (await do(activities.wide)).model_dump_json(exclude={'tags'}))",
        takes="ctx: Wide",
        models=WIDE,
        activities='@activity.defn(name="demo.wide")\ndef wide() -> Wide: ...\n',
    )
    tried = experiment(fault.write(tmp_path))
    assert tried.happy.status == "completed", tried.happy.error
    assert not verdicts(tried, twin)


def test_a_given_input_is_what_the_twin_runs_with(tmp_path: Path, twin: Twin) -> None:
    fault = sends("ctx", takes="ctx: dict[str, Any]")
    bundle = fault.write(tmp_path)
    plain = experiment(bundle)
    given = {"input": {"fund": "alder", "rows": [1.5, None, "ß"]}}
    runs = [
        type(each)(each.scenario, plain.harness.run_sync(scenario=each.scenario, **given))
        for each in plain.runs
    ]
    assert not verdicts(Experiment(plain.harness, runs, given), twin)
    assert verdicts(Experiment(plain.harness, runs), twin), "a faked input is another one"
