"""NTR302: the answer to a gate is compared with what no client sends."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import said
from tests.lint_rules.rules.gates.parts import decided, helped

STOP = '\n    return PettyCashResult(status="rejected")'

KEYS = {
    "a subscript": 'if answer["decision"] != "ok":',
    "get": 'if answer.get("status", "") == "rejected":',
    "a truth": 'if not answer.get("approved"):',
    "True": 'if answer.get("approved") is not True:',
    "a set": 'if answer["outcome"] in {"no", "rejected"}:',
    "a conditional": 'if ("no" if answer["verdict"] == "bad" else "yes") == "no":',
}


@pytest.mark.parametrize("test", KEYS.values(), ids=KEYS)
def test_a_key_that_no_client_uses_is_reported_where_it_is_compared(test: str) -> None:
    [found] = decided("NTR3", test + STOP)
    assert (found.code, found.place.line, found.severity) == ("NTR302", 104, "error")
    assert "no client puts the decision under" in found.message


WORDS = {
    "capitals": ('answer["type"] == "REJECTED"', "compare in lower case"),
    "capitals in a tuple": ('answer["type"] in ("REJECTED", "DENIED")', "compare in lower case"),
    "another word": ('answer.get("kind") == "rejct"', "`reject`"),
    "the word of another key": ('answer.get("type") == "reject"', "`rejected`"),
    "lower case of capitals": ('answer.get("type").lower() == "REJECTED"', "compare in lower case"),
    "another word for yes": ('answer.get("type") == "accepted"', "`approved`"),
    "another word for no": ('answer.get("kind") in ("declined", "denied")', "`reject`"),
    "a dict": ('{"APPROVED": 1}.get(answer["type"])', "compare in lower case"),
}


@pytest.mark.parametrize(("test", "alternative"), WORDS.values(), ids=WORDS)
def test_a_word_that_no_client_sends_is_reported_with_the_one_that_was_meant(
    test: str, alternative: str
) -> None:
    [found] = decided("NTR3", f"if {test}:{STOP}")
    assert (found.code, found.place.line) == ("NTR302", 104)
    assert "no client puts `" in found.message
    assert found.alternative is not None
    assert alternative in found.alternative


def test_a_match_is_read_like_a_comparison() -> None:
    statements = f"""
        match answer.get("type"):
            case "REJECTED":
                {STOP.strip()}
        """
    assert said(decided("NTR3", statements)) == ["workflow.py:104 NTR302"]


def test_a_match_of_the_whole_answer_is_read_too() -> None:
    statements = f"""
        match answer:
            case {{"decision": "no"}}:
                {STOP.strip()}
        """
    assert [f.code for f in decided("NTR302", statements)] == ["NTR302"]


def test_a_helper_is_followed_and_reported_where_it_compares() -> None:
    found = helped("NTR3", 'return "approved" if answer.get("decision") == "ok" else "rejected"')
    assert said(found) == ["workflow.py:118 NTR302"]


GOOD = {
    "all keys": """
        words = [str(answer.get(key, "")).lower() for key in ("kind", "type", "action")]
        return "rejected" if {"reject", "rejected"} & set(words) else "approved"
        """,
    "upper case": """
        return "rejected" if answer["type"].upper() == "REJECTED" else "approved"
        """,
    "one of several words": """
        return "rejected" if answer["type"] in ("NO", "rejected") else "approved"
        """,
    "one comparison of several": """
        if answer.get("decision") == "no" or answer.get("type") == "rejected":
            return "rejected"
        return "approved"
        """,
    "a key that is not written": """
        return "rejected" if answer[KEY] == "no" else "approved"
        """,
    "words that are not written": """
        return "rejected" if answer["type"] in WORDS else "approved"
        """,
    "the beginning of a word": """
        return "rejected" if answer["type"].startswith("rej") else "approved"
        """,
    "keys of a constant": """
        return "rejected" if any(answer.get(k) == "rejected" for k in ("type", "x")) else "approved"
        """,
    "a match of several forms": """
        match answer:
            case {"type": "rejected"} | {"kind": "reject"}:
                return "rejected"
        return "approved"
        """,
    "a match that captures": """
        match answer:
            case {"type": word}:
                return "rejected" if word == "no" else "approved"
        return "rejected"
        """,
    "values": 'return "rejected" if "rejected" in answer.values() else "approved"',
    "a nested answer": """
        return "rejected" if answer["payload"]["decision"] == "no" else "approved"
        """,
}


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_what_a_client_may_send_is_left_alone(body: str) -> None:
    assert helped("NTR302", body) == []


def test_comments_are_no_decision() -> None:
    assert decided("NTR302", 'if answer.get("comments") == "stop":' + STOP) == []
