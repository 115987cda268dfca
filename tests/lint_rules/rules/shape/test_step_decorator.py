"""NTR415: a step decorator is called with its keywords, on a method of the class."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.shape.classes import check, found, module

CODE = "NTR415"
RUN = "@runbook.run\nasync def run(self, ctx: PettyCashContext):\n    await self._a()"


@pytest.mark.parametrize(
    "decorator, word",
    [
        ("@runbook.step", "is not called"),
        ("@ui_step", "is not called"),
        ('@runbook.step("a", "A")', "keywords only"),
        ('@runbook.step("a", title="A")', "keywords only"),
        ("@runbook.step()", "lacks `name=`"),
        ('@runbook.step(title="A")', "lacks `name=`"),
        ('@runbook.step(name="a")', "lacks `title=`"),
        ('@ui_step(name="a")', "lacks `title=`"),
        ('@runbook.step(name="a", title="A", component="SUMMARY")', "takes no `component=`"),
        ('@runbook.step(name="", title="A")', "empty name"),
    ],
)
def test_a_call_that_does_not_fit_is_an_error(decorator: str, word: str) -> None:
    text = module(f"{decorator}  # !\nasync def _a(self): ...", run=RUN)
    [finding] = check(CODE, text)
    assert finding.severity == "error"
    assert word in finding.message
    assert {f.code for f in found("NTR4", text)} == {CODE}


@pytest.mark.parametrize("kind", ["staticmethod", "classmethod", "property", "cached_property"])
def test_a_step_that_is_another_kind_of_method_is_an_error(kind: str) -> None:
    step = '@runbook.step(name="a", title="A")  # !'
    check(CODE, module(f"@{kind}\n{step}\nasync def _a(self): ...", run=RUN))
    check(CODE, module(f"{step}\n@{kind}\nasync def _a(self): ...", run=RUN))


def test_a_function_and_a_class_are_no_steps() -> None:
    around = """
        @runbook.step(name="a", title="A")  # !
        async def upload(flow): ...

        @runbook.step(name="b", title="B")  # !
        class Upload: ...
    """
    function, kind = check(CODE, module("X = 1", around))
    assert "`upload`, which is no method" in function.message
    assert "the class `Upload`" in kind.message


@pytest.mark.parametrize(
    "decorator",
    [
        '@runbook.step(name="a", title="A")',
        '@runbook.step(name="a", title="A", icon="Upload", config={"x": 1})',
        '@runbook.step(title="A", **GIVEN)',
        "@runbook.step(*GIVEN)",
        "@runbook.step(name=NAME, title=TITLE)",
        '@ui_step(name="a", title="A")',
        "@other.step",
    ],
)
def test_a_call_that_fits_or_may_fit_is_fine(decorator: str) -> None:
    assert check(CODE, module(f"{decorator}\nasync def _a(self): ...", run=RUN)) == []


def test_a_function_that_a_class_takes_as_a_method_is_fine() -> None:
    around = '@runbook.step(name="a", title="A")\nasync def upload(flow): ...'
    assert check(CODE, module("_a = upload", around, run=RUN)) == []
