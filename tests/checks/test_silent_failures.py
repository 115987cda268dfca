"""Which names are commits, and which values say something that others do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntro_testkit.checks.commits import is_commit, is_done
from ntro_testkit.checks.failures.silent_failures import says_nothing_new

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=4,
)


@pytest.mark.parametrize(
    "name",
    ["petty_cash.post_slip", "nav.commit", "demo.storeRows", "write-journal", "book_entry_v2"],
)
def test_activities_that_do_something_for_good_are_commits(name: str) -> None:
    assert is_commit(name)


@pytest.mark.parametrize(
    "name",
    [
        *("nav.read_ledger", "demo.prepare_post", "demo.apply_edits", "postal.load_address"),
        *(
            "demo.post_comment",
            "demo.write_audit_log",
            "demo.postpone",
            "store.load",
            "demo.delete_draft",
            "",
        ),
    ],
)
def test_reading_working_out_and_telling_are_no_commits(name: str) -> None:
    assert not is_commit(name)


def test_words_of_a_result_that_say_everything_was_done() -> None:
    assert is_done("Posted")
    assert not any(map(is_done, ["partial", "failed", "", None, True]))


@settings(max_examples=25, deadline=None)
@given(JSON)
def test_a_value_says_nothing_new_beside_itself(value: Any) -> None:
    assert says_nothing_new(value, value)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(max_size=3), JSON, min_size=1, max_size=3), st.data())
def test_a_part_that_is_missing_or_empty_says_nothing_new(
    value: dict[str, Any], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(value)))
    without = {name: part for name, part in value.items() if name != key}
    assert says_nothing_new(value, without)
    assert says_nothing_new(value, {**value, key: None})
    assert says_nothing_new(value, {**value, key: ""})


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(max_size=3), JSON, max_size=3), st.text(max_size=3))
def test_a_part_that_was_not_there_says_something(value: dict[str, Any], key: str) -> None:
    without = {name: part for name, part in value.items() if name != key}
    assert not says_nothing_new(without, {**without, key: "failed"})


@pytest.mark.parametrize(
    "before, after", [(True, False), (1, True), (3, 0), (["a"], []), ({}, {"a": 1}), ("a", "b")]
)
def test_another_value_says_something(before: Any, after: Any) -> None:
    assert not says_nothing_new(before, after)
