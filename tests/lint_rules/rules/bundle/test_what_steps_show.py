"""NTR524 to NTR527: components, activities, summaries and uploads of declared steps."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.bundle.declared import ACTIVITIES, MANIFEST, MODELS, POST, WORKFLOW

HINT = """            display_hint={
                "component": "APPROVAL_FORM",
                "config": {
                    "title": "Petty cash",
                    "approve_label": "Post",
                    "reject_label": "Reject",
                },
            },
"""
REVIEWED = "component: APPROVAL_FORM"
UPLOAD_HINT = """            display_hint={
                "component": "FILE_UPLOAD",
                "config": {"accept": ["application/pdf"], "max_size_mb": 5, "multiple": False},
            },
"""
IN_POST = "PostedSlip:\n        return await runbook"

# --- NTR524 step-component -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "word, instead",
    [
        ("APPROVAL", "`APPROVAL_FORM`"),
        ("approval_form", "`APPROVAL_FORM`"),
        ("APROVAL_FORM", "`APPROVAL_FORM`"),
        ("[APPROVAL_FORM]", "one of `LOADING`"),
        ("7", "one of `LOADING`"),
    ],
)
def test_a_component_that_does_not_exist_is_reported(word: str, instead: str) -> None:
    [found] = planted("NTR524", (MANIFEST, REVIEWED, f"component: {word}"))
    assert said([found]) == ["runbook.md:24 NTR524"]
    assert "there is no component" in found.message
    assert (found.alternative or "").startswith(instead)


@pytest.mark.parametrize("hint", [HINT, "", "            display_hint=None,\n"])
def test_another_component_than_the_review_shows_is_reported(hint: str) -> None:
    edits = ((WORKFLOW, HINT, hint), (MANIFEST, REVIEWED, "component: DATA_TABLE"))
    [found] = planted("NTR524", *edits)
    assert "declared as `DATA_TABLE`, its gate shows `APPROVAL_FORM`" in found.message
    assert found.alternative == "`APPROVAL_FORM`"
    assert found.trace[0].place.path.endswith("workflow.py")
    assert planted("NTR524", (WORKFLOW, HINT, hint)) == []


@pytest.mark.parametrize(
    "component",
    ['"DATA_TABLE"', "UIComponent.DATA_TABLE", "SHOWN", "UIComponent.DATA_TABLE.value"],
)
def test_the_component_of_a_hint_is_followed_through_names(component: str) -> None:
    edits = (
        (WORKFLOW, '"component": "APPROVAL_FORM"', f'"component": {component}'),
        (WORKFLOW, "import NtroWorkflow, runbook", "import NtroWorkflow, UIComponent, runbook"),
        (WORKFLOW, "ATTEMPT = timedelta", 'SHOWN = "DATA_TABLE"\nATTEMPT = timedelta'),
    )
    [found] = planted("NTR524", *edits)
    assert "declared as `APPROVAL_FORM`, its gate shows `DATA_TABLE`" in found.message


def test_a_hint_made_elsewhere_is_compared_too() -> None:
    view = 'HINT = {"component": "DATA_TABLE", "config": {}}\n'
    edits = (
        (WORKFLOW, HINT, "            display_hint=HINT,\n"),
        (WORKFLOW, "from .models import", "from .views import HINT\nfrom .models import"),
    )
    [found] = planted("NTR524", *edits, files={"templates/views.py": view})
    assert "its gate shows `DATA_TABLE`" in found.message


@pytest.mark.parametrize("hint", ["hint_for(slip)", "{**COMMON}", '{"component": shown(slip)}'])
def test_a_hint_that_is_not_written_out_is_not_compared(hint: str) -> None:
    edits = (
        (WORKFLOW, HINT, f"            display_hint={hint},\n"),
        (MANIFEST, REVIEWED, "component: DATA_TABLE"),
    )
    assert planted("NTR524", *edits) == []


def test_an_upload_without_a_hint_shows_the_default() -> None:
    [found] = planted(
        "NTR524",
        (WORKFLOW, UPLOAD_HINT, ""),
        (MANIFEST, "component: FILE_UPLOAD", "component: LOADING"),
    )
    assert "its gate shows `FILE_UPLOAD`" in found.message
    assert planted("NTR524", (WORKFLOW, UPLOAD_HINT, "")) == []


def test_a_form_without_a_gate_is_reported() -> None:
    [found] = planted("NTR524", (MANIFEST, "component: SUMMARY", "component: DATA_TABLE"))
    assert "`post` is declared as `DATA_TABLE` and waits for nobody" in found.message
    for allowed in ("LOADING", "SUMMARY", "REPORT_PREVIEW"):
        edit = (MANIFEST, "component: SUMMARY", f"component: {allowed}")
        assert planted("NTR524", edit) == []


@pytest.mark.parametrize(
    "line",
    [
        "await self.ask_somebody()",
        "await ask_somebody(self)",
        'self._pending_action = {"kind": "interactive_review"}',
        'await self.run_child_workflow(slug="checks", input=ctx)',
    ],
)
def test_a_step_that_may_wait_unseen_may_be_declared_as_a_form(line: str) -> None:
    edits = (
        (MANIFEST, "component: SUMMARY", "component: DATA_TABLE"),
        (WORKFLOW, IN_POST, f"PostedSlip:\n        {line}\n        return await runbook"),
        (WORKFLOW, "from typing import Any\n", "from typing import Any\nfrom acme import *\n"),
    )
    assert planted("NTR524", *edits) == []


def test_a_gate_in_a_helper_belongs_to_the_step_that_calls_it() -> None:
    edits = (
        (
            WORKFLOW,
            "    @runbook.run\n",
            "    async def _ask(self) -> Any:\n"
            "        return await self.wait_for_action()\n\n    @runbook.run\n",
        ),
        (WORKFLOW, IN_POST, "PostedSlip:\n        await self._ask()\n        return await runbook"),
    )
    [found] = planted("NTR524", *edits)
    assert "`post` is declared as `SUMMARY`, its gate shows `APPROVAL_FORM`" in found.message


# --- NTR525 step-activity ------------------------------------------------------------------------


def test_an_activity_that_is_not_registered_is_reported_with_the_nearest() -> None:
    [found] = planted("NTR525", (MANIFEST, "petty_cash.read_slip", "petty_cash.read"))
    assert said([found]) == ["runbook.md:26 NTR525"]
    assert found.message == "no activity is registered as `petty_cash.read`"
    assert found.alternative == "`petty_cash.read_slip`"
    assert found.trace[0].place.path.endswith("activities.py")


def test_an_activity_of_another_step_is_reported() -> None:
    [found] = planted("NTR525", (MANIFEST, "petty_cash.read_slip", "petty_cash.post_slip"))
    assert found.message == "the step `review` does not run `petty_cash.post_slip`"
    assert found.alternative == "`petty_cash.read_slip`"


def test_a_name_that_two_methods_have_is_not_compared() -> None:
    twice = """    @runbook.step(name="post", title="Post slip", icon="Bell")
    async def _announce(self) -> None: ...

    @runbook.run
