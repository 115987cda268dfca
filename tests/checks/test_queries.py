"""NTR705: what the queries answer while a run goes on, and what asking does to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntro_testkit import HAPPY, Scenario
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.checks.queries.queries import CHECK
from ntro_testkit.checks.queries.query_shapes import shape_problem
from ntro_testkit.checks.queries.step_order import step_back
from tests.bundles import line_of
from tests.checks.examination import verdicts
from tests.conftest import BundleFactory
from tests.test_fixtures import children

RUN = """
answer = await self._review()
return [answer["type"], self.views]
"""

STEP = """
def __init__(self):
    super().__init__()
    self.views = 0
    self.rows = {"a": [1]}
    self.opened_at = None

@runbook.step(name="review", title="Review")
async def _review(self):
    return await self.wait_for_action(payload={"views": self.views})

"""

SOUND = {
    "plain": "def rows_shown(self):\n    return dict(self.rows)",
    "the-time": "def asked_at(self):\n    return runbook.now().isoformat()",
    "a-set": "def names(self):\n    return {1, 2}",
    "with-an-argument": "def row(self, name: str):\n    return self.rows[name]",
    "refuses": "def pack(self):\n    raise WorkflowError('there is none yet')",
    "more-than-the-base": (
        "def current_ui_state(self):\n    return {**super().current_ui_state(), 'views': 1}"
    ),
}


@pytest.mark.parametrize("query", SOUND.values(), ids=SOUND)
def test_a_query_that_answers_and_only_answers_is_sound(bundle: BundleFactory, query: str) -> None:
    directory = bundle(run=RUN, members=f"{STEP}@runbook.query\n{query}\n")
    assert verdicts(CHECK, directory) == []


def test_a_value_worked_out_once_is_no_change(bundle: BundleFactory) -> None:
    directory = bundle(
        run=RUN,
        top="import functools",
        members=STEP
        + """
@functools.cached_property
def total(self):
    return sum(self.rows["a"])

@runbook.query
def total_shown(self):
    return self.total
""",
    )
    assert verdicts(CHECK, directory) == []


FAULTS = {
    "raises": (
        "def opened(self):\n    return self.opened_at.isoformat()",
        "it raised AttributeError",
    ),
    "no-json": ("def opened(self):\n    return object()", "its answer has no JSON form"),
    "counts": (
        "def opened(self):\n    self.views += 1\n    return 1",
        "asking it changes `self.views`",
    ),
    "adds-to-a-list": (
        "def opened(self):\n    self.rows['a'].append(2)",
        "asking it changes `self.rows`",
    ),
    "changes-the-module": (
        "def opened(self):\n    SEEN.append(1)",
        "asking it changes `SEEN`",
    ),
    "changes-its-class": (
        "def opened(self):\n    type(self).known[len(type(self).known)] = 1",
        "asking it changes `DemoWorkflow.known`",
    ),
    "sends-a-command": (
        "def opened(self):\n    asyncio.get_running_loop().call_later(5, print)",
        "asking it changes what the run asks Temporal for",
    ),
}


@pytest.mark.parametrize("query, problem", FAULTS.values(), ids=FAULTS)
def test_a_query_with_a_fault_is_told_once(bundle: BundleFactory, query: str, problem: str) -> None:
    directory = bundle(
        run=RUN, top="SEEN = []", members=f"{STEP}known = {{}}\n\n@runbook.query\n{query}\n"
    )
    [verdict] = verdicts(CHECK, directory)
    assert verdict.code == "NTR705"
    assert verdict.message.startswith(f"query `opened`: {problem}")
    assert verdict.scenario == HAPPY.name
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "def opened")


def test_a_query_that_changes_the_result_is_told_with_both_runs(bundle: BundleFactory) -> None:
    query = FAULTS["counts"][0]
    directory = bundle(run=RUN, members=f"{STEP}@runbook.query\n{query}\n")
    [verdict] = verdicts(CHECK, directory, HAPPY)
    assert verdict.comparison is not None
    assert len(verdict.comparison.rows) == 2


def test_a_change_that_is_seen_in_the_run_alone_is_told(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        await self._review()
        return self.latest()
        """,
        top="""
        def counter():
            number = 0
            def count():
                nonlocal number
                number += 1
                return number
            return count
        """,
        members=STEP.replace("self.views = 0", "self.views = 0\n    self.latest = counter()")
        + "@runbook.query\ndef opened(self):\n    return self.latest()\n",
    )
    [verdict] = verdicts(CHECK, directory, HAPPY)
    assert verdict.message == "the queries: asking them changes the run"
    assert verdict.comparison is not None


