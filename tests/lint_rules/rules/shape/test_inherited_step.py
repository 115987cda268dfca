"""NTR407: the breadcrumb has only the steps of the class itself."""

from __future__ import annotations

from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR407"
RUN = "@runbook.run\nasync def run(self, ctx: PettyCashContext):\n    await self._upload()"


def test_a_step_of_a_base_class_is_an_error() -> None:
    base = """
        class Base(NtroWorkflow):
            @runbook.step(name="upload", title="Upload")  # !
            async def _upload(self): ...
    """
    [finding] = check(CODE, module("X = 1", base, bases="Base", run=RUN))
    assert finding.severity == "error"
    assert "`Base._upload` is not in the breadcrumb of `PettyCashWorkflow`" in finding.message


def test_a_step_of_a_mixin_in_another_module_is_reported_there() -> None:
    mixin = """
        from ntro.workflow import ui_step


        class Mixin:
            @ui_step(name="upload", title="Upload")  # !
            async def _upload(self): ...
    """
    text = module("X = 1", "from .mixin import Mixin", bases="Mixin, NtroWorkflow", run=RUN)
    check(CODE, text, mixin=mixin)


def test_own_steps_and_plain_methods_of_a_base_are_fine() -> None:
    base = """
        class Base(NtroWorkflow):
            async def _receive(self): ...

            @runbook.step(name="upload", title="Upload")
            async def _upload(self): ...
    """
    body = """
        @runbook.step(name="upload", title="Upload")
        async def _upload(self):
            await self._receive()
    """
    assert check(CODE, module(body, base, bases="Base", run=RUN)) == []
