"""NTR316: the decision is read under one key only, though clients use three."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import said
from tests.lint_rules.rules.gates.parts import decided, helped

BAD = {
    "rejections": (
        'return "rejected" if answer.get("type") == "rejected" else "approved"',
        "counts",
    ),
    "not rejections": ('return "approved" if answer["kind"] != "reject" else "rejected"', "counts"),
    "approvals": ('return "approved" if answer["type"] == "approved" else "rejected"', "is not"),
    "both": (
        'if answer["action"] == "approved":\n    return "approved"\n'
        'return "rejected" if answer["action"] == "rejected" else "held"',
        "is not understood",
    ),
    "a match": (
        'match answer:\n    case {"type": "rejected"}:\n        return "rejected"\n'
        'return "approved"',
        "counts as an approval",
    ),
    "its text in lower case": (
        'word = str(answer.get("type", "")).strip().lower()\n'
        'return "rejected" if word.casefold() in {"rejected", "no"} else "approved"',
        "is not understood",
    ),
}


@pytest.mark.parametrize(("body", "missed"), BAD.values(), ids=BAD)
def test_one_key_is_too_few(body: str, missed: str) -> None:
    found = helped("NTR3", body)
    assert [f.code for f in found] == ["NTR316"]
    assert found[0].severity == "warning"
    assert found[0].message.startswith("only `")
    assert missed in found[0].message


def test_it_is_reported_where_the_key_is_read() -> None:
    found = decided("NTR3", 'word = answer.get("type")\nif word == "rejected":\n    return None')
    assert said(found) == ["workflow.py:104 NTR316"]
    assert '{"kind": "reject"}' in found[0].message


GOOD = {
    "two keys": 'return answer.get("type") or answer.get("kind")',
    "two keys with a default": 'return answer.get("type", answer.get("action"))',
    "the first that is there": """
        word = next((answer[key] for key in ("type", "kind", "action") if key in answer), "")
        return "rejected" if word.startswith("reject") else "approved"
        """,
    "a loop": """
        for key in ("type", "action", "kind"):
            if answer.get(key) in ("reject", "rejected"):
                return "rejected"
        return "approved"
        """,
    "a key that is not written": 'return "rejected" if answer[KEY] == "rejected" else "approved"',
    "a model": "return Answer.model_validate(answer).decision",
    "all values": 'return "rejected" if "rejected" in answer.values() else "approved"',
    "a match of two": """
        match answer:
            case {"type": "rejected"} | {"kind": "reject"}:
                return "rejected"
        return "approved"
        """,
    "a form of its own": """
        word = answer.get("type")
        return "rejected" if word == "rejected" or is_reject(answer) else "approved"
        """,
}


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_more_keys_or_any_are_enough(body: str) -> None:
    assert helped("NTR316", body) == []
