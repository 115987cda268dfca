"""NTR402: in a bundle a workflow class derives from NtroWorkflow."""

from __future__ import annotations

import pytest

from tests.lint_rules.linted import lint_texts, spots
from tests.lint_rules.rules.shape.classes import check, found, module

CODE = "NTR402"


@pytest.mark.parametrize("bases", ["", "object", "Plain", "abc.ABC"])
def test_a_class_with_other_bases_is_an_error(bases: str) -> None:
    around = "import abc\nclass Plain: ..."
    text = module("X = 1", around, bases=bases)
    [finding] = found(CODE, text)
    assert finding.severity == "error"
    assert "`PettyCashWorkflow` does not derive from `NtroWorkflow`" in finding.message
    assert text.splitlines()[finding.place.line - 1].startswith("class PettyCashWorkflow")


def test_the_older_decorator_counts_inside_a_bundle() -> None:
    assert len(found(CODE, module("X = 1", bases="", decorator="@workflow.defn"))) == 1


def test_a_loose_temporal_workflow_is_none_of_ours() -> None:
    loose = "from temporalio import workflow\n@workflow.defn\nclass Flow:\n    pass\n"
    ours = "from ntro.workflow import runbook\n@runbook.defn\nclass Flow:\n    pass\n"
    texts = {"src/loose.py": loose, "src/ours.py": ours}
    assert spots(lint_texts(texts, select=(CODE,))) == ["ours.py:3 NTR402"]


@pytest.mark.parametrize(
    "bases, around",
    [
        ("NtroWorkflow", ""),
        ("Base", "class Base(NtroWorkflow): ..."),
        ("Mixin, NtroWorkflow", "class Mixin: ..."),
        ("sdk.NtroWorkflow", "import ntro.workflow as sdk"),
        ("Base", "from elsewhere import Base"),
        ("make()", "def make(): return NtroWorkflow"),
        ("*BASES", "BASES = (NtroWorkflow,)"),
        ("Missing", ""),
        ("Slip", "# a class whose own base comes from outside"),
    ],
)
def test_a_class_that_derives_or_may_derive_is_fine(bases: str, around: str) -> None:
    assert check(CODE, module("X = 1", around, bases=bases)) == []


def test_such_a_class_is_reported_by_this_rule_alone() -> None:
    body = """
        def __init__(self):
            self._x = 1

        @runbook.step(name="a", title="A")
        async def _a(self): ...
    """
    assert {f.code for f in found("NTR4", module(body, bases="", run=""))} == {CODE}
