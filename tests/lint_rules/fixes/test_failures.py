"""A plain exception becomes a WorkflowError with the same message."""

from __future__ import annotations

import pytest

from tests.lint_rules.fixes.marked import fixed, refusal

HEAD = "from ntro.workflow import NtroWorkflow, WorkflowError, runbook\n"


@pytest.mark.parametrize(
    "before, after",
    [
        ("ValueError('x')", "WorkflowError('x')"),
        ('ValueError(f"{x} is wrong")', 'WorkflowError(f"{x} is wrong")'),
        ("ValueError(\n    'x',\n)", "WorkflowError(\n    'x',\n)"),
        ("ValueError('a'\n    'b')", "WorkflowError('a'\n    'b')"),
    ],
)
def test_the_message_is_kept(before: str, after: str) -> None:
    marked = f"{HEAD}raise «raise-workflow-error|{before}» from err\n"
    assert fixed(marked) == f"{HEAD}raise {after} from err\n"


def test_the_name_is_imported_where_it_is_not_yet() -> None:
    marked = "from ntro.workflow import runbook\nraise «raise-workflow-error|KeyError('x')»\n"
    assert fixed(marked) == (
        "from ntro.workflow import WorkflowError, runbook\nraise WorkflowError('x')\n"
    )


@pytest.mark.parametrize(
    "call", ["ValueError()", "ValueError(x)", "ValueError('x', 1)", "ValueError(*x)"]
)
def test_what_is_no_single_message_is_refused(call: str) -> None:
    assert refusal(f"{HEAD}raise «raise-workflow-error|{call}»\n")
