"""Whatever stands in a bundle, the rules over it neither raise nor take long."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lint_rules.linted import within
from tests.lint_rules.petty_cash import planted, sound
from tests.lint_rules.rules.shape.bundles import (
    ACTIVITIES,
    MODELS,
    WORKFLOW,
    archive,
    imported,
    in_run,
)

FAMILY = "NTR4"
FILES = (WORKFLOW, ACTIVITIES, MODELS)
ODD = (
    "        await self.run_child_workflow(slug='slip-archive', input={'a': {}})\n",
    "        await self.run_child_workflow(slug='slip-archive')\n",
    "        await self.run_child_workflows(slug='slip-archive', inputs=[*x])\n",
    "        await asyncio.gather(*[self.run_child_workflow(slug='a', input=b) for b in c])\n",
    "        await runbook.execute_activity(read_slip, args=[Slip()])\n",
    "        await runbook.execute_activity()\n",
    "        await self.load_previous_task()\n",
    "class Slip(Slip): a: Slip\n",
    "class Slip(PostedSlip):\n    class ObserverMeta: event_type = event_type\n",
    "class PostedSlip(Slip): ...\n",
    "PettyCashResult = PettyCashResult\n",
    "from .activities import *\n",
    "from .models import *\n",
    "@activity.defn\nasync def read_slip(*a, b: 'Slip[', **c) -> ObservableResult[Slip]: yield 1\n",
    "@activity.defn(name=name)\nlambda: 1\n",
)


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, str]:
    """Return the modules with lines taken out, put twice, moved, or odd ones put in."""
    texts = {}
    for name in FILES:
        lines = sound()[name].decode().splitlines(keepends=True)
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(lines) - 1))
            match draw(st.integers(0, 3)):
                case 0:
                    del lines[at]
                case 1:
                    lines.insert(at, lines[at])
                case 2:
                    lines.append(lines.pop(at))
                case _:
                    lines.insert(at, draw(st.sampled_from(ODD)))
        texts[name] = "".join(lines)
    return texts


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoiled(), spoiled())
def test_a_spoiled_bundle_beside_another_is_linted(
    texts: dict[str, str], other: dict[str, str]
) -> None:
    beside = archive(models=other[MODELS], workflow=other[WORKFLOW])
    with within(20):
        found = planted(FAMILY, files=texts, beside=beside)
    assert all(each.code.startswith(FAMILY) and each.alternative for each in found)


MANY = 1500
CHILD = 'self.run_child_workflow(slug="slip-archive", input=ctx)'


@pytest.mark.parametrize(
    "lines",
    [
        [f"await asyncio.gather({', '.join([CHILD] * MANY)})"],
        [f"if slip: a{n} = asyncio.create_task({CHILD})" for n in range(MANY)],
        [f"other = PettyCashResult({', '.join(f'a{n}=1' for n in range(MANY))})"],
        [f"await self.run_child_workflow(slug='slip-archive', input={'[' * 90}{']' * 90})"] * 20,
        [f"await self.run_child_workflow(slug='slip-archive', input={{{'1: {' * 60}{'}' * 60}}})"],
        ["await runbook.execute_activity(read_slip, slip)"] * MANY,
    ],
    ids=["gather", "tasks", "keywords", "lists", "dicts", "activities"],
)
def test_a_long_or_deep_bundle_is_linted_quickly(lines: list[str]) -> None:
    with within(20):
        planted(FAMILY, imported("import asyncio"), in_run(*lines), beside=archive())
