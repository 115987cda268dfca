"""Which rules are on, where they are ignored, and how bad their findings are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lint_rules.config.settings import Settings
from lint_rules.path_globs import PathGlob
from lint_rules.rule_codes import covers, specificity

if TYPE_CHECKING:
    from lint_rules.finding import Finding, Severity
    from lint_rules.rules.rule import Rule

_NOT_MEANT = -1


class Selection:
    """The settings applied to the rules there are."""

    def __init__(self, rules: Sequence[Rule], settings: Settings) -> None:
        self.names: Mapping[str, str] = {rule.code: rule.name for rule in rules}
        """The name of every rule by its code, whether it is on or not."""
        self._severity = settings.severity
        self._on = frozenset(rule.code for rule in rules if self._wants(rule, settings))
        self._root = settings.root
        self._file_ignores = [(PathGlob(g), codes) for g, codes in settings.per_file_ignores]
        self._ignored: dict[str, tuple[str, ...]] = {}

    def _wants(self, rule: Rule, settings: Settings) -> bool:
        if self._severity.get(rule.code) == "off":
            return False
        chosen = _narrowest((*(settings.select or ()), *settings.extend_select), rule.code)
        if settings.select is None and rule.on:
            chosen = max(chosen, 0)
        return chosen > _narrowest(settings.ignore, rule.code)

    def is_on(self, code: str) -> bool:
        """Tell whether a rule is on; a code that no rule has is not."""
        return code in self._on

    def severity(self, finding: Finding) -> Severity | None:
        """Return how bad a finding is, None when its like are off: by code, by impact, its own."""
        level = self._severity.get(finding.code)
        if level is None and finding.impact is not None:
            level = self._severity.get(finding.impact)
        if level is None:
            return finding.severity
        return None if level == "off" else level

    def ignored_in(self, path: str, code: str) -> bool:
        """Tell whether the per-file ignores take a code out of a file."""
        if not self._file_ignores:
            return False
        if path not in self._ignored:
            self._ignored[path] = tuple(
                selector
                for glob, selectors in self._file_ignores
                if glob.matches(path, self._root)
                for selector in selectors
            )
        return any(covers(selector, code) for selector in self._ignored[path])


def _narrowest(selectors: Sequence[str], code: str) -> int:
    return max((specificity(s) for s in selectors if covers(s, code)), default=_NOT_MEANT)
