"""NTR306: the action of a signal gate is not what the SDK and its drivers read."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.gates.parts import ACTION, WORKFLOW


def acted(action: str) -> list[Finding]:
    return planted("NTR306", (WORKFLOW, ACTION, f"            action={action},\n"))


ARGS = '"args": {"signal_name": "document_submitted", "signal_task_id": runbook.info().workflow_id}'

BAD = {
    "a string": ('"awaiting_document_submission"', "`action` is no dict", "error"),
    "a text with a field": ('f"awaiting_{x}"', "`action` is no dict", "error"),
    "None": ("None", "`action` is no dict", "error"),
    "pairs": ('[("kind", "submit_file")]', "`action` is no dict", "error"),
    "no kind": ('{"tool": "x", ' + ARGS + "}", "has no `kind`", "error"),
    "an empty dict": ("{}", "has no `kind`", "error"),
    "another kind": ('{"kind": "upload_file", ' + ARGS + "}", "`upload_file` is no kind", "error"),
    "a number": ('{"kind": 1, ' + ARGS + "}", "`1` is no kind", "error"),
    "no args": ('{"kind": "submit_file"}', "the action has no `args`", "warning"),
    "a list of args": ('{"kind": "submit_file", "args": ["x"]}', "`args` is no dict", "error"),
    "no signal": (
        '{"kind": "submit_file", "args": {"signal_task_id": "x"}}',
        "`args` has no `signal_name`",
        "warning",
    ),
    "no task": (
        '{"kind": "submit_file", "args": {"signal_name": "document_submitted"}}',
        "`args` has no `signal_task_id`",
        "warning",
    ),
    "no args at all": ('{"kind": "submit_file", "args": {}}', "has no `signal_name`", "warning"),
}


@pytest.mark.parametrize(("action", "message", "severity"), BAD.values(), ids=BAD)
def test_an_action_that_cannot_be_read_is_reported_on_its_line(
    action: str, message: str, severity: str
) -> None:
    [found] = acted(action)
    assert (found.place.line, found.severity) == (40, severity)
    assert message in found.message
    assert found.alternative


def test_the_kind_that_was_meant_is_named() -> None:
    [found] = acted('{"kind": "submit-file", ' + ARGS + "}")
    assert found.alternative == '`"submit_file"`'


GOOD = [
    '{"kind": "submit_file", ' + ARGS + "}",
    '{"kind": "interactive_review"}',
    '{"kind": "submit_files"}',
    '{"kind": "submit_file", "args": {**COMMON, "signal_name": "x"}}',
    '{"kind": kind_of(ctx), "args": {}}',
    '{"kind": "submit_file", "args": args_for(ctx)}',
    '{**COMMON, "reason": "x"}',
    "action_for(ctx)",
]


@pytest.mark.parametrize("action", GOOD)
def test_an_action_that_is_sound_or_not_written_out_is_left_alone(action: str) -> None:
    assert acted(action) == []
