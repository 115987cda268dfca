"""A scenario printed as source is the same scenario when it is run."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from ntro_testkit import HAPPY, Scenario
from ntro_testkit.runtime.forcing import force_runtime
from ntro_testkit.scenario_source import Unprintable, constant, scenario_source
from ntro_testkit.schedule import (
    ActivityCompletes,
    AgentAnswers,
    SignalArrives,
    StandInEnds,
    TimerFires,
)
from tests.bundles import pasted

hypothesis = pytest.importorskip("hypothesis", reason="property tests need hypothesis")
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402


class Colour(Enum):
    RED = "red"


def formatted(source: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    return done.stdout


TEXTS = st.text(max_size=12)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    TEXTS,
    st.binary(max_size=8),
    st.uuids(),
    st.decimals(allow_nan=False),
    st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Europe/Berlin")])),
    st.dates(),
    st.timedeltas(max_value=timedelta(days=3650), min_value=-timedelta(days=3650)),
    st.just(Colour.RED),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(TEXTS, inner, max_size=3),
        st.sets(st.integers(), max_size=3),
        st.frozensets(TEXTS, max_size=3),
    ),
    max_leaves=5,
)
HAPPENINGS = st.one_of(
    st.builds(SignalArrives, TEXTS, VALUES, TEXTS),
    st.builds(ActivityCompletes, TEXTS, st.integers(0, 3)),
    st.sampled_from([AgentAnswers(), StandInEnds(), TimerFires()]),
)
SCENARIOS = st.builds(
    Scenario,
    name=TEXTS,
    approve_reviews=st.booleans(),
    decisions=st.dictionaries(TEXTS, st.lists(st.sampled_from(["approved", "rejected"]))),
    timeouts=st.one_of(st.sets(TEXTS, max_size=3), st.lists(TEXTS, max_size=3).map(tuple)),
    activity_failures=st.dictionaries(TEXTS, st.sampled_from([ValueError, KeyError])),
    signals=st.dictionaries(TEXTS, st.lists(st.tuples(TEXTS, VALUES), max_size=2), max_size=2),
    start_time=st.datetimes(timezones=st.just(UTC)),
    dialect=st.sampled_from([None, "tenant"]),
    schedule=st.lists(HAPPENINGS, max_size=4),
)


@given(scenario=SCENARIOS)
@settings(max_examples=20, deadline=None)
def test_a_printed_scenario_is_the_same_scenario(scenario: Scenario) -> None:
    printed = pasted(scenario_source(scenario))
    assert printed == scenario


RACE = Scenario(
    name="late upload",
    decisions={"review": ["rejected", {"type": "approved", "comments": 'said "yes"'}]},
    timeouts={"b", "a"},
    start_time=datetime(2026, 3, 31, 23, 59, tzinfo=UTC),
    schedule=[
        SignalArrives(
            "document_submitted",
            {"document_ref": str(UUID(int=7)), "tags": ["one", "two"], "amount": Decimal("1.50")},
            workflow="collect:document-collect",
        ),
        SignalArrives("user_action", {"type": "approved"}),
        ActivityCompletes("petty_cash.read_slip", 1),
        ActivityCompletes("petty_cash.post_slip"),
        TimerFires(),
    ],
)

PRINTED = """\
from datetime import UTC, datetime
from decimal import Decimal

from ntro_testkit import Scenario
from ntro_testkit.schedule import ActivityCompletes, SignalArrives, TimerFires

