"""What is left of a schedule shows the fault, and nothing of it can be left out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ntro_testkit.explore.shrinking import shrink

hypothesis = pytest.importorskip("hypothesis", reason="property tests need hypothesis")
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402


def in_order(part: Sequence[int], whole: Sequence[int]) -> bool:
    rest = iter(whole)
    return all(item in rest for item in part)


@given(items=st.lists(st.integers(0, 9), max_size=30), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_needed_in_order_is_all_that_is_left(items: list[int], data: st.DataObject) -> None:
    places = data.draw(
        st.sets(st.integers(0, len(items) - 1), max_size=4) if items else st.just(())
    )
    needed = [items[place] for place in sorted(places)]
    assert shrink(items, lambda part: in_order(needed, part)) == needed


@given(items=st.lists(st.integers(0, 9), max_size=12), total=st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_nothing_more_can_be_left_out(items: list[int], total: int) -> None:
    def shows(part: Sequence[int]) -> bool:
        return sum(part) >= total or (len(part) % 3 == 1 and 7 in part)

    hypothesis.assume(shows(items))
    left = shrink(items, shows)
    assert shows(left)
    assert in_order(left, items)
    assert not any(shows(left[:place] + left[place + 1 :]) for place in range(len(left)))


def test_few_runs_are_needed_where_little_is_left() -> None:
    asked: list[int] = []

    def shows(part: Sequence[int]) -> bool:
        asked.append(len(part))
        return 77 in part

    assert shrink(range(100), shows) == [77]
    assert len(asked) < 40
