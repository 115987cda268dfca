"""NTR412: a key of a decision that may not be there."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR412"
WAIT = "answer = await self.wait_for_action(payload=ctx)\n"


def running(body: str, methods: str = "X = 1", around: str = "") -> str:
    run = "@runbook.run\nasync def run(self, ctx: PettyCashContext):\n" + indent(body, "    ")
    return module(methods, around, run=run)


HANGS = {
    "read": WAIT + "note = answer['comments']  # !",
    "compared": WAIT + "if answer['type'] == 'approved':  # !\n    pass",
    "at once": "(await self.wait_for_action(payload=ctx))['type']  # !",
    "in a branch that promises nothing": (
        WAIT + "if answer.get('type') == 'rejected':\n    note = answer['comments']  # !"
    ),
    "of another variable": WAIT + "again = answer\nagain['reason']  # !",
    "wrong handler": WAIT + "try:\n    answer['reason']  # !\nexcept ValueError:\n    pass",
}
FINE = {
    "get": WAIT + "answer.get('comments')",
    "looked for": WAIT + "if 'comments' in answer:\n    answer['comments']",
    "looked for before": WAIT + "if not answer.get('reason'):\n    return\nanswer['reason']",
    "caught": WAIT + "try:\n    answer['reason']\nexcept KeyError:\n    pass",
    "caught by its base": WAIT + "try:\n    answer['reason']\nexcept LookupError:\n    pass",
    "what the branch promises": (WAIT + "if answer.get('type') == 'moved':\n    answer['target']"),
    "written": WAIT + "answer['comments'] = ''",
    "deleted": WAIT + "del answer['comments']",
    "a part": WAIT + "answer['payload' if ctx else 'x']['row']",
    "an index": WAIT + "list(answer)[0]",
    "a child": "result = await self.run_child_workflow(slug='x', input=ctx)\nresult['status']",
    "own dict": "mine = {}\nmine['x']",
}


@pytest.mark.parametrize("body", HANGS.values(), ids=HANGS.keys())
def test_a_key_that_nobody_promises_is_a_warning(body: str) -> None:
    [finding] = check(CODE, running(body))
    assert finding.severity == "warning"
    assert "KeyError hangs the run" in finding.message
    assert ".get(" in (finding.alternative or "")


@pytest.mark.parametrize("body", FINE.values(), ids=FINE.keys())
def test_a_key_that_is_looked_for_or_written_or_promised_is_fine(body: str) -> None:
    assert check(CODE, running(body)) == []


NONE_HANGS_TOO = {
    "walked through": ("for row in answer['corrections']:  # !\n    pass", " or []"),
    "in a comprehension": ("[row for row in answer['corrections']]", " or []"),
    "unpacked": ("first, second = answer['corrections']", " or []"),
    "searched": ("'x' in answer['corrections']", " or []"),
    "spread": ("print(*answer['corrections'])", " or []"),
    "subscripted": ("answer['payload']['row']", " or {}"),
    "an attribute": ("answer['comments'].strip()", ", tested for None before it is used"),
}


@pytest.mark.parametrize(("body", "default"), NONE_HANGS_TOO.values(), ids=NONE_HANGS_TOO)
def test_there_is_no_fix_where_none_would_hang_the_run_as_well(body: str, default: str) -> None:
    [finding] = check(CODE, running(WAIT + (body if "# !" in body else f"{body}  # !")))
    assert finding.fix is None
    assert (finding.alternative or "").endswith(f"){default}")


def test_helpers_and_row_actions_are_followed() -> None:
    around = "def word_of(answer: dict[str, Any]) -> str:\n    return answer['type']  # !\n"
    methods = "def on_row_action(self, action):\n    self._row = action['row_id']  # !"
    found = check(CODE, running(WAIT + "word_of(answer)", methods, around))
    assert {"answer at a gate" in f.message for f in found} == {True, False}


def test_untyped_signals_of_the_authors_own_are_left_alone() -> None:
    methods = "@runbook.signal\ndef data(self, given: dict):\n    given['x']"
    assert check(CODE, running("pass", methods)) == []