LATE_UPLOAD = Scenario(
    name="late upload",
    decisions={"review": ["rejected", {"type": "approved", "comments": 'said "yes"'}]},
    timeouts={"a", "b"},
    schedule=[
        SignalArrives(
            "document_submitted",
            {
                "document_ref": "00000000-0000-0000-0000-000000000007",
                "tags": ["one", "two"],
                "amount": Decimal("1.50"),
            },
            "collect:document-collect",
        ),
        SignalArrives("user_action", {"type": "approved"}),
        ActivityCompletes("petty_cash.read_slip", 1),
        ActivityCompletes("petty_cash.post_slip"),
        TimerFires(),
    ],
    start_time=datetime(2026, 3, 31, 23, 59, tzinfo=UTC),
)
"""


def test_only_what_differs_from_the_defaults_is_printed() -> None:
    assert scenario_source(HAPPY) == (
        'from ntro_testkit import Scenario\n\nHAPPY = Scenario(name="happy")\n'
    )


def test_a_scenario_is_printed_as_an_author_would_write_it() -> None:
    source = scenario_source(RACE)
    assert sorted(source.splitlines()) == sorted(PRINTED.splitlines())
    assert pasted(source) == RACE
    assert formatted(source) == source


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("happy", "HAPPY"),
        ("2 late/uploads", "SCENARIO_2_LATE_UPLOADS"),
        ("früh", "FR_H"),
        ("", "SCENARIO"),
    ],
)
def test_the_constant_is_named_after_the_scenario(name: str, spelt: str) -> None:
    assert constant(name) == spelt


@pytest.mark.parametrize(
    "value",
    [
        object(),
        lambda: None,
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1))),
        type("Inner", (), {"__qualname__": "Outer.Inner"}),
    ],
    ids=["object", "function", "fixed offset", "inner class"],
)
def test_a_value_without_source_text_is_not_printed(value: object) -> None:
    with pytest.raises(Unprintable):
        scenario_source(Scenario("odd", schedule=[SignalArrives("odd", value)]))


class Refused(Exception):
    """An author's exception that makes its message itself."""

    def __init__(self, row: int) -> None:
        super().__init__(f"row {row} is refused")


class Missing(LookupError):
    """An author's exception that leaves its arguments alone."""


def printed_failure(error: BaseException) -> BaseException:
    scenario = Scenario("down", activity_failures={"demo.read": error})
    failure = pasted(scenario_source(scenario)).activity_failures["demo.read"]
    assert isinstance(failure, BaseException)
    return failure


@pytest.mark.parametrize(
    "error",
    [ValueError("no", 3), OSError(2, "no such file", "slip.pdf"), Missing("slip"), KeyError()],
    ids=repr,
)
def test_an_exception_is_printed_with_its_arguments(error: BaseException) -> None:
    printed = printed_failure(error)
    assert type(printed) is type(error)
    assert printed.__reduce__() == error.__reduce__()


def test_an_exception_that_makes_its_own_message_is_not_printed() -> None:
    with pytest.raises(Unprintable, match="Refused"):
        printed_failure(Refused(3))


def test_a_failure_keeps_its_type_and_whether_it_is_retried() -> None:
    force_runtime()
    from ntro.workflow import WorkflowError

    error = WorkflowError("the input is refused", type="Refused", non_retryable=True)
    source = scenario_source(Scenario("down", activity_failures={"demo.read": error}))
    assert "from ntro.workflow import WorkflowError\n" in source
    printed = printed_failure(error)
    assert type(printed) is WorkflowError
    assert (printed.message, printed.type) == ("the input is refused", "Refused")
    assert printed.non_retryable


def test_a_failure_of_temporal_keeps_what_it_was_made_with() -> None:
    exceptions = pytest.importorskip("temporalio.exceptions", reason="it is temporalio's class")
    error = exceptions.ApplicationError(
        "down", {"row": 3}, type="Outage", next_retry_delay=timedelta(seconds=5)
    )
    source = scenario_source(Scenario("down", activity_failures={"demo.read": error}))
    assert "from temporalio.exceptions import ApplicationError\n" in source
    printed = printed_failure(error)
    assert isinstance(printed, exceptions.ApplicationError)
    assert (printed.message, printed.type, printed.details) == ("down", "Outage", ({"row": 3},))
    assert printed.next_retry_delay == timedelta(seconds=5)
    assert not printed.non_retryable


PASTED = """\
import sys

from ntro_testkit.author_scenarios import load_author_scenarios

assert "ntro.workflow" not in sys.modules
[scenario] = load_author_scenarios(sys.argv[1]).values()

from ntro.workflow import WorkflowError
from ntro_testkit.runtime.forcing import is_forced

assert is_forced()
print(type(scenario.activity_failures["demo.read"]) is WorkflowError)
"""


def test_the_sorted_imports_work_where_nothing_else_was_imported_before(tmp_path: Path) -> None:
    """`ntro.workflow` comes before `ntro_testkit` in them, which has to be there first."""
    force_runtime()
    from ntro.workflow import WorkflowError

    failing = Scenario("down", activity_failures={"demo.read": WorkflowError("down")})
    source = scenario_source(failing)
    assert source.index("ntro.workflow") < source.index("ntro_testkit")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "scenarios.py").write_text(source)
    command = [sys.executable, "-c", PASTED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True\n", "")
