"""Fixes tried out: made in memory, linted again, kept only where that shows them to be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lint_rules.engine import Linted
from lint_rules.finding import Finding, Report
from lint_rules.fixes import Fixed, Request
from lint_rules.fixing.taken_names import TakenNames
from lint_rules.fixing.wanted import WantedFix, by_file

TEXTS = (".md", ".txt")
"""How the files end that are no Python; a script of Python may have any other ending, or none."""

Texts = Mapping[Path, bytes]
Lint = Callable[[Texts], Linted]
"""Lints with some files' contents in place of what is on disk."""


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A fix that was wanted and not made, and why."""

    finding: Finding
    reason: str


class Round:
    """One round over a report: `made` are the fixes that hold, `after` what is found then."""

    def __init__(self, before: Linted, wanted: Sequence[WantedFix], lint: Lint) -> None:
        self._before = before
        self._lint = lint
        self._taken = TakenNames(before, {each.path for each in wanted})
        self.made: list[WantedFix] = []
        self.texts: Texts = {}
        self.after = before
        self.not_applied: list[NotApplied] = []
        self._settle(self._possible(wanted))

    def _possible(self, wanted: Sequence[WantedFix]) -> list[WantedFix]:
        """Note the fixes that cannot be made, and return the others."""
        from lint_rules.fixes.fixing import OVERLAP

        refused = self._made(wanted).refused
        self.not_applied = [
            NotApplied(each.finding, refused[each])
            for each in wanted
            if refused.get(each, OVERLAP) != OVERLAP
        ]
        return [each for each in wanted if refused.get(each, OVERLAP) == OVERLAP]

    def _settle(self, candidates: Sequence[WantedFix]) -> None:
        """Make the candidates that do no harm, halving them to find out which do."""
        trial = self._made([*self.made, *candidates])
        if len(trial.made) == len(self.made):
            return
        after = self._lint(trial.texts)
        harm = harm_done(self._before.report, [each.finding for each in trial.made], after.report)
        if harm is None:
            self.made, self.texts, self.after = trial.made, trial.texts, after
        elif len(candidates) == 1:
            self.not_applied.append(NotApplied(candidates[0].finding, harm))
        else:
            half = len(candidates) // 2
            self._settle(candidates[:half])
            self._settle(candidates[half:])

    def _made(self, fixes: Iterable[WantedFix]) -> _Made:
        made = _Made([], {}, {})
        for path, group in by_file(fixes).items():
            data = self._before.sources.read(path)
            requests = {id(each.request): each for each in group}
            fixed, after = self._fixed(path, data, [each.request for each in group])
            made.made.extend(requests[id(request)] for request in fixed.applied)
            made.refused.update((requests[id(r)], reason) for r, reason in fixed.refused)
            if fixed.applied:
                made.texts[Path(path)] = after
        return made

    def _fixed(self, path: str, data: bytes, requests: list[Request]) -> tuple[Fixed, bytes]:
        """Return what became of the requests for a file, and its content then."""
        from lint_rules.fixes.files import decode_source, encode_source
        from lint_rules.fixes.fixing import fix_module
        from lint_rules.fixes.text_fixing import fix_text

        if path.endswith(TEXTS):
            fixed = fix_text(data.decode(), requests)
            return fixed, fixed.source.encode()
        fixed = fix_module(decode_source(data), requests, self._taken.of(path))
        return fixed, encode_source(fixed.source, data)


@dataclass(frozen=True, slots=True)
class _Made:
    """Fixes made, the contents of the files then, and why the others were not."""

    made: list[WantedFix]
    texts: dict[Path, bytes]
    refused: dict[WantedFix, str]


def harm_done(before: Report, fixed: Iterable[Finding], after: Report) -> str | None:
    """Return what speaks against fixes: a finding that stays or comes; None when nothing does.

    Findings are counted by file and code, since fixes move lines and change their text.
    """
    left = Counter(map(_kind, before.findings))
    gone = Counter(map(_kind, fixed))
    left.subtract(gone)
    for kind, number in sorted(Counter(map(_kind, after.findings)).items()):
        if number > left[kind]:
            path, code = kind
            if kind in gone:
                return "the finding would still be there"
            return f"it would bring {code} into {path}"
    return None


def _kind(finding: Finding) -> tuple[str, str]:
    return finding.place.path, finding.code
