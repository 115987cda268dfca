"""Parameters survive being written down: what is read back is what `inspect` says."""

from __future__ import annotations

import ast
import inspect

from hypothesis import given
from hypothesis import strategies as st

from lint_rules.sdk.reading import signature
from lint_rules.sdk.signature import read_signature

HEADS = [
    "",
    "a",
    "a, b=1",
    "a, /, b",
    "a, b=1, /, c=2",
    "*args",
    "a, *args, k, **rest",
    "*, k=1, m",
    "a=1, /, *, k",
    "**rest",
]


def inspected(head: str) -> inspect.Signature:
    scope: dict[str, object] = {}
    exec(f"def f({head}): ...", scope)
    function = scope["f"]
    assert callable(function)
    return inspect.signature(function)


@given(st.sampled_from(HEADS), st.integers(0, 4), st.sets(st.sampled_from("abckmz")))
def test_a_call_is_judged_as_python_judges_it(head: str, given: int, keywords: set[str]) -> None:
    function = ast.parse(f"def f({head}): ...").body[0]
    assert isinstance(function, ast.FunctionDef)
    read = read_signature(signature(function.args, bound=False))
    try:
        inspected(head).bind(*range(given), **dict.fromkeys(keywords))
    except TypeError:
        is_right = False
    else:
        is_right = True
    by_place = (read.positional_only + read.plain)[:given]
    fits = (
        (read.most is None or given <= read.most)
        and all(read.takes(name) for name in keywords)
        and not keywords.intersection(set(by_place) & set(read.plain))
        and not read.missing(given, keywords - set(read.positional_only))
    )
    assert fits == is_right


def test_the_first_parameter_of_a_method_is_nobodys_argument() -> None:
    function = ast.parse("def f(self, fn, arg=None, /, **options): ...").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert signature(function.args, bound=True) == "(fn, arg=, /, **options)"
