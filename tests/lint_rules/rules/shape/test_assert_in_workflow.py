"""NTR410: a failed assertion in workflow code hangs the run."""

from __future__ import annotations

from textwrap import indent

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR410"


def running(body: str, methods: str = "X = 1", around: str = "") -> str:
    run = "@runbook.run\nasync def run(self, ctx: PettyCashContext):\n" + indent(body, "    ")
    return module(methods, around, run=run)


def test_an_assertion_in_reached_code_is_a_warning() -> None:
    body = "assert ctx.period  # !\nself._check()\nwork(ctx)"
    methods = "def _check(self):\n    assert self._x is not None, 'set'  # !"
    around = "def work(ctx):\n    assert ctx  # !\n\ndef idle(ctx):\n    assert ctx"
    findings = check(CODE, running(body, methods, around))
    assert {finding.severity for finding in findings} == {"warning"}
    assert "a failed `assert`" in findings[0].message


def test_an_assertion_that_is_caught_is_fine() -> None:
    body = (
        "try:\n    assert ctx.period\nexcept AssertionError as err:\n"
        "    raise WorkflowError('x') from err"
    )
    assert check(CODE, running(body)) == []


def test_assertions_in_validators_queries_and_activities_are_fine() -> None:
    around = """
        class Note(BaseModel):
            text: str

            @field_validator("text")
            @classmethod
            def not_empty(cls, text: str) -> str:
                assert text
                return text
    """
    methods = "@runbook.query\ndef state(self):\n    assert self._x"
    assert check(CODE, running("Note(text='x')", methods, around)) == []
    edit = (
        "templates/activities.py",
        "    if document is None:",
        "    assert db\n    if not document:",
    )
    assert planted(CODE, edit) == []
