"""NTR304: an attribute of the answer to a review gate, which is a dict."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.gates.parts import HELPER, WORKFLOW, decided, helped

BAD = {
    "in place": 'if answer.action == "rejected":\n    return None',
    "of a text made of it": "status = str(answer.type).lower()\nreturn status",
    "behind another name": "decision = answer\nreturn decision.action",
    "behind an attribute of self": "self._answer = answer\nreturn self._answer.payload",
    "out of a tuple": "pair = slip, answer\nreturn pair[1].action",
    "out of a named expression": "if (found := answer).action:\n    return None",
    "in a match": "match answer.action:\n    case 'rejected':\n        return None",
}


@pytest.mark.parametrize("statements", BAD.values(), ids=BAD)
def test_an_attribute_is_reported_where_it_is_read(statements: str) -> None:
    [found] = decided("NTR3", statements)
    assert (found.code, found.severity) == ("NTR304", "error")
    assert "the answer is a dict and has no attribute" in found.message
    assert found.alternative is not None
    assert found.alternative.startswith("`.get(")


def test_a_helper_in_another_module_is_followed() -> None:
    decisions = "def is_rejected(answer):\n    return answer.action == 'rejected'\n"
    found = planted(
        "NTR3",
        (
            "templates/workflow.py",
            'if decision_of(answer) == "rejected":',
            "if is_rejected(answer):",
        ),
        (
            "templates/workflow.py",
            "from .models",
            "from .decisions import is_rejected\nfrom .models",
        ),
        files={"templates/decisions.py": decisions},
    )
    assert said(found) == ["decisions.py:2 NTR304"]


GOOD = {
    "methods of dict": "return answer.get('type') or answer.copy() or list(answer.items())",
    "a model made of it": "answer = Slip(**answer)\nreturn answer.payee",
    "what a key holds": "return answer['payload'].get('x')",
    "the other part of a pair": "pair = slip, answer\nreturn pair[0].payee",
    "behind isinstance": "if isinstance(answer, Slip):\n    return answer.payee",
    "where it is caught": "try:\n    return answer.action\nexcept AttributeError:\n    return None",
    "a name that may hold a model": (
        "try:\n    answer = Answer.model_validate(answer)\nexcept ValueError:\n    return None\n"
        "return answer.action"
    ),
    "an attribute that also holds a model": (
        "self._answer = answer\nself._answer = Answer(**answer)\nreturn self._answer.action"
    ),
    "getattr": "return getattr(answer, 'action', None)",
}


@pytest.mark.parametrize("statements", GOOD.values(), ids=GOOD)
def test_what_may_have_the_attribute_is_left_alone(statements: str) -> None:
    assert decided("NTR304", statements) == []


def test_a_helper_that_asks_what_it_has_is_left_alone() -> None:
    assert (
        helped("NTR304", "return answer.action if hasattr(answer, 'action') else 'rejected'") == []
    )


ENUM = """
    class Decision(StrEnum):
        APPROVED = "approved"
        REJECTED = "rejected"

        @classmethod
        def parse(cls, answer: dict[str, Any]) -> Decision:
            words = {answer.get(key) for key in ("kind", "type", "action")}
            return cls.APPROVED if words & {"approve", "approved"} else cls.REJECTED

    def decision_of(answer: dict[str, Any]) -> str:
        return Decision.parse(answer).value
    """


def test_the_class_that_a_class_method_is_given_is_not_the_answer() -> None:
    enum = (WORKFLOW, "from typing import Any", "from enum import StrEnum\nfrom typing import Any")
    helper = dedent(ENUM).strip("\n") + "\n"
    assert planted("NTR3", enum, (WORKFLOW, HELPER, helper)) == []
    read = helper.replace("answer.get(key)", "answer.kind")
    [found] = planted("NTR304", enum, (WORKFLOW, HELPER, read))
    assert "no attribute `kind`" in found.message
