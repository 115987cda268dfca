"""How people name rules: a code, the beginning of one, a kebab-case name, or `ALL`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lint_rules.nearest import nearest

if TYPE_CHECKING:
    from lint_rules.rules.rule import Rule

ALL = "ALL"
OURS = "NTR"
"""What every code of this tool begins with."""


def resolve(selector: str, rules: Sequence[Rule]) -> str | None:
    """Return the code, prefix or `ALL` a selector stands for, None when it stands for no rule."""
    if selector == ALL:
        return ALL
    code = resolve_code(selector, rules)
    if code is None and selector.startswith(OURS):
        return selector if any(rule.code.startswith(selector) for rule in rules) else None
    return code


def resolve_code(word: str, rules: Sequence[Rule]) -> str | None:
    """Return the code of the one rule that a code or a name stands for."""
    return next((rule.code for rule in rules if word in (rule.code, rule.name)), None)


def nearest_selector(word: str, rules: Sequence[Rule]) -> str | None:
    """Return the code or name spelled most like a word."""
    codes = [rule.code for rule in rules]
    return nearest(word, [*codes, *(rule.name for rule in rules), ALL])


def covers(selector: str, code: str) -> bool:
    """Tell whether a resolved selector takes in a code, or all that a prefix takes in."""
    return selector == ALL or code.startswith(selector)


def specificity(selector: str) -> int:
    """Return how narrow a resolved selector is: the longer the prefix, the narrower."""
    return 0 if selector == ALL else len(selector)