"""
    edits = ((WORKFLOW, "    @runbook.run\n", twice), (MANIFEST, "component: SUMMARY", REVIEWED))
    assert planted("NTR52", *edits) == []


def test_an_activity_that_a_step_has_somebody_else_run_is_its_own() -> None:
    edits = (
        (
            WORKFLOW,
            IN_POST,
            "PostedSlip:\n        await acme.run(read_slip)\n        return await runbook",
        ),
        (WORKFLOW, "from typing import Any\n", "from typing import Any\nimport acme\n"),
        (MANIFEST, "petty_cash.post_slip", "petty_cash.read_slip"),
    )
    assert planted("NTR525", *edits) == []


def test_a_list_of_activities_is_compared_name_by_name() -> None:
    two = "[petty_cash.read_slip, petty_cash.red_slip]"
    [found] = planted("NTR525", (MANIFEST, "petty_cash.read_slip", two))
    assert "`petty_cash.red_slip`" in found.message


@pytest.mark.parametrize(
    "name, decorator",
    [
        ("read_slip", "@activity.defn"),
        ("read_slip", "@activity.defn()"),
        ("slips.read", "@activity.defn(name=PREFIX)"),
    ],
)
def test_the_registered_name_is_the_one_of_the_decorator(name: str, decorator: str) -> None:
    edits = (
        (ACTIVITIES, '@activity.defn(name="petty_cash.read_slip")', decorator),
        (ACTIVITIES, "from .models", 'PREFIX = "slips.read"\nfrom .models'),
    )
    assert len(planted("NTR525", *edits)) == 1
    assert planted("NTR525", *edits, (MANIFEST, "petty_cash.read_slip", name)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "from .ledger import close\n",
        "from acme.activities import close\n",
        "from acme.activities import *\n",
    ],
)
def test_activities_that_another_module_brings_are_known(statement: str) -> None:
    ledger = "from ntro.workflow import activity\n\n@activity.defn\nasync def close(): ...\n"
    edits = (
        (ACTIVITIES, "from .models", f"{statement}from .models"),
        (WORKFLOW, "post_slip,\n            PostSlipInput", "close,\n            PostSlipInput"),
        (WORKFLOW, "import post_slip, read_slip", "import close, post_slip, read_slip"),
        (MANIFEST, "petty_cash.post_slip", "close"),
    )
    assert planted("NTR525", *edits, files={"templates/ledger.py": ledger}) == []


@pytest.mark.parametrize(
    "called", ['"petty_cash.archive"', "activity_for(ctx)", "ACTIVITIES[ctx.period]"]
)
def test_an_activity_named_at_run_time_may_be_any(called: str) -> None:
    edits = (
        (WORKFLOW, "            post_slip,\n", f"            {called},\n"),
        (MANIFEST, "petty_cash.post_slip", "petty_cash.read_slip"),
    )
    found = planted("NTR525", *edits)
    assert [f.message for f in found] == (
        ["the step `post` does not run `petty_cash.read_slip`"] if called[0] == '"' else []
    )


def test_activities_of_the_sdk_are_known_through_the_helpers_that_run_them() -> None:
    source = "from ntro.workflow.task import load_previous_task_activity\n"
    edits = (
        (ACTIVITIES, "from .models", f"{source}from .models"),
        (
            WORKFLOW,
            IN_POST,
            'PostedSlip:\n        await self.load_previous_task(workflow_slug="petty-cash",'
            ' entity_id="e")\n        return await runbook',
        ),
        (MANIFEST, "petty_cash.post_slip", "load_previous_task"),
    )
    assert planted("NTR525", *edits) == []
    [found] = planted("NTR525", edits[2])
    assert found.message == "no activity is registered as `load_previous_task`"


# --- NTR526 summary-keys -------------------------------------------------------------------------


def test_a_key_that_the_result_lacks_is_reported() -> None:
    [found] = planted("NTR526", (MANIFEST, "key: entry_id", "key: entry"))
    assert said([found]) == ["runbook.md:38 NTR526"]
    assert "`entry` is no field of `PostedSlip`, which the step `post` returns" in found.message
    assert found.alternative == "`entry_id`"


@pytest.mark.parametrize(
    "returns, key, wrong",
    [
        ("PostedSlip | None", "entry", True),
        ("PostedSlip | Slip", "payee", False),
        ("PostedSlip | Slip", "entry", True),
        ('"PostedSlip"', "entry", True),
        ("dict[str, Any]", "entry", False),
        ("Any", "entry", False),
        ("PostedSlip | str", "entry", False),
        ("tuple[PostedSlip, str]", "entry", False),
    ],
)
def test_the_key_is_looked_for_in_what_the_step_returns(
    returns: str, key: str, wrong: bool
) -> None:
    edits = (
        (WORKFLOW, "slip: Slip) -> PostedSlip:", f"slip: Slip) -> {returns}:"),
        (MANIFEST, "key: entry_id", f"key: {key}"),
    )
    assert len(planted("NTR526", *edits)) == wrong


@pytest.mark.parametrize(
    "body",
    [
        "    entry: str = ''\n",
        "    model_config = ConfigDict(extra='allow')\n",
        "    @computed_field\n    @property\n    def entry(self) -> str: return ''\n",
        "    @model_serializer\n    def to_plain(self) -> dict: return {'entry': 1}\n",
    ],
)
def test_what_the_result_has_besides_plain_fields_counts(body: str) -> None:
    edits = (
        (MODELS, "    entry_id: str\n    amount", f"{body}    entry_id: str\n    amount"),
        (
            MODELS,
            "import BaseModel, Field",
            "import BaseModel, ConfigDict, Field, computed_field, model_serializer",
        ),
        (MANIFEST, "key: entry_id", "key: entry"),
    )
    assert planted("NTR526", *edits) == []


def test_a_path_into_a_field_and_an_inherited_field_are_fine() -> None:
    edits = (
        (MODELS, "class PostedSlip(ObservableResult)", "class PostedSlip(Slip)"),
        (MANIFEST, "key: entry_id", "key: payee"),
        (MANIFEST, "key: amount", "key: amount.currency"),
    )
    assert planted("NTR526", *edits) == []


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("        - key: amount\n          label: Amount\n", "        - label: Amount\n", "`key`"),
        ("        - key: amount\n", "        - keys: amount\n", "`key`"),
    ],
)
def test_a_section_without_a_key_is_reported(old: str, new: str, message: str) -> None:
    [found] = planted("NTR526", (MANIFEST, old, new))
    assert message in found.message


def test_sections_of_other_components_are_left_alone() -> None:
    edits = (
        (MANIFEST, "component: SUMMARY", "component: LOADING"),
        (MANIFEST, "key: entry_id", "key: entry"),
    )
    assert planted("NTR526", *edits) == []


# --- NTR527 upload-config ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "old, new, message, instead",
    [
        ("[application/pdf]", "[pdf]", "`pdf` is no MIME type", "`application/pdf`"),
        ("[application/pdf]", "[xlsx]", "`xlsx` is no", "`application/vnd.openxmlformats"),
        ("[application/pdf]", "[.xlsx]", "gate says `[application/pdf]`", "the same here"),
        ("[application/pdf]", "[whatever]", "`whatever` is no", "a MIME type such as"),
        ("[application/pdf]", "application/pdf", "not a list", "`[application/pdf]`"),
        ("[application/pdf]", ".pdf,.csv", "not a list", "`[application/pdf, text/csv]`"),
        ("max_size_mb: 5", "max_size_mb: 5MB", "is `5MB`, not a number", "a number above 0"),
        ("max_size_mb: 5", "max_size_mb: 0", "is `0`, not a number", "a number above 0"),
        ("max_size_mb: 5", "max_size_mb: 5\n      multiple: 1", "`multiple` is a number", "`true`"),
        ("max_size_mb: 5", "max_size_mb: 50", "gate says `5`", "the same here"),
        ("[application/pdf]", "[text/csv]", "gate says `[application/pdf]`", "the same here"),
        ("max_size_mb: 5", "max_size_mb: 5\n      multiple: true", "says `False`", "the same here"),
    ],
)
def test_an_upload_that_takes_something_else_is_reported(
    old: str, new: str, message: str, instead: str
) -> None:
    [found] = planted("NTR527", (MANIFEST, old, new))
    assert message in found.message
    assert (found.alternative or "").startswith(instead)
    assert found.place.path.endswith("runbook.md")


def test_what_the_gate_does_not_ask_for_is_reported() -> None:
    [found] = planted("NTR527", (WORKFLOW, ', "max_size_mb": 5', ""))
    assert "`max_size_mb` of the step `upload` is `5`, its gate says nothing" in found.message


@pytest.mark.parametrize(
    "old, new",
    [
        ("[application/pdf]", "[Application/PDF]"),
        ("[application/pdf]", "[application/pdf] # plain"),
        ("[application/pdf]", "[.pdf]"),
        ("[application/pdf]", "[.PDF, application/pdf]"),
        ("max_size_mb: 5", "max_size_mb: 5.0"),
        ("max_size_mb: 5", "max_size_mb: 5\n      multiple: false"),
        ("      max_size_mb: 5\n", ""),
    ],
)
def test_the_same_in_other_words_is_fine(old: str, new: str) -> None:
    assert planted("NTR527", (MANIFEST, old, new)) == []


def test_values_that_the_code_works_out_are_not_compared() -> None:
    edits = (
        (WORKFLOW, '"max_size_mb": 5', '"max_size_mb": size_of(ctx)'),
        (WORKFLOW, '"accept": ["application/pdf"]', '"accept": [*TYPES]'),
        (MANIFEST, "max_size_mb: 5", "max_size_mb: 50"),
        (MANIFEST, "[application/pdf]", "[text/csv]"),
    )
    assert planted("NTR527", *edits) == []


def test_the_first_generation_of_decorators_is_compared_too() -> None:
    edits = (
        (WORKFLOW, "import NtroWorkflow, runbook", "import NtroWorkflow, runbook, ui_step"),
        (WORKFLOW, '@runbook.step(name="upload"', '@ui_step(name="upload"'),
        (MANIFEST, "max_size_mb: 5", "max_size_mb: 50"),
    )
    assert len(planted("NTR527", *edits)) == 1


def test_the_step_of_another_component_has_no_upload() -> None:
    assert planted("NTR527", (MANIFEST, POST, POST + "      accept: [pdf]\n")) == []
