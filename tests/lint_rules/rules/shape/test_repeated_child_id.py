"""Children that run at once under one id are reported; one after the other they are not."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import said
from tests.lint_rules.rules.shape.bundles import imported, in_class, in_quiet, in_run, with_archive

CODE = "NTR421"
CHILD = 'self.run_child_workflow(slug="slip-archive", input=ctx)'
ASYNCIO = imported("import asyncio")
HELPER = in_class(
    "async def _archive(self, ctx: PettyCashContext) -> None:",
    '    await self.run_child_workflow(slug="slip-archive", input=ctx)',
)
STEP = in_class(
    '@runbook.step(name="archive", title="Archive")',
    "async def _archive(self, ctx: PettyCashContext) -> None:",
    '    await self.run_child_workflow(slug="slip-archive", input=ctx)',
)


@pytest.mark.parametrize(
    "inputs, severity, words",
    [
        ("[ctx, ctx]", "error", "with 2 inputs"),
        ("(ctx, ctx, ctx)", "error", "with 3 inputs"),
        ("[ctx for _ in ('a', 'b')]", "error", "with 2 inputs"),
        ("[ctx for _ in self._uploads]", "warning", "with more than one input"),
        ("list(self._uploads)", "warning", "with more than one input"),
        ("[ctx, *self._uploads]", "warning", "with more than one input"),
    ],
)
def test_several_inputs_are_reported_and_an_unknown_number_is_likely(
    inputs: str, severity: str, words: str
) -> None:
    call = f'await self.run_child_workflows(slug="slip-archive", inputs={inputs})'
    [found] = with_archive(CODE, in_run(call))
    assert said([found]) == ["workflow.py:107 NTR421"]
    assert words in found.message
    assert "`slip-archive`" in found.message
    assert found.severity == severity


@pytest.mark.parametrize("inputs", ["[ctx]", "(ctx,)", "[]", "[ctx for _ in ('a',)]"])
def test_one_input_is_fine(inputs: str) -> None:
    call = "await self.run_child_workflows(slug='slip-archive', inputs={})"
    assert in_quiet(CODE, in_run(call.format(inputs))) == []
    assert in_quiet(CODE, in_run("given = [ctx]", call.format("given"))) == []


def test_a_list_that_is_filled_first_is_likely_to_have_several() -> None:
    call = "await self.run_child_workflows(slug='slip-archive', inputs=given)"
    lines = ("given = []", "for _ in self._uploads:", "    given.append(ctx)", call)
    [found] = with_archive(CODE, in_run(*lines))
    assert found.severity == "warning"


@pytest.mark.parametrize(
    "lines",
    [
        [f"await asyncio.gather(*({CHILD} for _ in self._uploads))"],
        [f"await asyncio.gather(*[{CHILD} for _ in self._uploads])"],
        [f"await asyncio.gather({CHILD}, {CHILD})"],
        [f"await asyncio.wait([asyncio.create_task({CHILD}) for _ in self._uploads])"],
        [f"await asyncio.wait_for(asyncio.gather({CHILD}, {CHILD}), 5)"],
        [f"for _ in self._uploads: asyncio.create_task({CHILD})"],
        [f"tasks = [{CHILD} for _ in self._uploads]", "await asyncio.gather(*tasks)"],
        [f"a = {CHILD}", f"b = {CHILD}", "await asyncio.gather(a, b)"],
        [f"a = asyncio.create_task({CHILD})", f"b = asyncio.create_task({CHILD})", "await a"],
        [
            "async with asyncio.TaskGroup() as tg:",
            f"    tg.create_task({CHILD}) and None",
            f"    tg.create_task({CHILD})",
        ],
        [
            "async with asyncio.TaskGroup() as tg:",
            "    for _ in self._uploads:",
            f"        tg.create_task({CHILD})",
        ],
        [
            "tasks = []",
            "for _ in self._uploads:",
            f"    tasks.append({CHILD})",
            "await asyncio.gather(*tasks)",
        ],
    ],
)
def test_one_child_started_several_times_at_once_is_reported(lines: list[str]) -> None:
    found = with_archive(CODE, ASYNCIO, in_run(*lines))
    assert {finding.code for finding in found} == {CODE}
    assert all("run at once get one id" in finding.message for finding in found)
    assert {finding.severity for finding in found} == {"error"}
    assert len(found) == 1


@pytest.mark.parametrize("around", [HELPER, STEP], ids=["helper", "step"])
def test_a_method_that_starts_the_child_counts_and_the_trace_says_where(around) -> None:  # type: ignore[no-untyped-def]
    line = "await asyncio.gather(*(self._archive(ctx) for _ in self._uploads))"
    [found] = with_archive(CODE, ASYNCIO, around, in_run(line))
    assert found.trace[-1].text == "the child is started here"


def test_a_step_that_is_named_counts_when_it_is_the_same() -> None:
    named = CHILD.replace("input=ctx", 'input=ctx, step_id="a"')
    [found] = with_archive(CODE, ASYNCIO, in_run(f"await asyncio.gather({named}, {named})"))
    assert "`slip-archive`" in found.message


@pytest.mark.parametrize(
    "lines",
    [
        [f"for _ in self._uploads: await {CHILD}"],
        [f"results = [await {CHILD} for _ in self._uploads]"],
        [f"await {CHILD}", f"await {CHILD}"],
        [f"await asyncio.gather({CHILD})"],
        [f"for _ in self._uploads: await asyncio.gather({CHILD})"],
        [f"for _ in self._uploads: await asyncio.wait_for({CHILD}, 5)"],
        [f"for _ in self._uploads: await asyncio.create_task({CHILD})"],
        ["for _ in self._uploads:", f"    task = asyncio.create_task({CHILD})", "    await task"],
        [
            "for _ in self._uploads:",
            "    async with asyncio.TaskGroup() as tg:",
            f"        tg.create_task({CHILD})",
        ],
        [f"a = asyncio.create_task({CHILD})", "await a", f"b = asyncio.create_task({CHILD})"],
        [f"if slip: a = asyncio.create_task({CHILD})", f"else: b = asyncio.create_task({CHILD})"],
        [f"a = {CHILD}", "await a", f"b = {CHILD}", "await b"],
        [
            "await asyncio.gather(",
            '    self.run_child_workflow(slug="slip-archive", input=ctx, step_id="a"),',
            '    self.run_child_workflow(slug="slip-archive", input=ctx, step_id="b"),',
            ")",
        ],
        [
            "await asyncio.gather(*(",
            '    self.run_child_workflow(slug="slip-archive", input=ctx, step_id=u.source)',
            "    for u in self._uploads))",
        ],
        [
            "await asyncio.gather(*(",
            "    self.run_child_workflow(slug=u.source, input=ctx) for u in self._uploads))",
        ],
        ["await asyncio.gather(*(asyncio.sleep(1) for _ in self._uploads))"],
    ],
)
def test_children_one_after_the_other_or_under_other_ids_are_fine(lines: list[str]) -> None:
    assert in_quiet(CODE, ASYNCIO, in_run(*lines)) == []
