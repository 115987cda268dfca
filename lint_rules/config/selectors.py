"""Selectors in settings: resolved, or complained about with the nearest one there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from lint_rules.rule_codes import nearest_selector, resolve

if TYPE_CHECKING:
    from lint_rules.rules.rule import Rule


def resolve_all(
    words: Iterable[str], rules: Sequence[Rule], complain: Callable[[str, str], None]
) -> tuple[str, ...]:
    """Resolve selectors; `complain` gets each word that stands for no rule, and a message."""
    found = []
    for word in words:
        selector = resolve(word, rules)
        if selector is None:
            complain(word, _no_rule(word, rules))
        else:
            found.append(selector)
    return tuple(found)


def _no_rule(word: str, rules: Sequence[Rule]) -> str:
    found = nearest_selector(word, rules)
    if found:
        return f'no rule "{word}", did you mean `{found}`?'
    return f'no rule "{word}", expected a code, the beginning of one, a rule\'s name, or ALL'
