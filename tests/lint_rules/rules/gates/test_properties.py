"""What holds for any way an answer takes: no detour hides it, and none makes the lint raise."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.gates.parts import DECIDED, HELPER, WORKFLOW, block

Detour = Callable[[str, int], tuple[list[str], str, str]]
"""Statements, the expression that holds the answer after them, and helpers they need."""


def _name(value: str, number: int) -> tuple[list[str], str, str]:
    return [f"name{number} = {value}"], f"name{number}", ""


def _tuple(value: str, number: int) -> tuple[list[str], str, str]:
    return [f"other{number}, part{number} = slip, {value}"], f"part{number}", ""


def _nested(value: str, number: int) -> tuple[list[str], str, str]:
    return [f"deep{number} = (1, (slip, {value}))"], f"deep{number}[1][1]", ""


def _attribute(value: str, number: int) -> tuple[list[str], str, str]:
    return [f"self._kept{number} = {value}"], f"self._kept{number}", ""


def _helper(value: str, number: int) -> tuple[list[str], str, str]:
    helper = f"\n\ndef same{number}(given):\n    return given\n"
    return [], f"same{number}({value})", helper


def _pair(value: str, number: int) -> tuple[list[str], str, str]:
    helper = f"\n\ndef pair{number}(first, *, second):\n    return second, first\n"
    return [f"pair{number}d = pair{number}(slip, second={value})"], f"pair{number}d[0]", helper


def _copy(value: str, number: int) -> tuple[list[str], str, str]:
    return [f"copy{number} = dict({value})"], f"copy{number}", ""


def _spread(value: str, number: int) -> tuple[list[str], str, str]:
    return [f"spread{number} = {{**{value}}}"], f"spread{number}", ""


def _conditional(value: str, number: int) -> tuple[list[str], str, str]:
    return [f"either{number} = {value} if slip else {{}}"], f"either{number}", ""


def _walrus(value: str, number: int) -> tuple[list[str], str, str]:
    return [f"print(walrus{number} := {value})"], f"walrus{number}", ""


DETOURS: list[Detour] = [
    _name,
    _tuple,
    _nested,
    _attribute,
    _helper,
    _pair,
    _copy,
    _spread,
    _conditional,
    _walrus,
]


def follow(detours: list[Detour], end: str) -> list[str]:
    """Return the codes that are reported when the answer takes some detours before `end`."""
    lines: list[str] = []
    value, helpers = "answer", ""
    for number, detour in enumerate(detours):
        more, value, helper = detour(value, number)
        lines += more
        helpers += helper
    statements = "\n".join([*lines, end.replace("ANSWER", value)])
    found = planted(
        "NTR3", (WORKFLOW, DECIDED, block(statements)), (WORKFLOW, HELPER, HELPER + helpers)
    )
    return [finding.code for finding in found]


detours = st.lists(st.sampled_from(DETOURS), max_size=4)


@given(detours)
@settings(max_examples=60, deadline=None)
def test_an_attribute_is_found_behind_any_detour(chosen: list[Detour]) -> None:
    assert follow(chosen, "return ANSWER.action") == ["NTR304"]


@given(detours)
@settings(max_examples=40, deadline=None)
def test_an_answer_that_is_only_logged_is_ignored_after_any_detour(chosen: list[Detour]) -> None:
    assert follow(chosen, "runbook.logger.info('%s', ANSWER)") == ["NTR301"]


@given(detours)
@settings(max_examples=40, deadline=None)
def test_one_key_is_too_few_after_any_detour(chosen: list[Detour]) -> None:
    end = "if ANSWER.get('type') == 'rejected':\n    return PettyCashResult(status='rejected')"
    assert follow(chosen, end) == ["NTR316"]


@given(detours)
@settings(max_examples=40, deadline=None)
def test_a_decision_that_is_read_in_all_dialects_is_left_alone_after_any_detour(
    chosen: list[Detour],
) -> None:
    end = "if decision_of(ANSWER) == 'rejected':\n    return PettyCashResult(status='rejected')"
    assert follow(chosen, end) == []


atoms = st.sampled_from(
    [
        "answer",
        "answer.get('type')",
        "answer['kind']",
        "'rejected'",
        "None",
        "self._kept",
        "slip",
        "(lambda: answer)",
        "answer.values()",
    ]
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = [
        "({0})[0]",
        "({0}).get('type', {0})",
        "not {0}",
        "str({0})",
        "any(x == {0} for x in {0})",
        "[{0} for _ in {0} if {0}]",
        "{{**{0}}}",
        "{{'a': {0}}}",
        "f'{{{0}!r}}'",
        "decision_of({0})",
        "(*{0}, 1)",
        "({0}).lower()",
        "next(iter({0}), {0})",
        "(await self._post(ctx, {0}))",
        "({0}).x.y",
    ]
    two = ["({0} == {1})", "({0} in {1})", "({0} or {1})", "({0}, {1})", "({0} if {1} else {0})"]
    return st.one_of(
        st.builds(lambda form, a: form.format(a), st.sampled_from(one), inner),
        st.builds(lambda form, a, b: form.format(a, b), st.sampled_from(two), inner, inner),
    )


expressions = st.recursive(atoms, _grown, max_leaves=6)
statements = st.sampled_from(
    [
        "{0}",
        "x = {0}",
        "x, (y, *z) = {0}, {0}",
        "self._kept = {0}",
        "self._kept[{0}] = {0}",
        "answer[{0}] = {0}",
        "answer |= {0}",
        "if {0}:\n    pass\nelse:\n    return {0}",
        "while {0}:\n    break",
        "for answer in {0}:\n    continue",
        "match {0}:\n    case {{'type': word, **rest}} if {0}:\n        return word",
        "with {0} as answer:\n    raise answer",
        "assert {0}",
        "def inner(a={0}):\n    return {0}\nx = inner({0})",
        "del answer",
        "yield {0}",
    ]
)


@given(st.lists(st.tuples(statements, expressions), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_no_code_makes_the_rules_raise(chosen: list[tuple[str, str]]) -> None:
    text = "\n".join(statement.format(expression) for statement, expression in chosen)
    for finding in planted("NTR3", (WORKFLOW, DECIDED, block(text))):
        assert finding.alternative
        assert finding.place.line > 1
