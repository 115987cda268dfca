"""NTR313: a predicate that nothing can change while the run waits."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import Edit, planted, said
from tests.lint_rules.rules.gates.parts import HANDLER, UPLOAD, UPLOADS, WORKFLOW, block

PREDICATE = "lambda: bool(self._uploads)"
LISTS = UPLOADS + "        self._ready = False\n        self._seen = []\n"


def predicated(predicate: str, *edits: Edit, init: str = LISTS) -> list[Finding]:
    return planted("NTR313", (WORKFLOW, PREDICATE, predicate), (WORKFLOW, UPLOADS, init), *edits)


CONSTANT = {
    "False": ("lambda: False", "always `False`: the wait never ends"),
    "True": ("lambda: True", "always `True`: the wait ends at once"),
    "None": ("lambda: None", "always `None`: the wait never ends"),
}


@pytest.mark.parametrize(("predicate", "message"), CONSTANT.values(), ids=CONSTANT)
def test_a_constant_is_reported(predicate: str, message: str) -> None:
    [found] = predicated(predicate)
    assert message in found.message
    assert (found.severity, found.place.line) == ("error", 41)


@pytest.mark.parametrize(
    "predicate",
    [
        "bool(self._uploads)",
        "len(self._uploads)",
        "not self._uploads",
        "self._uploads != []",
        "True",
    ],
)
def test_an_answer_that_is_no_predicate_is_reported(predicate: str) -> None:
    [found] = predicated(predicate)
    assert "computed once, before the wait: TypeError" in found.message
    assert found.alternative == "`lambda: ...` around it"


UNCHANGED = [
    "lambda: self._ready",
    "lambda: self._ready is True",
    "lambda: bool(self._seen)",
    "lambda: len(self._seen) > 0",
    "lambda: any(item.source == 'x' for item in self._seen)",
    "lambda: not self._seen and self._ready",
]


@pytest.mark.parametrize("predicate", UNCHANGED)
def test_attributes_that_only_init_sets_are_reported(predicate: str) -> None:
    [found] = predicated(predicate)
    assert found.message.startswith("nothing changes `_")
    assert found.place.line == 41


def test_a_handler_that_notes_the_signal_elsewhere_is_the_usual_cause() -> None:
    elsewhere = HANDLER.replace("_uploads", "_seen")
    read = (WORKFLOW, "return self._uploads[0]", "return self._seen[0]")
    found = planted("NTR3", (WORKFLOW, HANDLER, elsewhere), (WORKFLOW, UPLOADS, UPLOADS * 2), read)
    assert said(found) == ["workflow.py:40 NTR313"]


def test_a_condition_of_the_authors_own_counts() -> None:
    wait = block("await runbook.wait_condition(lambda: self._ready)")
    found = planted("NTR313", (WORKFLOW, UPLOAD, wait), (WORKFLOW, UPLOADS, LISTS))
    assert [f.code for f in found] == ["NTR313"]
    sleep = block("await runbook.wait_condition(lambda: False, timeout=UPLOAD_TIMEOUT)")
    assert planted("NTR313", (WORKFLOW, UPLOAD, sleep)) == []


def test_a_function_as_predicate_is_read_too() -> None:
    method = "    def _is_ready(self) -> bool:\n        return self._ready\n\n    @runbook.run\n"
    edit = (WORKFLOW, "    @runbook.run\n", method)
    assert [f.code for f in predicated("self._is_ready", edit)] == ["NTR313"]


POSSIBLE = {
    "an attribute a handler sets": ("self._ready", "        self._ready = True\n"),
    "a list a handler appends to": ("bool(self._seen)", "        self._seen.append(event)\n"),
    "a dict a handler writes to": ("bool(self._seen)", "        self._seen['x'] = event\n"),
    "a list a handler extends": ("bool(self._seen)", "        self._seen += [event]\n"),
    "another name for the list": (
        "bool(self._seen)",
        "        seen = self._seen\n        seen.append(event)\n",
    ),
    "a list that is passed on": ("bool(self._seen)", "        note(self._seen, event)\n"),
    "setattr": ("self._ready", "        setattr(self, '_ready', True)\n"),
    "the dict of the object": ("self._ready", "        self.__dict__.update(_ready=True)\n"),
    "a part of the item": ("self._seen[0].done", "        self._seen[0].done = True\n"),
}


@pytest.mark.parametrize(("predicate", "statement"), POSSIBLE.values(), ids=POSSIBLE)
def test_what_a_handler_may_change_is_left_alone(predicate: str, statement: str) -> None:
    handler = (WORKFLOW, HANDLER, HANDLER.rstrip("\n") + "\n" + statement + "\n")
    assert predicated(f"lambda: {predicate}", handler) == []


UNKNOWN = [
    "lambda: self._missing",
    "lambda: self.is_ready()",
    "lambda: self._ready or ctx.limit > 3",
    "lambda: is_ready(self)",
    "lambda: runbook.now() > DEADLINE",
    "ready_for(self)",
    "lambda: self._current_step_id == 'x'",
]


@pytest.mark.parametrize("predicate", UNKNOWN)
def test_what_cannot_be_told_is_left_alone(predicate: str) -> None:
    assert predicated(predicate) == []


def test_an_attribute_that_another_step_sets_is_left_alone() -> None:
    step = (WORKFLOW, '        over = " This', '        self._ready = True\n        over = " This')
    assert predicated("lambda: self._ready", step) == []


def test_a_gate_whose_signal_nobody_handles_is_reported_by_its_own_rule() -> None:
    found = planted("NTR3", (WORKFLOW, HANDLER, ""))
    assert [f.code for f in found] == ["NTR307"]
