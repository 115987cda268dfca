"""A scenario is written as source that makes the same scenario."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit import Scenario
from ntro_testkit.checks.scenario_source import scenario_source
from ntro_testkit.schedule import (
    ActivityCompletes,
    AgentAnswers,
    SignalArrives,
    StandInEnds,
    TimerFires,
)
from tests.checks.examined import pasted

WORDS = st.text(max_size=8)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
HAPPENINGS = st.one_of(
    st.builds(SignalArrives, WORDS, JSON, WORDS),
    st.builds(ActivityCompletes, WORDS, st.integers(0, 2)),
    st.sampled_from([AgentAnswers(), StandInEnds(), TimerFires()]),
)
SCENARIOS = st.builds(
    Scenario,
    name=WORDS,
    approve_reviews=st.booleans(),
    decisions=st.dictionaries(WORDS, st.lists(st.just("approved") | st.just({"a": 1})), max_size=2),
    dialect=st.none() | st.just("page"),
    schedule=st.lists(HAPPENINGS, max_size=3).map(lambda listed: listed or ()),
)


@given(SCENARIOS)
def test_what_is_printed_makes_the_same_scenario(scenario: Scenario) -> None:
    assert pasted(scenario_source(scenario)) == scenario


def test_only_what_is_said_is_printed() -> None:
    scenario = Scenario("early", schedule=[SignalArrives("user_action"), AgentAnswers()])
    assert scenario_source(scenario) == (
        "Scenario(\n"
        "    name='early',\n"
        "    schedule=[\n"
        "        SignalArrives(name='user_action'),\n"
        "        AgentAnswers(),\n"
        "    ],\n"
        ")"
    )
