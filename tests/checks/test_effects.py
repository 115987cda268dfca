"""What runs led to, with the answers that were sent and without them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit.checks.decisions.effects import effect_of, without_answers
from ntro_testkit.decisions import DIALECTS, user_action
from tests.bundles import run
from tests.conftest import BundleFactory

SPELLINGS = [
    user_action(decision, dialect)
    for decision in ("approved", "rejected")
    for dialect in (None, *DIALECTS)
]
TEXT = st.text(alphabet="abc appro", max_size=6)
JSON: st.SearchStrategy[Any] = st.recursive(
    TEXT | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def line(value: Any) -> str:
    return "schedule_activity demo.approve " + json.dumps(
        value, sort_keys=True, separators=(",", ":")
    )


@given(around=JSON, one=st.sampled_from(SPELLINGS), other=st.sampled_from(SPELLINGS))
def test_an_answer_that_is_handed_on_is_the_same_in_every_spelling(
    around: Any, one: dict[str, str], other: dict[str, str]
) -> None:
    first, second = line([around, one, {"by": one}]), line([around, other, {"by": other}])
    assert without_answers((first,)) == without_answers((second,))


@given(JSON)
def test_nothing_but_answers_is_left_out(value: Any) -> None:
    assert without_answers((line(value),)) == (line(value),)


@pytest.mark.parametrize("shown", ['payload={"total": %d}', 'payload={}, reason="total %d"'])
def test_what_a_gate_shows_is_part_of_what_a_run_led_to(bundle: BundleFactory, shown: str) -> None:
    effects = [
        effect_of(run(bundle(f"demo-{total}", run=f"await self.wait_for_action({shown % total})")))
        for total in (1, 2)
    ]
    assert [line for line in effects[0] if "gate" in line] != [
        line for line in effects[1] if "gate" in line
    ]
