"""No text of a workflow makes a rule of this family raise, or find the same thing twice."""

from __future__ import annotations

from functools import cache
from textwrap import indent

from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.rules import shape
from tests.bundles import ROOT
from tests.lint_rules.linted import within
from tests.lint_rules.rules.shape.classes import HEAD, found

STATEMENTS = (
    "super().__init__()",
    "await self._a(await self.run())",
    "await self._a",
    "self._a()",
    "raise ValueError('x')",
    "raise",
    "raise answer",
    "assert self",
    "return answer",
    "return self, answer",
    "answer = await self.wait_for_action(payload=answer)",
    "a, *answer = await self.run(answer)",
    "Slip(**answer)",
    "answer['x'] = answer['comments']",
    "self._x = self._x or Slip.model_validate(self._x)",
    "_a = run = runbook.run(_a)",
    "yield answer",
    "answer = lambda: Slip(**self._x)",
)
HEADS = (
    "def __init__(self, x):",
    "@runbook.run\nasync def run(self, ctx):",
    "@runbook.run\ndef run(self):",
    '@runbook.step(name="a", title="A")\nasync def _a(self, answer=None, *more):',
    '@runbook.step(name="a", title="A")\ndef _b(self, answer):',
    "@runbook.step\n@property\nasync def _a(self):",
    "@runbook.signal\ndef on_row_action(self, answer):",
    "if answer['x']:",
    "while self:",
    "for answer in self._x, answer:",
    "with suppress(), self:",
    "async with suppress(ValueError, *self._x):",
    "try:\n    raise KeyError(self)\nexcept (ValueError, *self._x) as answer:",
    "try:\n    await self._a()\nfinally:",
    "@runbook.defn\nclass PettyCashWorkflow(NtroWorkflow):",
    "class PettyCashWorkflow(PettyCashWorkflow, NtroWorkflow):",
)

Tree = tuple[str, list["Tree"]]


def trees() -> st.SearchStrategy[Tree]:
    leaf = st.tuples(st.sampled_from(STATEMENTS), st.just([]))
    return st.recursive(
        leaf,
        lambda inner: st.tuples(st.sampled_from(HEADS), st.lists(inner, min_size=1, max_size=5)),
        max_leaves=25,
    )


def written(several: list[Tree]) -> str:
    return "\n".join(
        head + "\n" + indent(written(inside), "    ") if inside else head
        for head, inside in several
    )


CLASS = "class PettyCashWorkflow(NtroWorkflow):"


@cache
def lines() -> tuple[str, ...]:
    samples = (ROOT / "fixtures/runbooks").glob("*/templates/workflow.py")
    return tuple(line for path in sorted(samples) for line in path.read_text("utf-8").splitlines())


def judge(text: str) -> None:
    with within(10):
        findings = found("NTR4", text)
    assert {finding.code for finding in findings} <= {rule.code for rule in shape.RULES}
    places = [(finding.code, finding.place) for finding in findings]
    assert len(places) == len(set(places))


def test_a_very_long_chain_of_calls_is_followed_to_its_end() -> None:
    helpers = "".join(
        f"async def _h{n}(self, answer):\n    return await self._h{n + 1}(answer)\n\n"
        for n in range(400)
    )
    last = "async def _h400(self, answer):\n    raise ValueError(answer)\n"
    run = (
        "@runbook.run\nasync def run(self, ctx):\n"
        "    answer = await self.wait_for_action(payload=ctx)\n    await self._h0(answer)\n"
    )
    text = f"{HEAD}\n@runbook.defn\n{CLASS}\n" + indent(helpers + last + run, "    ")
    with within(10):
        assert {finding.code for finding in found("NTR4", text)} == {"NTR409"}


@settings(max_examples=100, deadline=None)
@given(st.lists(trees(), min_size=1, max_size=6))
def test_any_statements_in_any_order(several: list[Tree]) -> None:
    judge(f"{HEAD}\n@runbook.defn\n{CLASS}\n" + indent(written(several), "    ") + "\n")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_sample_workflows_with_lines_left_out_or_moved(data: st.DataObject) -> None:
    whole = list(lines())
    start = data.draw(st.integers(0, len(whole) - 120))
    part = whole[start : start + 120]
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(part) - 1))
        moved = part.pop(place)
        if data.draw(st.booleans()):
            part.insert(data.draw(st.integers(0, len(part))), moved)
    judge(HEAD + "\n".join(part) + "\n")
