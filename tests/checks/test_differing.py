"""Where two accounts part: found, put in words, and laid side by side."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit.checks.reruns.account import (
    Account,
    Answer,
    Deed,
    account_data,
    account_from,
    canonical,
)
from ntro_testkit.checks.reruns.differing import first_difference, side_by_side
from ntro_testkit.trace import SourceLine

LINE = SourceLine("workflow.py", 7, "run")


def deed(name: str = "a", carried: Any = None, task: int = 1, **others: Any) -> Deed:
    kind = others.pop("kind", "schedule_activity")
    return Deed("id", task, kind, name, "" if carried is None else json.dumps(carried), **others)


def account(*deeds: Deed, answers: tuple[Answer, ...] = ()) -> Account:
    return Account(deeds, answers)


def said(left: Account, right: Account) -> str:
    return str(first_difference(left, right))


values = st.recursive(
    st.none() | st.integers(-3, 3) | st.sampled_from(["", "x", "ß"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)
deeds = st.builds(deed, st.sampled_from("ab"), values, st.integers(1, 2))
accounts = st.lists(deeds, max_size=3).map(lambda each: account(*each))


@given(accounts, accounts)
def test_two_accounts_part_where_their_deeds_do(left: Account, right: Account) -> None:
    difference = first_difference(left, right)
    assert (difference is None) == (left.deeds == right.deeds)
    rows = side_by_side("left", left, "right", right).rows
    assert bool(rows) == (difference is not None)
    if difference is not None:
        assert "\n" not in str(difference)
        assert difference.deed in (*left.deeds, *right.deeds)


@given(accounts)
def test_an_account_makes_the_trip_through_json(one: Account) -> None:
    with_line = account(*one.deeds, deed(line=LINE, step="post"), answers=(Answer(0, "[1]"),))
    data = json.loads(json.dumps(account_data(with_line)))
    assert account_from(data) == with_line


def test_other_contents_are_told_with_their_path() -> None:
    left, right = deed(carried={"args": [{"n": 1}]}), deed(carried={"args": [{"n": 2}]})
    assert said(account(left), account(right)) == "activity `a` has args[0].n 2, not 1"


def test_another_order_of_keys_is_a_difference() -> None:
    left, right = deed(carried={"x": {"a": 1, "b": 2}}), deed(carried={"x": {"b": 2, "a": 1}})
    assert said(account(left), account(right)) == (
        'activity `a` has x with keys ["b", "a"], not ["a", "b"]'
    )


def test_long_values_are_cut_in_the_message_and_whole_in_the_comparison() -> None:
    left, right = deed(carried={"text": "x" * 500}), deed(carried={"text": "y" * 500})
    assert len(said(account(left), account(right))) < 200
    [(_, shown)] = side_by_side("l", account(left), "r", account(right)).rows
    assert shown is not None
    assert "y" * 500 in shown


def test_another_command_a_missing_one_and_a_later_one_are_told_apart() -> None:
    end = deed("completed", kind="end", task=0)
    assert said(account(deed("a")), account(deed("b"))) == ("activity `b` in place of activity `a`")
    assert said(account(deed("a"), end), account(end)) == (
        "the end `completed` in place of activity `a`"
    )
    assert said(account(deed("a")), account()) == "nothing more in place of activity `a`"
    assert said(account(deed(task=1)), account(deed(task=3))) == (
        "activity `a` comes in workflow task 3, not 1"
    )


def test_the_line_is_that_of_the_other_run_where_it_has_one() -> None:
    left, right = deed("a", line=LINE), deed("completed", kind="end", task=0)
    difference = first_difference(account(left), account(right))
    assert difference is not None
    assert difference.line == LINE


def test_what_follows_another_answer_is_nobodys_fault() -> None:
    left = account(deed("a"), deed("b", 1), answers=(Answer(0, "[1]"),))
    right = account(deed("a"), deed("b", 2), answers=(Answer(0, "[2]"),))
    assert first_difference(left, right) is None


def test_an_answer_to_a_later_command_excuses_nothing() -> None:
    left = account(deed("a", 1), deed("b"), answers=(Answer(1, "[1]"),))
    right = account(deed("a", 2), deed("b"), answers=(Answer(1, "[2]"),))
    assert first_difference(left, right) is not None


def test_the_order_of_a_set_in_an_answer_is_no_other_answer() -> None:
    words = [f"word-{number}" for number in range(20)]
    assert canonical({"tags": set(words)}) == canonical({"tags": frozenset(words[::-1])})
    assert canonical({"tags": words}) != canonical({"tags": words[::-1]})
