"""Sets are wrapped in `sorted`, wherever that leaves the program meaning something."""

from __future__ import annotations

import pytest

from tests.lint_rules.fixes.marked import fix, fixed, refusal

GOOD = {
    "a loop": ("for x in «sorted-set|s»: pass", "for x in sorted(s): pass"),
    "a display": ("for x in «sorted-set|{1, 2}»: pass", "for x in sorted({1, 2}): pass"),
    "an operation": ("for x in «sorted-set|a | b»: pass", "for x in sorted(a | b): pass"),
    "an operation in parentheses": (
        "list((«sorted-set|a | b»))",
        "list((sorted(a | b)))",
    ),
    "a comprehension": ("[x for x in «sorted-set|s»]", "[x for x in sorted(s)]"),
    "a later clause": (
        "[x for y in z for x in «sorted-set|y.s»]",
        "[x for y in z for x in sorted(y.s)]",
    ),
    "a generator that shares parentheses": (
        "list«sorted-set|(x for x in s)»",
        "list(sorted(x for x in s))",
    ),
    "a generator of its own": (
        "list(«sorted-set|(x for x in s)»)",
        "list(sorted((x for x in s)))",
    ),
    "a star": ("print(«sorted-set|*s»)", "print(*sorted(s))"),
    "what is behind a star": ("print(*«sorted-set|s»)", "print(*sorted(s))"),
    "a choice": (
        "for x in «sorted-set|a if b else c»: pass",
        "for x in sorted(a if b else c): pass",
    ),
    "a walrus": ("for x in («sorted-set|y := s»): pass", "for x in (sorted(y := s)): pass"),
    "an operand of or": ("for x in «sorted-set|s» or (): pass", "for x in sorted(s) or (): pass"),
    "a payload": ("send(«sorted-payload|{x.id}»)", "send(sorted({x.id}))"),
    "an attribute": ("send(tags=«sorted-payload|self.tags»)", "send(tags=sorted(self.tags))"),
    "over lines, with a comment": (
        "send(«sorted-payload|{\n  1,  # one\n}»)",
        "send(sorted({\n  1,  # one\n}))",
    ),
    "sets beside each other": (
        "send(«sorted-payload|{1}», «sorted-payload|{2}»)",
        "send(sorted({1}), sorted({2}))",
    ),
    "an f-string": ("f'{«sorted-payload|s»!r}'", "f'{sorted(s)!r}'"),
}


@pytest.mark.parametrize(("before", "after"), GOOD.values(), ids=GOOD)
def test_a_set_is_sorted(before: str, after: str) -> None:
    assert fixed(before) == after


BAD = {
    "a method of the set": ("«sorted-set|s».pop()", "a method of the set itself is used"),
    "an operand": (
        "x = «sorted-set|s» | t",
        "it is an operand, and a list has no such operator",
    ),
    "a mapping": ("send(«sorted-payload|{1: 2}»)", "sorting a mapping would lose its values"),
    "a mapping comprehension": (
        "send(«sorted-payload|{x: 1 for x in s}»)",
        "sorting a mapping would lose its values",
    ),
    "a tuple": ("for x in «sorted-set|a, b»: pass", "it is no set"),
    "sorted already": ("for x in «sorted-set|sorted(s)»: pass", "it is sorted already"),
    "another sorted": (
        "def f(sorted):\n  for x in «sorted-set|s»: pass",
        "`sorted` is no longer the builtin here",
    ),
    "an asynchronous loop": (
        "async def f():\n  async for x in «sorted-set|s»: pass",
        "a list cannot be iterated with `async for`",
    ),
    "shown as written": (
        "f'{«sorted-payload|s»=}'",
        "its text is part of an f-string with `=`",
    ),
}


@pytest.mark.parametrize(("before", "reason"), BAD.values(), ids=BAD)
def test_what_is_no_plain_set_is_left(before: str, reason: str) -> None:
    assert refusal(before) == reason


def test_a_set_at_the_start_of_another_waits_for_the_next_round() -> None:
    answer = fix("[x for y in «sorted-set|«sorted-set|s»[0]» for x in y]")
    assert answer.source == "[x for y in sorted(s)[0] for x in y]"
    [(_, reason)] = answer.refused
    assert reason == "it overlaps another fix; the next round can make it"
