"""What a workflow has in memory can be compared, whatever it is made of."""

from __future__ import annotations

import functools
import itertools
from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ntro_testkit.checks.queries.workflow_state import StateReader, changed

SHARED: list[int] = []


class Row(BaseModel):
    amount: Decimal = Decimal(1)


@dataclass
class Note:
    words: list[str] = field(default_factory=list)


class Slotted:
    __slots__ = ("number",)

    def __init__(self) -> None:
        self.number = 1


class Workflow:
    known: dict[str, int] = {}  # noqa: RUF012 - on purpose: a class that holds state

    def __init__(self, value: Any) -> None:
        self.value = value

    @functools.cached_property
    def total(self) -> int:
        return 1


def changes(workflow: Workflow, change: Any) -> list[str]:
    reader = StateReader(Workflow)
    before = reader.read(workflow)
    change()
    return changed(before, reader.read(workflow))


@pytest.mark.parametrize(
    "value, change",
    [
        pytest.param([[1]], lambda value: value[0].append(2), id="list-in-a-list"),
        pytest.param({"a": {1}}, lambda value: value["a"].add(2), id="set-in-a-dict"),
        pytest.param(deque([1]), lambda value: value.rotate() or value.append(1), id="deque"),
        pytest.param({"a": 1, "b": 2}, lambda value: value.update(a=value.pop("a")), id="order"),
        pytest.param([1], lambda value: value.__setitem__(0, True), id="true-for-one"),
        pytest.param((Row(),), lambda value: setattr(value[0], "amount", 2), id="model"),
        pytest.param(Note(), lambda value: value.words.append("x"), id="dataclass"),
        pytest.param(Slotted(), lambda value: setattr(value, "number", 2), id="slots"),
        pytest.param(itertools.count(), next, id="of-another-package"),
    ],
)
def test_a_change_however_deep_is_seen(value: Any, change: Any) -> None:
    assert changes(Workflow(value), lambda: change(value)) == ["self.value"]


def test_what_classes_and_modules_hold_is_seen() -> None:
    def change() -> None:
        SHARED.append(1)
        Workflow.known["a"] = 1

    found = changes(Workflow(None), change)
    assert found == ["Workflow.known", "SHARED"]


def test_a_value_that_contains_itself_can_be_read() -> None:
    knot: list[Any] = [1]
    knot.append(knot)
    workflow = Workflow(knot)
    assert changes(workflow, lambda: None) == []
    assert changes(workflow, lambda: knot.append(2)) == ["self.value"]


def test_a_value_worked_out_once_is_no_state() -> None:
    workflow = Workflow(None)
    assert changes(workflow, lambda: workflow.total) == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=25, deadline=None)
@given(VALUES)
def test_nothing_changes_by_being_read(value: Any) -> None:
    assert changes(Workflow(value), lambda: None) == []


@settings(max_examples=25, deadline=None)
@given(VALUES, VALUES)
def test_another_value_is_a_change(value: Any, other: Any) -> None:
    workflow = Workflow(value)
    found = changes(workflow, lambda: setattr(workflow, "value", other))
    assert (found == []) == (repr(value) == repr(other))
