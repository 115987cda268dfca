"""NTR403: one async run method, on the class itself."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.shape.classes import check, found, module

CODE = "NTR403"

BASE = """
class Base(NtroWorkflow):
    @runbook.run
    async def run(self, ctx: PettyCashContext): ...
"""


def test_a_class_without_a_run_method_is_reported_at_its_name() -> None:
    text = module("async def run(self, ctx): ...", run="")
    [finding] = found(CODE, text)
    assert finding.severity == "error"
    assert "has no method decorated with `@runbook.run`" in finding.message
    line = text.splitlines()[finding.place.line - 1]
    assert line == "class PettyCashWorkflow(NtroWorkflow):"


def test_a_second_run_method_is_reported() -> None:
    body = "@runbook.run\nasync def start(self, ctx): ...\n"
    run = "@workflow.run\nasync def run(self, ctx): ...  # !"
    [finding] = check(CODE, module(body, run=run))
    assert "`run` besides `start`" in finding.message


@pytest.mark.parametrize(
    "run, word",
    [
        ("@runbook.run\ndef run(self, ctx): ...  # !", "synchronous"),
        ("@workflow.run\ndef run(self, ctx): ...  # !", "synchronous"),
        ("@runbook.run\nasync def run(self, ctx):  # !\n    yield 1", "async generator"),
    ],
)
def test_a_run_method_that_is_no_coroutine_is_reported(run: str, word: str) -> None:
    [finding] = check(CODE, module("X = 1", run=run))
    assert word in finding.message


def test_a_run_method_that_is_only_inherited_is_reported() -> None:
    [finding] = found(CODE, module("X = 1", BASE, bases="Base", run=""))
    assert "only inherits its run method, `Base.run`" in finding.message


def test_an_override_without_the_decorator_is_reported_at_the_override() -> None:
    run = "async def run(self, ctx): ...  # !"
    [finding] = check(CODE, module("X = 1", BASE, bases="Base", run=run))
    assert "overrides the run method `Base.run`" in finding.message


def test_a_run_method_of_a_base_with_another_name_is_reported() -> None:
    base = BASE.replace("def run", "def start")
    run = "@runbook.run\nasync def run(self, ctx): ...  # !"
    [finding] = check(CODE, module("X = 1", base, bases="Base", run=run))
    assert "`Base.start`" in finding.message


@pytest.mark.parametrize(
    "run, around, bases",
    [
        ("@runbook.run\nasync def run(self, ctx): ...", "", "NtroWorkflow"),
        ("@runbook.run\nasync def execute(self, ctx): ...", "", "NtroWorkflow"),
        ("@workflow.run\nasync def run(self, ctx): ...", "", "NtroWorkflow"),
        ("@runbook.run\nasync def run(self, ctx): ...", BASE, "Base"),
        (
            "@runbook.run\nasync def run(self, ctx): ...",
            BASE.replace("@runbook.run", ""),
            "Base",
        ),
        (
            "@runbook.run\n@as_coroutine\ndef run(self, ctx): ...",
            "def as_coroutine(function): ...",
            "NtroWorkflow",
        ),
        ("async def _go(self, ctx): ...\nrun = runbook.run(_go)", "", "NtroWorkflow"),
        ("X = 1", "from elsewhere import Base", "Base"),
    ],
)
def test_what_temporal_accepts_is_fine(run: str, around: str, bases: str) -> None:
    assert check(CODE, module("X = 1", around, bases=bases, run=run)) == []


def test_nothing_else_is_said_of_a_class_that_has_no_run_method() -> None:
    edit = ("templates/workflow.py", "    @runbook.run\n", "")
    assert said(planted("NTR4", edit)) == ["workflow.py:27 NTR403"]
