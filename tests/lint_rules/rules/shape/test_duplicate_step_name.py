"""NTR405: the name of a step is its id."""

from __future__ import annotations

from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR405"


def test_a_name_used_twice_is_reported_at_the_second() -> None:
    body = """
        @runbook.step(name="review", title="Lines")
        async def _lines(self): ...

        @runbook.step(title="Totals", name="review")  # !
        async def _totals(self): ...

        @ui_step(name="review", title="Old")  # !
        async def _old(self): ...
    """
    first, second = check(CODE, module(body))
    assert first.severity == "error"
    assert "`review` is already that of `_lines`" in first.message
    assert "`_old`" in (second.alternative or "")


def test_names_are_followed_through_constants() -> None:
    body = """
        @runbook.step(name=REVIEW, title="Lines")
        async def _lines(self): ...

        @runbook.step(name="review", title="Totals")  # !
        async def _totals(self): ...
    """
    check(CODE, module(body, 'REVIEW = "review"'))


def test_a_step_of_a_base_counts() -> None:
    base = """
        class Base(NtroWorkflow):
            @runbook.step(name="review", title="Lines")  # !
            async def _lines(self): ...
    """
    body = '@runbook.step(name="review", title="Totals")\nasync def _totals(self): ...'
    check(CODE, module(body, base, bases="Base"))


def test_different_unknown_and_overridden_names_are_fine() -> None:
    base = """
        class Base(NtroWorkflow):
            @runbook.step(name="a", title="A")
            async def _a(self): ...
    """
    body = """
        @runbook.step(name="a", title="A again")
        async def _a(self): ...

        @runbook.step(name="b", title="A")
        async def _b(self): ...

        @runbook.step(name=name_of("a"), title="C")
        async def _c(self): ...

        @runbook.step(name=name_of("a"), title="D")
        async def _d(self): ...

        @runbook.step(name="b2", title="E")
        async def _e(self): ...

        @runbook.step(name="b2", title="the one that counts")
        async def _e(self): ...
    """
    assert check(CODE, module(body, base, bases="Base")) == []
