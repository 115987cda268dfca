"""What is understood of a bundle: its steps, gates, activities, children, configuration."""

from __future__ import annotations

import pytest

from lint_rules.outline.durations import shown
from lint_rules.outline.outline import GateOutline, Outline
from tests.lint_rules.outline.outlined import edited, of_texts, sample

WORKFLOW = "templates/workflow.py"
REJECTED = 'if decision_of(answer) == "rejected":\n            return'


def gate(outline: Outline, step: str) -> GateOutline:
    [drawn] = outline.classes
    [found] = [g for s in drawn.steps if s.name == step for g in s.gates]
    return found


def test_the_parts_of_a_bundle_are_told() -> None:
    [found] = sample("petty-cash")
    [drawn] = found.classes
    assert (found.bundle, found.version, drawn.name) == ("petty-cash", "0.1.0", "PettyCashWorkflow")
    assert drawn.context == "PettyCashContext"
    assert [(s.name, s.title, s.component) for s in drawn.steps] == [
        ("upload", "Upload slip", "FILE_UPLOAD"),
        ("review", "Check slip", "APPROVAL_FORM"),
        ("post", "Post slip", "SUMMARY"),
    ]
    assert [(h.kind, h.name) for h in drawn.handlers] == [
        ("signal", "document_submitted"),
        ("signal", "user_action"),
    ]
    assert [a.name for a in found.activities] == ["petty_cash.read_slip", "petty_cash.post_slip"]
    assert found.requirements == ("ntro[workflow]==0.1.2", "pydantic==2.14.3")
    assert [(c.key, c.type, c.default) for c in found.config] == [
        ("period", "string", None),
        ("limit", "number", "100"),
    ]
    assert found.notes == ()


def test_gates_are_told_with_what_they_show_and_wait_for() -> None:
    [found] = sample("petty-cash")
    upload, review = gate(found, "upload"), gate(found, "review")
    assert (upload.kind, upload.component, upload.signal, upload.timeout) == (
        "signal",
        "FILE_UPLOAD",
        "document_submitted",
        "2d",
    )
    assert (review.kind, review.signal, review.timeout) == ("review", "user_action", None)
    assert (upload.on_reject, review.on_reject) == (None, "ends the run")


def test_children_are_told_with_whether_a_bundle_has_their_slug() -> None:
    [found] = sample("nav-monthly")
    children = [(s.name, c.slug, c.found) for s in found.classes[0].steps for c in s.children]
    assert children == [
        ("collect_sources", "document-collect", True),
        ("journals", "nav-monthly-journals", True),
    ]


def test_a_rejection_in_a_helper_goes_on_where_the_caller_does() -> None:
    [found] = sample("nav-monthly")
    review = gate(found, "review")
    assert (review.on_reject, review.reject_to) == ("goes on with a step", "summary")


@pytest.mark.parametrize(
    "condition, leads",
    [
        ('if decision_of(answer) != "approved":\n            return', "ends the run"),
        ('if answer["kind"] in ("reject", "rejected"):\n            raise', "ends the run"),
        ('if decision_of(answer) == "approved":\n            return', "unclear"),
        ("if is_rejected(answer):\n            return", "unclear"),
        ('if decision_of(answer) == "rejected":\n            answer =', "unclear"),
    ],
)
def test_where_a_rejection_leads_is_told_only_where_the_code_says_so(
    condition: str, leads: str
) -> None:
    found = edited((WORKFLOW, REJECTED, condition))
    assert gate(found, "review").on_reject == leads


def test_what_happens_outside_of_steps_is_told_apart() -> None:
    line = "        document_ref = await self._upload(ctx)\n"
    found = edited((WORKFLOW, line, f"        await self.wait_for_action()\n{line}"))
    assert [g.kind for g in found.classes[0].outside.gates] == ["review"]


def test_activities_that_a_helper_of_ntro_runs_are_told() -> None:
    [found] = sample("invoice-batch")
    uses = {s.name: [a.name for a in s.activities] for s in found.classes[0].steps}
    assert uses["baseline"] == ["load_previous_task"]
    assert uses["extract"] == ["invoice_batch.extract"]


@pytest.mark.parametrize(
    "written, told",
    [
        ("timedelta(days=2)", "2d"),
        ("timedelta(1)", "1d"),
        ("timedelta(hours=36)", "1d 12h"),
        ("timedelta(minutes=90, seconds=1)", "1h 30min 1s"),
        ("timedelta(seconds=0.5)", "0.5s"),
        ("timedelta(0)", "0s"),
        ("timedelta(**HOW_LONG)", None),
        ("timedelta(days=float('inf'))", None),
        ("timedelta(days=1) * 2", None),
        ("timedelta(days='2')", None),
        ("how_long()", None),
        ("2", None),
    ],
)
def test_timeouts_are_told_where_they_are_written_out(written: str, told: str | None) -> None:
    found = edited((WORKFLOW, "UPLOAD_TIMEOUT = timedelta(days=2)", f"UPLOAD_TIMEOUT = {written}"))
    assert gate(found, "upload").timeout == told


def test_a_length_of_time_is_shown_in_its_largest_units() -> None:
    assert [shown(s) for s in (-5, 59, 86_399)] == ["-5s", "59s", "23h 59min 59s"]


# --- what cannot be read -------------------------------------------------------------------------


def test_of_a_workflow_that_cannot_be_parsed_the_rest_is_told_with_a_note() -> None:
    found = edited(files={WORKFLOW: "class PettyCashWorkflow(:\n"})
    assert (found.classes, found.version) == ((), "0.1.0")
    assert [a.name for a in found.activities] == ["petty_cash.read_slip", "petty_cash.post_slip"]
    assert any("petty-cash/templates/workflow.py:1: " in note for note in found.notes)
    assert "no workflow class that uses ntro was found" in found.notes


def test_of_frontmatter_that_cannot_be_read_a_note_tells() -> None:
    found = edited(files={"runbook.md": "---\nslug: [\n---\n"})
    assert [s.name for s in found.classes[0].steps] == ["upload", "review", "post"]
    assert (found.version, found.bundle) == (None, "petty-cash")
    assert any("petty-cash/runbook.md: is no YAML" in note for note in found.notes)


def test_a_base_class_that_cannot_be_followed_is_noted() -> None:
    edits = (
        (WORKFLOW, "PettyCashWorkflow(NtroWorkflow)", "PettyCashWorkflow(NtroWorkflow, made())"),
    )
    assert any("may bring more steps" in note for note in edited(*edits).notes)


def test_loose_modules_with_ntro_have_an_outline_and_others_have_none() -> None:
    loose = "from ntro.workflow import NtroWorkflow, runbook\n\n\n@runbook.defn\n"
    plain = "from temporalio import workflow\n\n\n@workflow.defn\nclass Plain:\n    pass\n"
    [found] = of_texts({"one.py": f"{loose}class One(NtroWorkflow):\n    pass\n"})
    assert (found.bundle, found.classes[0].name) == (None, "One")
    assert of_texts({"two.py": plain}) == ()


def test_activities_of_the_sdk_that_are_handed_on_are_registered_too() -> None:
    [found] = sample("nav-monthly")
    last = found.activities[-1]
    assert (last.name, last.function) == ("run_quality_check", "run_quality_check")
    renamed = (
        "templates/activities.py",
        "from .models",
        "from ntro.workflow.task import load_previous_task_activity as before\n\nfrom .models",
    )
    last = edited(renamed).activities[-1]
    assert (last.name, last.function, last.at.line) == ("load_previous_task", "before", 9)
