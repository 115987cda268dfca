"""NTR303: a test of the decision after which the run does the same either way."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import said
from tests.lint_rules.rules.gates.parts import decided, helped

SAME = {
    "a branch that only logs": (
        'if decision_of(answer) == "rejected":\n    runbook.logger.info("rejected")',
        "nothing depends on this",
    ),
    "an empty branch": ('if decision_of(answer) == "rejected":\n    pass', "nothing depends"),
    "a result that is thrown away": ("decision_of(answer)", "nothing depends on this"),
    "a name that is only logged": (
        "rejected = decision_of(answer) == 'rejected'\nrunbook.logger.info('%s', rejected)",
        "nothing depends on this",
    ),
    "a comparison alone": ('answer.get("type") == "rejected"', "nothing depends on this"),
    "branches that are alike": (
        "if decision_of(answer) == 'rejected':\n    await self._post(ctx, slip)\n"
        "else:\n    await self._post(ctx, slip)",
        "both branches do the same",
    ),
    "long branches that are alike": (
        "if answer['type'] == 'rejected':\n"
        "    if ctx.limit > 1:\n        return PettyCashResult(status='posted', entry_id='1')\n"
        "else:\n"
        "    if ctx.limit > 1:\n        return PettyCashResult(status='posted', entry_id='1')",
        "both branches do the same",
    ),
    "the truth of the dict": (
        "if not answer:\n    return PettyCashResult(status='rejected')",
        "a rejection is one",
    ),
    "whether there is an answer": (
        "if answer is None:\n    return PettyCashResult(status='rejected')",
        "a rejection is one",
    ),
    "the truth of the dict in a conditional": (
        "status = 'posted' if answer else 'rejected'",
        "a rejection is one",
    ),
}


@pytest.mark.parametrize(("statements", "message"), SAME.values(), ids=SAME)
def test_a_test_that_changes_nothing_is_reported_where_it_stands(
    statements: str, message: str
) -> None:
    [found] = decided("NTR303", statements)
    assert found.place.path.endswith("workflow.py")
    assert 104 <= found.place.line <= 105
    assert message in found.message
    assert found.severity == "error"


DIFFERENT = {
    "branches that call other steps": """
        if decision_of(answer) == "rejected":
            await self._post(ctx, slip)
        else:
            await self._upload(ctx)
        """,
    "branches with other arguments": """
        if decision_of(answer) == "rejected":
            await self._post(ctx, slip.amount)
        else:
            await self._post(ctx, slip.payee)
        """,
    "branches with other texts": """
        if decision_of(answer) == "rejected":
            status = f"{slip} was rejected"
        else:
            status = f"{slip} was approved"
        return PettyCashResult(status=status)
        """,
    "branches with other operators": """
        if decision_of(answer) == "rejected":
            return ctx.limit < 1
        else:
            return ctx.limit > 1
        """,
    "a name bound in both": """
        if decision_of(answer) == "rejected":
            status = "rejected"
        else:
            status = "posted"
        return PettyCashResult(status=status)
        """,
    "an attribute that is read later": """
        if decision_of(answer) == "rejected":
            self._status = "rejected"
        if self._status == "rejected":
            return PettyCashResult(status="rejected")
        """,
    "a call that is not known": """
        if decision_of(answer) == "rejected":
            self.note(slip)
        """,
    "the truth of the dict beside a real test": """
        if answer and decision_of(answer) == "rejected":
            return PettyCashResult(status="rejected")
        """,
    "a key of a table that is kept": """
        self._counts[decision_of(answer)] = 1
        """,
    "a branch that starts something": """
        if decision_of(answer) == "approved":
            started = self.start(slip)
        """,
    "a call after and": """
        decision_of(answer) == "rejected" and self.note(slip)
        """,
    "a comprehension that acts": """
        [await self._post(ctx, each) for each in (slip,) if decision_of(answer) != "rejected"]
        """,
    "a conditional that acts": """
        self.note(slip) if decision_of(answer) == "rejected" else None
        """,
    "a subscript that is set": """
        if decision_of(answer) == "rejected":
            self._rejected["review"] = True
        """,
}


@pytest.mark.parametrize("statements", DIFFERENT.values(), ids=DIFFERENT)
def test_a_test_that_may_change_something_is_left_alone(statements: str) -> None:
    assert decided("NTR303", statements) == []


def test_a_helper_that_notes_something_on_the_way_is_left_alone() -> None:
    statements = "note(self, answer)\nif self._rejected:\n    return None"
    helper = """
        def note(workflow: PettyCashWorkflow, answer: dict[str, Any]) -> None:
            if answer.get("type") != "rejected":
                return
            workflow._rejected = True
        """
    assert decided("NTR303", statements, helper) == []


def test_the_guard_of_a_helper_is_no_test_of_the_decision() -> None:
    body = """
        if not isinstance(answer, dict):
            return "rejected"
        words = [answer.get(key) for key in ("type", "action", "kind")]
        return "approved" if "approved" in words or "approve" in words else "rejected"
        """
    assert helped("NTR3", body) == []


def test_an_attribute_that_does_not_exist_is_reported_by_its_own_rule_alone() -> None:
    found = decided("NTR3", "if answer.action == 'rejected':\n    pass")
    assert said(found) == ["workflow.py:104 NTR304"]
