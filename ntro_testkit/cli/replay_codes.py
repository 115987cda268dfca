"""Which differences `replay check` reports, by `--select` and `--ignore`."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from lint_rules.rule_codes import covers, nearest_selector, resolve
from lint_rules.rules.catalogue import RULES
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.replay.verdict import ReplayVerdict


class Codes:
    """Which codes are reported; raises `UsageError` for one that does not exist."""

    def __init__(self, select: Sequence[str], ignore: Sequence[str]) -> None:
        self._select = _resolved("--select", select)
        self._ignore = _resolved("--ignore", ignore)

    def only(self, verdict: ReplayVerdict) -> ReplayVerdict:
        """Return a verdict without the differences that nobody asked for."""
        differences = tuple(each for each in verdict.differences if self.wants(each.code))
        return dataclasses.replace(verdict, differences=differences)

    def wants(self, code: str) -> bool:
        """Tell whether differences of a code are reported."""
        if self._select and not any(covers(selector, code) for selector in self._select):
            return False
        return not any(covers(selector, code) for selector in self._ignore)


def _resolved(option: str, words: Sequence[str]) -> list[str]:
    selectors = []
    for word in (each.strip() for given in words for each in given.split(",")):
        selector = resolve(word, RULES)
        if selector is None:
            close = nearest_selector(word, RULES)
            hint = f", did you mean `{close}`?" if close else ""
            raise UsageError(f"{option}: no rule `{word}`{hint}")
        selectors.append(selector)
    return selectors
