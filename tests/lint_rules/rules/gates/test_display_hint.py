"""NTR305: a display_hint that the SDK refuses or the task page cannot show."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, said, sound
from tests.lint_rules.rules.gates.parts import ACTION, HINT, UPLOAD, WORKFLOW


def hinted(hint: str, above: str = "") -> list[Finding]:
    edits = [(WORKFLOW, HINT, hint + ",\n")]
    if above:
        edits.append((WORKFLOW, "ATTEMPT = timedelta(minutes=2)\n", above + "\nATTEMPT = 1\n"))
    return planted("NTR3", *edits)


BAD = {
    "no component": ('{"type": "review_extraction"}', "no `component`", "error"),
    "an empty component": ('{"component": ""}', "no component ``", "warning"),
    "the docs' name": ('{"component": "APPROVAL"}', "no component `APPROVAL`", "warning"),
    "a typo": ('{"component": "DATATABLE"}', "no component `DATATABLE`", "warning"),
    "small letters": ('{"component": "summary", "config": {}}', "`summary`", "warning"),
    "a number": ('{"component": 3}', "`component` is no text", "error"),
    "no dict": ('"APPROVAL_FORM"', "`display_hint` is no dict", "error"),
    "a list": ('["APPROVAL_FORM"]', "`display_hint` is no dict", "error"),
    "a text with a field": ('f"APPROVAL_{x}"', "`display_hint` is no dict", "error"),
    "config that is no dict": (
        '{"component": "SUMMARY", "config": None}',
        "`config` is no dict",
        "error",
    ),
    "dict()": ('dict(title="NAV")', "no `component`", "error"),
}


@pytest.mark.parametrize(("hint", "message", "severity"), BAD.values(), ids=BAD)
def test_a_hint_that_cannot_be_shown_is_reported_on_its_line(
    hint: str, message: str, severity: str
) -> None:
    [found] = hinted(hint)
    assert (found.code, found.place.line, found.severity) == ("NTR305", 75, severity)
    assert message in found.message


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("APPROVAL", "APPROVAL_FORM"),
        ("DATATABLE", "DATA_TABLE"),
        ("FILEUPLOAD", "FILE_UPLOAD"),
        ("report_preview", "REPORT_PREVIEW"),
    ],
)
def test_the_component_that_was_meant_is_named(name: str, nearest: str) -> None:
    [found] = hinted(f'{{"component": "{name}"}}')
    assert found.alternative == f'`"{nearest}"`'


def test_a_hint_behind_a_name_is_reported_where_it_is_written() -> None:
    found = hinted("FORM", 'FORM = {"component": "FORM"}')
    assert said(found) == ["workflow.py:22 NTR305"]


def test_the_hint_inside_an_action_counts() -> None:
    action = '            action={"kind": "submit_files", "display_hint": {"type": "X"}},\n'
    upload = UPLOAD.replace(ACTION, action)
    upload = upload[: upload.index("            display_hint={")] + "        )\n"
    found = planted("NTR305", (WORKFLOW, UPLOAD, upload))
    assert [f.message for f in found] == [
        "`display_hint` has no `component`: the run hangs before the gate opens"
    ]


def test_a_hint_that_is_filled_later_is_left_alone() -> None:
    above = 'FORM = {"config": {}}\nFORM["component"] = "SUMMARY"'
    assert hinted("FORM", above) == []


def test_an_empty_hint_is_refused_at_a_signal_gate_and_a_default_at_a_review_gate() -> None:
    upload = UPLOAD[: UPLOAD.index("            display_hint={")] + "display_hint={})\n"
    found = planted("NTR305", (WORKFLOW, UPLOAD, upload))
    assert [f.code for f in found] == ["NTR305"]
    assert hinted("{}") == []


GOOD = [
    "None",
    '{"component": "MULTI_FILE_UPLOAD"}',
    '{"component": UIComponent.DATA_TABLE}',
    '{"component": "LOADING", "config": {"title": "x"}, "extra": 1}',
    '{"component": ctx.component}',
    "{**BASE}",
    "hint_for(ctx)",
    '{"component": "SUMMARY", "config": config_for(ctx)}',
    "DisplayHint(component='X')",
    '{KEY: "SUMMARY"}',
]


@pytest.mark.parametrize("hint", GOOD)
def test_a_hint_that_is_sound_or_not_written_out_is_left_alone(hint: str) -> None:
    assert hinted(hint) == []


MODELS, KIND = "templates/models.py", '\nKIND = "review"\n'


def test_a_key_is_shown_where_it_is_written_wherever_its_value_comes_from() -> None:
    [found] = planted(
        "NTR305",
        (WORKFLOW, '"component": "APPROVAL_FORM",', '"type": KIND,'),
        (WORKFLOW, "    PettyCashContext,\n", "    KIND,\n    PettyCashContext,\n"),
        (MODELS, "\n\nclass PettyCashContext", KIND + "\n\nclass PettyCashContext"),
    )
    lines = sound()[WORKFLOW].decode().splitlines()
    at = next(n for n, line in enumerate(lines, start=1) if '"component": "APPROVAL_FORM",' in line)
    assert found.place.path.endswith("templates/workflow.py")
    assert found.place.line == at + 1
