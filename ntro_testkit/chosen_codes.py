"""Which codes are reported, where runs or replays report them: by `--select` and `--ignore`."""

from __future__ import annotations

from collections.abc import Sequence

from lint_rules.rule_codes import covers, nearest_selector, resolve
from lint_rules.rules.catalogue import RULES


class UnknownCodeError(ValueError):
    """A code that no rule has; the message names the option and the nearest there is."""


class ChosenCodes:
    """The codes that were chosen, as codes, families (`NTR7`) or names of rules.

    Each word may be several, with commas between. Raises `UnknownCodeError` for one that does not
    exist, with the option it was given to.
    """

    def __init__(
        self,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        *,
        options: tuple[str, str] = ("--select", "--ignore"),
    ) -> None:
        self._select = _resolved(options[0], select)
        self._ignore = _resolved(options[1], ignore)

    def wants(self, code: str) -> bool:
        """Tell whether what has this code is reported."""
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
            raise UnknownCodeError(f"{option}: no rule `{word}`{hint}")
        selectors.append(selector)
    return selectors
