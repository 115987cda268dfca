"""NTR706: what gates show, and whether anybody can read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntro_testkit import REJECT_ALL, Scenario, StandIn
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.checks.gates.gates import CHECK
from tests.bundles import line_of
from tests.checks.examination import verdicts
from tests.conftest import BundleFactory
from tests.test_fixtures import children

REVIEW = """
answer = await self.wait_for_action(
    payload={{"rows": [1], "note": None}},
    display_hint={hint},
)
return answer["type"]
"""

UPLOADS = """
def __init__(self):
    super().__init__()
    self.uploads = []

@runbook.signal
def document_submitted(self, event):
    self.uploads.append(event)
"""

UPLOAD = """
own = runbook.info().workflow_id
try:
    await self.await_signal_with_action(
        predicate=lambda: bool(self.uploads),
        action={{"kind": "submit_file", "args": {args}}},
        timeout=MINUTE,
    )
except TimeoutError:
    return "late"
"""


def table(data_key: str, *actions: str) -> str:
    buttons = ", ".join(f'{{"kind": "{kind}", "label": "{kind}"}}' for kind in actions)
    return (
        f'{{"component": "DATA_TABLE", "config": {{"datasets": [{{"data_key": "{data_key}"}}],'
        f' "actions": [{buttons}]}}}}'
    )


SOUND_HINTS = [
    pytest.param("None", id="default"),
    pytest.param('{"component": "REPORT_PREVIEW"}', id="no-config"),
    pytest.param(table("rows", "approve", "reject"), id="a-table"),
    pytest.param(table("note"), id="a-value-that-is-none"),
    pytest.param(table("rows.0"), id="a-path"),
    pytest.param(
        '{"component": "DATA_TABLE", "config": {"actions": [{"id": "yes", "kind": "primary"}]}}',
        id="buttons-of-the-sdk",
    ),
]


@pytest.mark.parametrize("hint", SOUND_HINTS)
def test_a_review_that_can_be_shown_is_sound(bundle: BundleFactory, hint: str) -> None:
    assert verdicts(CHECK, bundle(run=REVIEW.format(hint=hint))) == []


@pytest.mark.parametrize(
    "hint, said, advice",
    [
        pytest.param(
            '{"component": "APPROV" + "AL"}',
            "the task page has no component `APPROVAL`",
            'write `"APPROVAL_FORM"`',
            id="component",
        ),
        pytest.param(
            table("row"),
            "its table shows `row`, which the payload does not have; it has note, rows",
            'write `"data_key": "rows"`',
            id="data-key",
        ),
        pytest.param(
            table("rows", "accept"),
            "its button `accept` is of the kind `accept`, which decides nothing",
            'write `"kind": "approve"` or `"kind": "reject"`',
            id="button",
        ),
    ],
)
def test_a_review_that_cannot_be_shown_is_told_once(
    bundle: BundleFactory, hint: str, said: str, advice: str
) -> None:
    directory = bundle(run=REVIEW.format(hint=hint))
    [verdict] = verdicts(CHECK, directory)
    assert verdict.code == "NTR706"
    assert verdict.message == f"a gate `interactive_review`: {said}"
    assert verdict.help == advice
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "self.wait_for_action")


def test_a_table_of_a_payload_that_is_no_dict_is_told(bundle: BundleFactory) -> None:
    directory = bundle(
        run="await self.wait_for_action(payload=[1], display_hint=" + table("rows") + ")"
    )
    [verdict] = verdicts(CHECK, directory)
    assert "its table shows `rows`" in verdict.message
    assert verdict.message.endswith("it has nothing")


SOUND_ARGS = [
    pytest.param('{"signal_name": "document_submitted", "signal_task_id": own}', id="own"),
    pytest.param(
        '{"signal_name": "document_submitted", "signal_task_id": own, "anything": [own]}',
        id="more",
    ),
]


@pytest.mark.parametrize("args", SOUND_ARGS)
def test_an_upload_that_can_be_answered_is_sound(bundle: BundleFactory, args: str) -> None:
    directory = bundle(run=UPLOAD.format(args=args), members=UPLOADS)
    assert verdicts(CHECK, directory) == []


@pytest.mark.parametrize(
    "args, said",
    [
        pytest.param(
            '{"signal_name": "document_submitted"}',
            "`args` has no `signal_task_id`: nobody is told which signal opens the gate",
            id="no-task",
        ),
        pytest.param(
            '{"signal_name": "document_" + "submited", "signal_task_id": own}',
            "it asks for the signal `document_submited`, for which there is no handler",
            id="no-handler",
        ),
        pytest.param(
            '{"signal_name": "document_submitted", "signal_task_id": own + "-x"}',
            "`args.signal_task_id` is the id of no workflow that is running",
            id="no-workflow",
        ),
    ],
)
def test_an_upload_that_nobody_can_answer_is_told(
    bundle: BundleFactory, args: str, said: str
) -> None:
    directory = bundle(run=UPLOAD.format(args=args), members=UPLOADS)
    [verdict] = verdicts(CHECK, directory)
    assert verdict.message.endswith(f": {said}")
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "self.await_signal_with_action")


def test_an_upload_may_go_to_a_child_that_runs(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        own = f"{runbook.info().workflow_id}:part:part"
        child = asyncio.create_task(self.run_child_workflow(slug="part", input={}))
        await runbook.wait_condition(lambda: bool(self._children_by_step_id))
        await self.await_signal_with_action(
            predicate=lambda: child.done(),
            action=asks_for("anything", own),
            timeout=MINUTE,
        )
        """,
        members=UPLOADS,
    )
    assert verdicts(CHECK, directory, child_workflows=[StandIn("part", happy={})]) == []


