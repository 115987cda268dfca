"""The Replayer's errors, as they come, and what is made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit.replay.official.verdicts import judgement_of

TASK_FAILURE = (
    "RuntimeError: 4: Workflow activation completion failed: Failure { failure: Some(Failure { "
    'message: "name \'x\' is \\"not\\" defined", source: "", stack_trace: "  File '
    '\\"/python/site-packages/temporalio/worker/_workflow_instance.py\\", line 534, in activate\\n'
    '    self._run_once(\\n  File \\"/bundle/templates/workflow.py\\", line 98, in run\\n    x\\n'
    '  File \\"/bundle/templates/models.py\\", line 7, in total\\n    x\\n", encoded_attributes: '
    "None, cause: None, failure_info: Some(ApplicationFailureInfo(ApplicationFailureInfo { "
    'r#type: "NameError", non_retryable: false })) }), force_cause: Unspecified }'
)


def test_a_task_failure_has_the_exception_and_the_innermost_line_of_the_bundle():
    found = judgement_of(TASK_FAILURE, ("/bundle/templates",), nondeterministic=False)

    assert found.kind == "task-failure"
    assert found.message == "NameError: name 'x' is \"not\" defined"
    assert found.line is not None
    assert str(found.line) == "/bundle/templates/models.py:7 in total"


def test_nondeterminism_keeps_the_words_and_the_event_and_drops_the_wrapping():
    found = judgement_of(
        "Workflow cannot continue: [TMPRL1100] Nondeterminism error: No command scheduled for "
        "event HistoryEvent(id: 5, TimerStarted)",
        (),
        nondeterministic=True,
    )

    assert (found.kind, found.event_id) == ("nondeterminism", 5)
    assert found.message == "No command scheduled for event HistoryEvent(id: 5, TimerStarted)"


def test_what_has_no_shape_we_know_is_an_error_with_its_first_line():
    found = judgement_of("transport error\nand more", (), nondeterministic=False)

    assert (found.kind, found.message) == ("error", "transport error")


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_any_message_comes_back_as_it_was_raised(message):
    found = judgement_of(
        f'Failure {{ message: "{_as_rust_writes_it(message)}", source: "" }}',
        (),
        nondeterministic=False,
    )

    assert found.kind == "task-failure"
    assert found.message == " ".join(message.split())


@given(st.text())
def test_no_text_is_too_odd(text):
    assert judgement_of(text, ("/b",), nondeterministic=False).kind


def _as_rust_writes_it(text: str) -> str:
    """Write a string as Rust's `{:?}` does."""
    signs = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", '"': '\\"', "\\": "\\\\"}
    return "".join(
        signs.get(char, char if char.isprintable() else f"\\u{{{ord(char):x}}}") for char in text
    )


def test_a_deadlock_is_told_apart_from_other_task_failures():
    text = TASK_FAILURE.replace("name 'x'", "[TMPRL1101] Potential deadlock detected: name 'x'")

    found = judgement_of(text, ("/bundle",), nondeterministic=False)

    assert found.kind == "deadlock"
    assert found.message.startswith("Potential deadlock detected")


@pytest.mark.parametrize("words", ["", "[TMPRL1100] ", "[TMPRL1101] "])
def test_nothing_but_a_code_is_still_a_judgement(words):
    assert judgement_of(words, (), nondeterministic=False).kind in (
        "error",
        "nondeterminism",
        "deadlock",
    )
