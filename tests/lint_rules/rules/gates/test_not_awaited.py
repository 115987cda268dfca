"""NTR315: a coroutine that nobody awaits."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, said, sound
from tests.lint_rules.rules.gates.parts import DECIDED, GATE, UPLOAD, WORKFLOW, block

HEAD = (
    WORKFLOW,
    "from .activities",
    "import asyncio\nfrom temporalio import workflow\n\nfrom .activities",
)
METHODS = (
    WORKFLOW,
    "    @runbook.run\n",
    "    async def _note(self, slip: Slip) -> None: ...\n\n"
    "    def _plain(self, slip: Slip) -> None: ...\n\n    @runbook.run\n",
)


def ran(statements: str) -> list[Finding]:
    return planted("NTR315", (WORKFLOW, DECIDED, block(statements) + DECIDED), HEAD, METHODS)


BAD = {
    "a gate": ("self.wait_for_action(payload=slip)", "wait_for_action"),
    "a step": ("self._post(ctx, slip)", "_post"),
    "a method": ("self._note(slip)", "_note"),
    "a method whose result is not read": ("noted = self._note(slip)", "_note"),
    "an activity": (
        "runbook.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT)",
        "runbook.execute_activity",
    ),
    "an activity of the first generation": (
        "workflow.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT)",
        "workflow.execute_activity",
    ),
    "a child": ("self.run_child_workflow(slug='x', input=ctx)", "run_child_workflow"),
    "documents": ("self.collect_documents(expected=[], inputs=[])", "collect_documents"),
    "a condition": ("runbook.wait_condition(lambda: True)", "runbook.wait_condition"),
    "a timer": ("workflow.sleep(3)", "workflow.sleep"),
    "run_step": ("self.run_step('post', post_slip, slip)", "run_step"),
    "in a branch": ("if slip:\n    self._note(slip)", "_note"),
}


@pytest.mark.parametrize(("statements", "name"), BAD.values(), ids=BAD)
def test_a_coroutine_that_is_thrown_away_is_reported(statements: str, name: str) -> None:
    [found] = ran(statements)
    assert found.message == f"`{name}` is not awaited: it never runs"
    assert found.severity == "error"


def test_a_gate_that_is_not_awaited_is_no_ignored_decision() -> None:
    gate = GATE.replace("answer = await self", "self")
    found = planted("NTR3", (WORKFLOW, GATE, gate + "        answer = {}\n"))
    assert said(found) == ["workflow.py:72 NTR315"]
    upload = UPLOAD.replace("await self", "self")
    assert said(planted("NTR3", (WORKFLOW, UPLOAD, upload))) == ["workflow.py:38 NTR315"]


def test_a_helper_outside_the_class_counts() -> None:
    helper = "async def tell(workflow: NtroWorkflow) -> None: ...\n\n\ndef decision_of"
    found = planted(
        "NTR315",
        (WORKFLOW, DECIDED, block("tell(self)") + DECIDED),
        (WORKFLOW, "def decision_of", helper),
    )
    assert [f.message for f in found] == ["`tell` is not awaited: it never runs"]


GOOD = {
    "awaited": "await self._note(slip)",
    "awaited later": "noting = self._note(slip)\nawait noting",
    "gathered": "await asyncio.gather(self._note(slip), self._note(slip))",
    "a task": "asyncio.create_task(self._note(slip))",
    "passed on": "await asyncio.wait_for(self._note(slip), 3)",
    "in a list": "notes = [self._note(slip)]",
    "a comprehension": "notes = [self._note(each) for each in (slip,)]",
    "kept in an attribute": "self._noting = self._note(slip)",
    "a plain method": "self._plain(slip)",
    "a lambda": "later = lambda: self._note(slip)",
    "a child that is only started": "await runbook.start_child_workflow('x', ctx, id='1')",
    "an activity handle": "workflow.start_activity(post_slip, slip)",
    "what is not known": "self.notify(slip)",
    "a conditional": "await (self._note(slip) if slip else self._post(ctx, slip))",
}


@pytest.mark.parametrize("statements", GOOD.values(), ids=GOOD)
def test_a_coroutine_that_is_awaited_or_passed_on_is_left_alone(statements: str) -> None:
    assert ran(statements) == []


def test_a_decorated_function_is_left_alone() -> None:
    method = "    @contextlib.asynccontextmanager\n    async def _note(self, slip: Slip): ...\n\n"
    found = planted(
        "NTR315",
        (WORKFLOW, DECIDED, block("self._note(slip)") + DECIDED),
        (WORKFLOW, "    @runbook.run\n", method + "    @runbook.run\n"),
    )
    assert found == []


def test_an_activity_that_is_called_is_the_business_of_another_rule() -> None:
    found = planted("NTR315", (WORKFLOW, DECIDED, block("post_slip(slip)") + DECIDED))
    assert found == []


FIXED = {
    "a statement": ("        self._post(ctx, slip)\n", "        await self._post(ctx, slip)\n"),
    "an activity over several lines": (
        "        runbook.execute_activity(\n            post_slip,\n            slip,\n"
        "            start_to_close_timeout=ATTEMPT,\n"
        "            schedule_to_close_timeout=RETRIES,\n        )\n",
        "        await runbook.execute_activity(\n",
    ),
    "a name": ("        noted = self._post(ctx, slip)\n", "        noted = await self._post("),
}


@pytest.mark.parametrize(("statement", "mended"), FIXED.values(), ids=FIXED)
def test_the_fix_awaits_the_call_and_nothing_is_left_to_say(statement: str, mended: str) -> None:
    [found] = planted("NTR315", (WORKFLOW, DECIDED, statement + DECIDED))
    assert found.fix is not None
    assert (found.fix.applicability, found.fix.message) == ("unsafe", "await the call")
    text = sound()[WORKFLOW].decode().replace(DECIDED, statement + DECIDED)
    lines = text.splitlines(keepends=True)
    for change in found.fix.edits:
        line, column = change.start[0] - 1, change.start[1] - 1
        lines[line] = lines[line][:column] + change.text + lines[line][column:]
    fixed = "".join(lines)
    assert mended in fixed
    assert planted("NTR3", files={WORKFLOW: fixed}) == []


def test_a_gate_that_is_not_awaited_has_no_fix_as_its_answer_must_be_read() -> None:
    [found] = ran("self.wait_for_action(payload=slip)")
    assert found.fix is None


READ = {
    "an attribute of it": ("posted = self._post(ctx, slip)\nposted.entry_id", "_post"),
    "of the call": ("self._post(ctx, slip).entry_id", "_post"),
    "annotated": ("posted: PostedSlip = self._post(ctx, slip)\nposted.entry_id", "_post"),
    "a key of it": (
        "result = self.run_child_workflow(slug='x', input=ctx)\nresult['status']",
        "run_child_workflow",
    ),
    "compared": ("noted = self._note(slip)\nif noted == 'x':\n    return None", "_note"),
    "tested": ("if self._note(slip):\n    return None", "_note"),
    "tested by its name": ("noted = self._note(slip)\nif not noted:\n    return None", "_note"),
    "unpacked": ("first, second = self._review(ctx, document_ref)", "_review"),
    "walked through": (
        "for each in self.collect_documents(expected=[], inputs=[]):\n    print(each)",
        "collect_documents",
    ),
    "in a comprehension": (
        "found = self.collect_documents(expected=[], inputs=[])\n[each for each in found]",
        "collect_documents",
    ),
    "returned": ("if slip.amount:\n    return self._post(ctx, slip)", "_post"),
    "a timer of asyncio": ("asyncio.sleep(3)", "asyncio.sleep"),
}


@pytest.mark.parametrize(("statements", "name"), READ.values(), ids=READ)
def test_a_coroutine_that_is_read_as_its_result_is_reported(statements: str, name: str) -> None:
    [found] = ran(statements)
    assert found.message == f"`{name}` is not awaited: it never runs"


@pytest.mark.parametrize("name", ["helper", "get"])
def test_a_gate_whose_answer_is_read_without_await_is_reported_and_fixed(name: str) -> None:
    gate = GATE.replace("answer = await self", "answer = self")
    edits = [(WORKFLOW, GATE, gate)]
    if name == "get":
        read = '        if answer.get("kind") == "reject":\n            return slip, {}\n'
        edits = [(WORKFLOW, GATE, gate + read)]
    [found] = planted("NTR315", *edits)
    assert (found.place.line, found.message.split("`")[1]) == (72, "wait_for_action")
    assert found.fix is not None


STILL_FINE = {
    "awaited under another name": "noting = self._note(slip)\nnoted = await noting\nnoted.x",
    "made again": "noted = self._note(slip)\nnoted = await noted\nnoted.x",
    "closed": "noting = self._note(slip)\nnoting.close()",
    "there or not": "noting = self._note(slip) if slip else None\nif noting:\n    await noting",
    "looked for": "noting = self._note(slip)\nif noting is not None:\n    await noting",
    "collected": "noting = self._note(slip)\nself._all.append(noting)",
    "a gate awaited later": (
        "asked = self.wait_for_action(payload=slip)\nanswer = await asked\nanswer.get('kind')"
    ),
    "a gate in a task": (
        "asked = self.wait_for_action(payload=slip)\ntask = asyncio.create_task(asked)\n"
        "(await task).get('kind')"
    ),
}


@pytest.mark.parametrize("statements", STILL_FINE.values(), ids=STILL_FINE)
def test_a_coroutine_that_is_used_as_one_is_left_alone(statements: str) -> None:
    assert ran(statements) == []