def test_an_action_of_another_shape_is_told(bundle: BundleFactory) -> None:
    directory = bundle(
        run='await self.wait_for_action(payload={}, reason="see")',
        members="""
        @runbook.query
        def current_pending_action(self) -> Any:
            action = super().current_pending_action()
            return action and {**action, "reason": ["see"]}
        """,
    )
    [verdict] = verdicts(CHECK, directory)
    assert "its action does not fit the wire model: `reason`" in verdict.message


def test_a_gate_that_the_query_hides_is_told(bundle: BundleFactory) -> None:
    directory = bundle(
        run="await self.wait_for_action(payload={})",
        members="""
        @runbook.query
        def current_pending_action(self) -> Any:
            return None
        """,
    )
    [verdict] = verdicts(CHECK, directory)
    assert "answers nothing while it is open" in verdict.message


def test_an_action_without_a_json_form_is_told(bundle: BundleFactory) -> None:
    directory = bundle(
        run=UPLOAD.format(
            args='{"signal_name": "document_submitted", "signal_task_id": own, "who": object()}'
        ),
        members=UPLOADS,
    )
    [verdict] = verdicts(CHECK, directory)
    assert "has no JSON form" in verdict.message


def test_gates_of_every_run_are_looked_at(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        answer = await self.wait_for_action(payload={})
        if answer["type"] == "rejected":
            await self.wait_for_action(payload={}, display_hint={"component": "WHY"})
        """
    )
    [verdict] = verdicts(CHECK, directory)
    assert verdict.scenario == REJECT_ALL.name
    assert "`WHY`" in verdict.message


def test_a_verdict_is_silenced_on_the_line_of_its_gate(bundle: BundleFactory) -> None:
    directory = bundle(
        run='await self.wait_for_action(display_hint={"component": "X"})  # noqa: NTR706 -- ours'
    )
    assert verdicts(CHECK, directory) == []


def test_sample_bundles_have_no_such_fault_in_any_scenario(sample: Path) -> None:
    scenarios: list[Scenario] = list(available_scenarios(sample).values())
    assert verdicts(CHECK, sample, *scenarios, child_workflows=children(sample)) == []
