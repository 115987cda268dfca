"""NTR406: a step that nothing calls stays pending."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR406"
A = '@runbook.step(name="a", title="A")\nasync def _a(self): ...\n\n'
MARKED = A.replace('title="A")', 'title="A")  # !')


def with_run(body: str, run: str) -> str:
    lines = "\n".join(f"    {line}" for line in run.splitlines())
    head = "@runbook.run\nasync def run(self, ctx: PettyCashContext):\n"
    return module(body, run=head + lines)


@pytest.mark.parametrize(
    "body, run",
    [
        (MARKED, "return 1"),
        (MARKED + "async def _unused(self):\n    await self._a()", "return 1"),
        (MARKED, "return ctx.a"),
        (MARKED + "async def _b(self): ...", "await self._b()"),
    ],
)
def test_a_step_that_run_does_not_lead_to_is_a_warning(body: str, run: str) -> None:
    [finding] = check(CODE, with_run(body, run))
    assert finding.severity == "warning"
    assert "nothing calls the step `_a`" in finding.message


@pytest.mark.parametrize(
    "body, run",
    [
        (A, "await self._a()"),
        (A, "if ctx.period:\n    await self._a()"),
        (A, "await self.run_step('a', self._a)"),
        (A, "await asyncio.gather(self._a())"),
        (A, "for step in (self._a,):\n    await step()"),
        (A, "await getattr(self, '_a')()"),
        (A, "for name in ORDER:\n    await getattr(self, name)()"),
        (A, "for each in ctx.period:\n    await getattr(self, f'_{each}')()"),
        (A + "async def _b(self):\n    await self._a()", "await self._b()"),
        (A, "await helper(self)"),
        (
            A + "@runbook.signal\nasync def start(self, given: dict):\n    await self._a()",
            "return 1",
        ),
    ],
)
def test_a_step_that_may_be_called_is_fine(body: str, run: str) -> None:
    around = 'ORDER = ("_a",)\n\nasync def helper(flow: PettyCashWorkflow):\n    await flow._a()'
    text = with_run(body, run)
    if "ORDER" in run or "helper" in run:
        text = text.replace("@runbook.defn", around + "\n\n@runbook.defn")
    assert check(CODE, text) == []


def test_a_call_left_out_of_the_sample_is_found_in_it() -> None:
    edit = (
        "templates/workflow.py",
        'posted = await self._post(ctx, slip)\n        return PettyCashResult(status="posted",'
        " entry_id=posted.entry_id)",
        'return PettyCashResult(status="posted")',
    )
    assert said(planted("NTR4", edit)) == ["workflow.py:86 NTR406"]


def test_without_a_run_method_nothing_is_said_of_steps() -> None:
    assert check(CODE, module(A, run="")) == []
