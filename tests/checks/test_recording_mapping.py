"""A mapping that takes notes behaves as a dict does, whatever is done to it."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit.checks.decisions.recording_mapping import Reads, RecordingMapping

HERE = (__file__,)


def recording(values: dict[str, Any], roots: tuple[str, ...] = HERE) -> tuple[Any, Reads]:
    reads = Reads()
    return RecordingMapping(values, reads, roots), reads


def matched(answer: Any) -> object:
    match answer:
        case {"kind": "approve"} | {"type": "approved"}:
            return "approved"
        case _:
            return None


BY_KEY: dict[str, Callable[[Any], object]] = {
    "get": lambda answer: answer.get("kind"),
    "get with a default": lambda answer: answer.get("kind", 1),
    "in": lambda answer: "kind" in answer,
    "pop": lambda answer: answer.pop("kind", None),
    "setdefault": lambda answer: answer.setdefault("kind", 3),
    "subscript": lambda answer: "kind" in answer and answer["kind"],
    "a function handed on": lambda answer: list(map(answer.get, ["kind"])),
}

AS_A_WHOLE: dict[str, Callable[[Any], object]] = {
    "dict": dict,
    "list": list,
    "unpacked": lambda answer: {**answer},
    "as keywords": lambda answer: (lambda **given: given)(**answer),
    "items": lambda answer: list(answer.items()),
    "values": lambda answer: list(answer.values()),
    "keys": lambda answer: sorted(answer.keys()),
    "backwards": lambda answer: list(reversed(answer)),
    "comprehension": lambda answer: {key: answer[key] for key in answer},
    "copy": lambda answer: answer.copy(),
    "deepcopy": copy.deepcopy,
    "pickle": lambda answer: pickle.loads(pickle.dumps(answer)),
    "json": json.dumps,
    "text": str,
    "equal": lambda answer: answer == {"kind": "reject"},
    "unequal": lambda answer: answer != {"kind": "reject"},
    "or": lambda answer: answer | {"by": 1},
    "or the other way": lambda answer: {"by": 1} | answer,
}

ANSWERS = st.dictionaries(
    st.sampled_from(["kind", "type", "action", "reason"]),
    st.sampled_from(["approve", "rejected", "a reason", None, 7]),
)


@given(name=st.sampled_from(sorted(BY_KEY)), answer=ANSWERS)
def test_a_key_that_is_asked_for_is_noted(name: str, answer: dict[str, Any]) -> None:
    recorded, reads = recording(answer)
    assert BY_KEY[name](recorded) == BY_KEY[name](answer)
    assert reads == Reads({"kind": None})
    assert dict(recorded) == answer


@given(name=st.sampled_from(sorted(AS_A_WHOLE)), answer=ANSWERS.filter(bool))
def test_going_through_it_is_noted_as_the_whole(name: str, answer: dict[str, Any]) -> None:
    recorded, reads = recording(answer)
    assert AS_A_WHOLE[name](recorded) == AS_A_WHOLE[name](answer)
    assert reads.whole


@pytest.mark.parametrize("name", ["dict", "unpacked", "as keywords", "json", "copy"])
def test_going_through_it_in_one_breath_is_no_reading_of_keys(name: str) -> None:
    recorded, reads = recording({"kind": "reject", "type": "rejected"})
    AS_A_WHOLE[name](recorded)
    assert reads == Reads({}, whole=True)


def test_a_match_statement_asks_for_its_keys() -> None:
    recorded, reads = recording({"type": "approved"})
    assert matched(recorded) == "approved"
    assert list(reads.keys) == ["kind", "type"]


def test_what_others_read_is_not_noted() -> None:
    recorded, reads = recording({"kind": "reject"}, roots=("/nowhere",))
    assert recorded.get("kind") == "reject"
    assert dict(recorded) == {"kind": "reject"}
    assert reads == Reads()
