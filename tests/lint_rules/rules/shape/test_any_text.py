"""No text of a workflow makes a rule of this family raise, or find the same thing twice."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.rules import shape
from tests.bundles import ROOT
from tests.lint_rules.linted import within
from tests.lint_rules.rules.shape.classes import HEAD, found

FRAGMENTS = (
    "def __init__(self, x):",
    "super().__init__()",
    "@runbook.run",
    '@runbook.step(name="a", title="A")',
    "@runbook.step",
    "async def _a(self, ctx=None, *more):",
    "def run(self):",
    "await self._a(await self._a())",
    "raise ValueError('x')",
    "raise",
    "assert self",
    "try:",
    "except (ValueError, *ERRORS) as err:",
    "finally:",
    "else:",
    "with suppress(), self:",
    "while self:",
    "if answer['x']:",
    "return answer",
    "answer = await self.wait_for_action(payload=answer)",
    "a, *answer = answer, self._a()",
    "Slip(**answer)",
    "self._x = self._x or Slip.model_validate(self._x)",
    "class Inner(Inner, NtroWorkflow):",
    "@runbook.defn",
    "pass",
)


@cache
def lines() -> tuple[str, ...]:
    samples = (ROOT / "fixtures/runbooks").glob("*/templates/workflow.py")
    return tuple(line for path in sorted(samples) for line in path.read_text("utf-8").splitlines())


def written(several: list[tuple[int, str]]) -> str:
    return HEAD + "\n".join("    " * depth + line for depth, line in several) + "\n"


def judge(text: str) -> None:
    with within(10):
        findings = found("NTR4", text)
    assert {finding.code for finding in findings} <= {rule.code for rule in shape.RULES}
    places = [(finding.code, finding.place) for finding in findings]
    assert len(places) == len(set(places))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(FRAGMENTS)), max_size=14))
def test_fragments_in_any_order(several: list[tuple[int, str]]) -> None:
    judge(written(several))


@settings(max_examples=60, deadline=None)
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
