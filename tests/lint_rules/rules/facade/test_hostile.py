"""Bundles with lines lost, doubled and mixed up: whatever is said of them, nothing raises."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lint_rules.petty_cash import planted, sound

FILES = ["runbook.md", *(f"templates/{n}.py" for n in ("workflow", "activities", "models"))]
EXTRA = [
    "from ntro.workflow import *",
    "import ntro.workflow.history as workflow, ntro",
    "class NtroWorkflow(NtroWorkflow): pass",
    "runbook = runbook.runbook = self.runbook.sleep",
    "        await runbook.execute_activity(*x, None, **y)",
    "        try:",
    "        except (ActivityError, *x) as err: err.type",
    "    set_runtime(set_runtime)",
    "```python",
    "from .workflow import read_slip, PettyCashWorkflow",
    "def f[T](x: T, *, y: U = z) -> V: ...",
    "@",
    "\x00\ufeff",
]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(FILES),
        st.integers(0, 150),
        st.one_of(st.none(), st.sampled_from(EXTRA), st.integers(0, 150)),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CHANGES)
def test_any_bundle_is_linted(changes: list[tuple[str, int, str | int | None]]) -> None:
    lines = {name: sound()[name].decode().split("\n") for name in FILES}
    for name, at, what in changes:
        text = lines[name]
        place = at % len(text)
        if what is None:
            del text[place]
            text.append("")
        else:
            text.insert(place, what if isinstance(what, str) else text[what % len(text)])
    files = {name: "\n".join(text) for name, text in lines.items()}
    for finding in planted("NTR2", files=files):
        assert finding.place.line <= len(
            files[finding.place.path.partition("petty-cash/")[2]].split("\n")
        )
        assert finding.alternative
