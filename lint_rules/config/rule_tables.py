"""The settings that speak of rules: selectors, per-file ignores, severities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from lint_rules.config.selectors import resolve_all
from lint_rules.config.settings import Level
from lint_rules.config.table_reader import TableReader, guess, kind
from lint_rules.finding import Impact
from lint_rules.path_globs import GlobError, PathGlob
from lint_rules.rule_codes import resolve_code

if TYPE_CHECKING:
    from lint_rules.rules.rule import Rule

_IMPACTS: tuple[str, ...] = get_args(Impact)
_LEVELS: Mapping[str, Level] = {level: level for level in get_args(Level)}


def read_selectors(table: TableReader, name: str, rules: Sequence[Rule]) -> tuple[str, ...] | None:
    """Return an array of selectors, None when the key is missing."""
    words = table.strings(name)
    if words is None:
        return None
    return resolve_all(words, rules, lambda word, message: table.note(name, message, word))


def read_per_file_ignores(
    table: TableReader, rules: Sequence[Rule]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return globs, each with its selectors."""
    for glob in table.values:
        try:
            PathGlob(glob)
        except GlobError as error:
            table.note(glob, f"expected a glob: {error}")
    return tuple((glob, read_selectors(table, glob, rules) or ()) for glob in table.values)


def read_severities(table: TableReader, rules: Sequence[Rule]) -> Mapping[str, Level]:
    """Return levels by code and by impact; names have become codes."""
    found: dict[str, Level] = {}
    for word, level in table.values.items():
        subject = word if word in _IMPACTS else resolve_code(word, rules)
        if subject is None:
            table.note(word, f"expected a code, a rule's name or an impact, {_near(word, rules)}")
        if not isinstance(level, str) or level not in _LEVELS:
            near = guess(level if isinstance(level, str) else "", tuple(_LEVELS))
            table.note(word, f"expected a level, found {kind(level)}, {near}")
        elif subject is not None:
            found[subject] = _LEVELS[level]
    return found


def _near(word: str, rules: Sequence[Rule]) -> str:
    names = [name for rule in rules for name in (rule.code, rule.name)]
    return guess(word, (*_IMPACTS, *sorted(names)))
