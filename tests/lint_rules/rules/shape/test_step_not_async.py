"""NTR404: the wrapper of a step awaits what the method returns."""

from __future__ import annotations

import pytest

from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR404"
RUN = "@runbook.run\nasync def run(self, ctx: PettyCashContext):\n    await self._a()"


def step(method: str, decorator: str = '@runbook.step(name="a", title="A")') -> str:
    return module(f"{decorator}\n{method}", run=RUN)


@pytest.mark.parametrize(
    "method",
    [
        "def _a(self): ...  # !",
        "def _a(self) -> None:  # !\n    self.x = 1",
        "def _a(self) -> Slip:  # !\n    return made(self)",
        "def _a(self) -> dict[str, Any]:  # !\n    return made(self)",
        "def _a(self) -> str:  # !\n    return made(self)",
        "def _a(self):  # !\n    return {'a': 1}",
        "def _a(self):  # !\n    return Slip(payee='a', amount=1)",
        "def _a(self):  # !\n    if self.x:\n        return\n    return made(self)",
        "def _a(self):  # !\n    yield 1",
        "async def _a(self):  # !\n    yield 1",
    ],
)
def test_a_step_that_returns_nothing_to_await_is_an_error(method: str) -> None:
    [finding] = check(CODE, step(method))
    assert finding.severity == "error"
    assert "`_a`" in finding.message
    assert "TypeError" in finding.message


def test_the_deprecated_decorator_wraps_as_well() -> None:
    check(CODE, step("def _a(self): ...  # !", '@ui_step(name="a", title="A")'))


@pytest.mark.parametrize(
    "method",
    [
        "async def _a(self): ...",
        "async def _a(self) -> Slip:\n    return Slip(payee='a', amount=1)",
        "def _a(self):\n    return self._later()\n\nasync def _later(self): ...",
        "def _a(self) -> Any:\n    return self._later()",
        "def _a(self) -> 'Slip':\n    return self._later()",
        "def _a(self) -> Awaitable[None]:\n    return self._later()",
        "def _a(self):\n    return runbook.execute_activity(read, 1)",
        "def _a(self) -> Slip:\n    return runbook.execute_activity(read, 1)",
        "def _a(self) -> Slip:\n    return self._later()\n\nasync def _later(self): ...",
        "def _a(self):\n    raise NotImplementedError",
        "def _a(self):\n    return make(self)",
    ],
)
def test_a_step_that_returns_a_coroutine_or_may_do_so_is_fine(method: str) -> None:
    assert check(CODE, step(method)) == []


def test_a_decorator_of_the_project_may_make_it_a_coroutine() -> None:
    text = module(
        '@runbook.step(name="a", title="A")\n@as_coroutine\ndef _a(self): ...',
        "def as_coroutine(function): ...",
        run=RUN,
    )
    assert check(CODE, text) == []


def test_a_missing_async_can_be_added_safely_and_a_generator_has_no_fix() -> None:
    [plain] = check(CODE, step("def _a(self): ...  # !"))
    assert plain.fix is not None
    assert (plain.fix.id, plain.fix.applicability) == ("async-step", "safe")
    [generator] = check(CODE, step("async def _a(self):  # !\n    yield 1"))
    assert generator.fix is None


def test_a_plain_method_that_is_no_step_is_fine() -> None:
    body = """
        def _helper(self): ...

        @runbook.step(name="a", title="A")
        async def _a(self):
            self._helper()
    """
    assert check(CODE, module(body, run=RUN)) == []
