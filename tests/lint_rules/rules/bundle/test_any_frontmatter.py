"""Whatever stands in the frontmatter, the rules answer, soon, and with places in the file."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lint_rules.petty_cash import PETTY_CASH, planted
from tests.lint_rules.rules.bundle.declared import MANIFEST

VOCABULARY = (
    "upload review post global steps type string enum default id pattern ^(a+)+$ ( accept"
    " sections key limit period SUMMARY FILE_UPLOAD properties items number config component"
    " activity <<"
)
WORDS = st.sampled_from(VOCABULARY.split())
SCALARS = st.one_of(
    WORDS,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=20),
)
VALUES: Any = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(WORDS, SCALARS), inner, max_size=5)
    ),
    max_leaves=25,
)
TEXT = (PETTY_CASH / MANIFEST).read_text("utf-8")
BEFORE, AFTER = TEXT.index("steps:\n"), TEXT.index("---\n\n# Petty")


def manifest(frontmatter: str) -> str:
    return TEXT[:BEFORE] + frontmatter + TEXT[AFTER:]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=VALUES, schema=VALUES)
def test_any_steps_and_any_schema_are_answered(steps: object, schema: object) -> None:
    text = manifest(yaml.safe_dump({"steps": steps, "config_schema": schema}, allow_unicode=True))
    for found in planted("NTR52", files={MANIFEST: text}) + planted(
        "NTR53", files={MANIFEST: text}
    ):
        assert found.alternative
        assert found.place.line <= max(text.count("\n") + 1, 120)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entry=st.dictionaries(WORDS, VALUES, max_size=6))
def test_any_entry_is_answered(entry: dict[str, object]) -> None:
    text = manifest(yaml.safe_dump({"config_schema": {"global": {"limit": entry}}}))
    for found in planted("NTR52", files={MANIFEST: text}):
        assert found.alternative
        assert 1 <= found.place.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["---\n{}\n---\n", "---\n---\n", "", "---\na: 1\n---\n", "---\n- a\n---\n"]
)
def test_frontmatter_with_nearly_nothing_is_answered(text: str) -> None:
    codes = {found.code for found in planted("NTR52", files={MANIFEST: text})}
    assert codes == ({"NTR521"} if text[4:5] in ("{", "a") else set())


BOMB = "config_schema:\n  global:\n    a0: &a0 {type: array, items: {type: string}}\n" + "".join(
    f"    a{n}: &a{n} {{type: object, properties: {{"
    + ", ".join(f"p{m}: *a{n - 1}" for m in range(10))
    + "}}\n"
    for n in range(1, 30)
)
WIDE = (
    "config_schema:\n  global: &g\n"
    + "".join(f"    k{n}: {{typ: strin, enum: [{n}]}}\n" for n in range(2000))
    + "  steps:\n"
    + "".join(f"    s{n}: *g\n" for n in range(2000))
)
LONG = "steps:\n" + "".join(f"  - {{id: s{n}, component: X{n}}}\n" for n in range(3000))
SLOW = (
    "config_schema:\n  global:\n    a: {type: string, pattern: '((((a*)*)*)*)*$', default: '"
    + "a" * 400
    + "!'}\n    b: {type: string, pattern: '"
    + "(" * 900
    + "', default: a}\n    c: {type: string, pattern: '(a{1,9999}){1,9999}b', default: "
    + "a" * 400
    + "}\n"
)


@pytest.mark.parametrize(
    "frontmatter", [BOMB, WIDE, LONG, SLOW], ids=["bomb", "wide", "long", "slow"]
)
def test_hostile_frontmatter_is_answered_soon(frontmatter: str) -> None:
    begun = time.perf_counter()
    planted("NTR5", files={MANIFEST: manifest(frontmatter)})
    assert time.perf_counter() - begun < 5
