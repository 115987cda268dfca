"""NTR413: no worker registers a class without its decorator."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.shape.classes import RUN, check, found, module

CODE = "NTR413"


def test_the_class_of_a_bundle_without_its_decorator_is_an_error() -> None:
    edit = ("templates/workflow.py", "@runbook.defn\n", "")
    findings = planted("NTR4", edit)
    assert said(findings) == ["workflow.py:26 NTR413"]
    assert findings[0].severity == "error"
    assert "`PettyCashWorkflow` is not decorated" in findings[0].message
    assert findings[0].alternative == "@runbook.defn above the class"


@pytest.mark.parametrize("decorator", ["", "@final", "@dataclass"])
def test_other_decorators_do_not_register_it(decorator: str) -> None:
    text = module("X = 1", "from typing import final", decorator=decorator)
    [finding] = found(CODE, text)
    assert text.splitlines()[finding.place.line - 1].startswith("class PettyCashWorkflow")


@pytest.mark.parametrize("decorator", ["@runbook.defn", "@workflow.defn", "@registered"])
def test_a_decorated_class_or_one_with_a_decorator_of_the_project_is_fine(decorator: str) -> None:
    around = "def registered(kind):\n    return runbook.defn(kind)"
    assert (
        found(CODE, module("X = 1", around if "reg" in decorator else "", decorator=decorator))
        == []
    )


def test_a_class_that_is_decorated_by_a_call_is_fine() -> None:
    text = module("X = 1", decorator="")
    assert len(found(CODE, text)) == 1
    assert found(CODE, text + "\nPettyCashWorkflow = runbook.defn(PettyCashWorkflow)\n") == []


def test_bases_and_helpers_beside_a_decorated_class_are_fine() -> None:
    around = """
        class Base(NtroWorkflow):
            @runbook.run
            async def run(self, ctx): ...

        class Unused(NtroWorkflow): ...
        class Other: ...
    """
    assert check(CODE, module("X = 1", around, bases="Base")) == []


def test_a_second_class_that_could_be_run_is_reported() -> None:
    around = f"""
class Second(NtroWorkflow):  # !
    {RUN.strip().replace(chr(10), chr(10) + "    ")}
"""
    check(CODE, module("X = 1", around))
