"""NTR414: the platform passes exactly one argument."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR414"


@pytest.mark.parametrize(
    "parameters, word",
    [
        ("self", "takes no input"),
        ("", "takes no input"),
        ("self, *, ctx: PettyCashContext", "takes no input"),
        ("self, ctx: PettyCashContext, period: str", "needs `period`"),
        ("self, ctx, period", "needs `period`"),
        ("self, ctx: PettyCashContext, *, period: str", "needs `period`"),
        ("self, ctx: PettyCashContext, dry_run: bool = False", "makes `ctx` a plain dict"),
        ("self, ctx: PettyCashContext, *, dry_run: bool = False", "makes `ctx` a plain dict"),
    ],
)
def test_more_or_fewer_inputs_are_an_error(parameters: str, word: str) -> None:
    run = f"@runbook.run\nasync def run({parameters}): ...  # !"
    [finding] = check(CODE, module("X = 1", run=run))
    assert finding.severity == "error"
    assert word in finding.message


@pytest.mark.parametrize(
    "parameters",
    [
        "self, ctx: PettyCashContext",
        "self, ctx: PettyCashContext, /",
        "self, ctx: PettyCashContext | None = None",
        "self, ctx",
        "self, ctx, extra=None",
        "self, *args",
        "self, ctx: PettyCashContext, **rest",
    ],
)
def test_one_input_or_what_takes_one_is_fine(parameters: str) -> None:
    run = f"@workflow.run\nasync def run({parameters}): ..."
    assert check(CODE, module("X = 1", run=run)) == []


def test_a_decorator_of_the_project_may_change_the_parameters() -> None:
    run = "@runbook.run\n@with_context\nasync def run(self): ..."
    assert check(CODE, module("X = 1", "def with_context(function): ...", run=run)) == []


def test_a_static_run_method_is_not_judged() -> None:
    run = "@staticmethod\n@runbook.run\nasync def run(self, ctx): ..."
    assert check(CODE, module("X = 1", run=run)) == []