def test_a_run_that_is_never_the_same_is_not_charged_to_its_queries(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        NUMBERS.append(1)
        await self._review()
        return len(NUMBERS)
        """,
        top="NUMBERS = []",
        members=STEP,
    )
    assert verdicts(CHECK, directory) == []


def test_an_answer_in_another_shape_than_the_platforms_is_told(bundle: BundleFactory) -> None:
    directory = bundle(
        run=RUN,
        members=STEP + '@runbook.query\ndef current_ui_state(self):\n    return {"views": 1}\n',
    )
    [verdict] = verdicts(CHECK, directory)
    assert verdict.message.startswith(
        "query `current_ui_state`: its answer lacks what the platform reads: `current_step_id`"
    )


def test_a_verdict_is_silenced_where_the_query_is_defined(bundle: BundleFactory) -> None:
    directory = bundle(
        run=RUN,
        members=STEP
        + "@runbook.query\ndef opened(self):  # noqa: NTR705 -- nobody asks\n    return object()\n",
    )
    assert verdicts(CHECK, directory) == []


TWO_STEPS = """
@runbook.step(name="first", title="First")
async def _first(self):
    return await self.wait_for_action(payload={})

@runbook.step(name="second", title="Second")
async def _second(self):
    return await self.wait_for_action(payload={})

@runbook.step(name="wait", title="Wait")
async def _wait(self, seconds):
    await asyncio.sleep(seconds)

@runbook.step(name="wait_too", title="Wait too")
async def _wait_too(self, seconds):
    await asyncio.sleep(seconds)
"""

ASKED_AGAIN = """
await self._first()
while (await self._second())["type"] == "rejected":
    self._steps_completed.clear()
    await self._first()
"""
LEFT_BY_AN_EXCEPTION = """
try:
    async with asyncio.timeout(0.1):
        await self._first()
        await asyncio.sleep(1)
except TimeoutError:
    await self._second()
"""
SIDE_BY_SIDE = "await asyncio.gather(self._wait(2), self._wait_too(1))"
FORGOTTEN = """
await self._first()
await self._wait(1)
self._steps_completed = []
await self._second()
"""


@pytest.mark.parametrize(
    "body",
    [ASKED_AGAIN, LEFT_BY_AN_EXCEPTION, SIDE_BY_SIDE],
    ids=["asked-again", "left-by-an-exception", "side-by-side"],
)
def test_steps_that_are_entered_again_or_left_do_not_go_back(
    bundle: BundleFactory, body: str
) -> None:
    scenario = Scenario("once_more", decisions={"second": ["rejected"]})
    assert verdicts(CHECK, bundle(run=body, members=TWO_STEPS), HAPPY, scenario) == []


def test_a_step_that_is_forgotten_goes_back(bundle: BundleFactory) -> None:
    [verdict] = verdicts(CHECK, bundle(run=FORGOTTEN, members=TWO_STEPS))
    assert verdict.message == (
        "query `current_steps`: step `first` was completed and is pending again"
    )


STATUS = st.sampled_from(["pending", "active", "completed"])
ANSWERS = st.lists(
    st.lists(STATUS, min_size=2, max_size=2).map(
        lambda pair: [{"id": str(n), "status": status} for n, status in enumerate(pair)]
    ),
    max_size=6,
)


@settings(max_examples=50, deadline=None)
@given(ANSWERS)
def test_steps_go_back_when_a_done_one_is_not_done_later(
    answers: list[list[dict[str, str]]],
) -> None:
    marks = [["x" if step["status"] == "completed" else "." for step in each] for each in answers]
    columns = ["".join(column) for column in zip(*marks, strict=True)]
    assert (step_back(answers) is not None) == any("x." in column for column in columns)


@pytest.mark.parametrize(
    "query, answer",
    [
        ("current_steps", [{"id": "a", "title": "A", "status": "active", "icon": "Up"}]),
        ("step_snapshots", {"a": {"display_hint": {}, "completed_at": "2026", "payload": 1}}),
        ("current_pending_action", "anything"),
        ("of_the_bundles_own", object()),
    ],
)
def test_shapes_that_the_platform_reads(query: str, answer: object) -> None:
    assert shape_problem(query, answer) is None


@pytest.mark.parametrize(
    "query, answer",
    [
        ("current_steps", {"a": "active"}),
        ("current_steps", [{"id": "a", "title": "A", "status": "done"}]),
        ("step_snapshots", {"a": {"display_hint": {}}}),
        ("children_by_step_id", {"a": [{"slug": "part", "run_id": "", "status": "running"}]}),
        ("current_ui_state", None),
    ],
)
def test_shapes_that_the_platform_cannot_read(query: str, answer: object) -> None:
    assert shape_problem(query, answer) is not None


def test_sample_bundles_have_no_such_fault_in_any_scenario(sample: Path) -> None:
    scenarios = list(available_scenarios(sample).values())
    assert verdicts(CHECK, sample, *scenarios, child_workflows=children(sample)) == []
