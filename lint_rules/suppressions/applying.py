"""Takes out the findings that are suppressed, and judges the suppressions themselves.

NTR902 is a suppression that suppresses nothing, NTR903 one without a reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lint_rules.finding import Finding, Fix, Place
from lint_rules.nearest import nearest
from lint_rules.suppressions.removing import removal
from lint_rules.suppressions.suppression import CodeAt, Suppression

UNUSED = "NTR902"
UNEXPLAINED = "NTR903"
_NOT_SUPPRESSED = (UNUSED, UNEXPLAINED)

_Used = set[tuple[Suppression, str]]


@dataclass(frozen=True, slots=True)
class Applied:
    """What suppressions did to findings.

    `faults` are the findings about the suppressions themselves, which are not among `kept`;
    `used` are the suppressions that suppressed something.
    """

    kept: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    faults: tuple[Finding, ...]
    used: tuple[Suppression, ...]


def apply(
    findings: Iterable[Finding],
    suppressions: Iterable[Suppression],
    *,
    is_on: Callable[[str], bool],
    names: Mapping[str, str],
) -> Applied:
    """Hold suppressions against the findings of the same files.

    `names` has the name of every rule by its code, `is_on` tells which of them looked at the code.
    To be asked before per-file ignores and severities take findings out, or suppressions of these
    would count as unused. Suppressions of files that could not be analysed must be left out.
    """
    given = tuple(suppressions)
    places = _Places(given)
    used: _Used = set()
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    for finding in findings:
        holding = places.holding(finding)
        used.update((suppression, finding.code) for suppression in holding)
        (suppressed if holding else kept).append(finding)
    judge = _Judge(used, is_on, names)
    faults = tuple(fault for suppression in given for fault in judge.faults(suppression))
    holders = {suppression for suppression, _ in used}
    return Applied(tuple(kept), tuple(suppressed), faults, tuple(s for s in given if s in holders))


class _Places:
    """Finds the suppressions that hold for a finding without a look at all the others."""

    def __init__(self, suppressions: Iterable[Suppression]) -> None:
        self._by_line: dict[tuple[str, int], list[Suppression]] = defaultdict(list)
        self._behind_statements: dict[str, list[Suppression]] = defaultdict(list)
        for suppression in sorted(suppressions, key=_line):
            if suppression.first_line < suppression.line:
                self._behind_statements[suppression.path].append(suppression)
            self._by_line[suppression.path, suppression.line].append(suppression)

    def holding(self, finding: Finding) -> list[Suppression]:
        if finding.code in _NOT_SUPPRESSED:
            return []
        return [s for s in self._near(finding.place) if finding.code in {c.code for c in s.codes}]

    def _near(self, place: Place) -> Iterator[Suppression]:
        # A range that ends before the first column of a line does not reach into it.
        last = place.end_line - (place.end_column == 1 and place.end_line > place.line)
        for line in {place.line, last}:
            yield from self._by_line.get((place.path, line), ())
        behind = self._behind_statements.get(place.path, [])
        # Statements do not overlap: only the first that ends below can hold the place.
        first = bisect_left(behind, place.line, key=_line)
        for at in range(first, len(behind)):
            if behind[at].first_line > place.line:
                break
            yield behind[at]


def _line(suppression: Suppression) -> int:
    return suppression.line


@dataclass(frozen=True, slots=True)
class _Judge:
    used: _Used
    is_on: Callable[[str], bool]
    names: Mapping[str, str]

    def faults(self, suppression: Suppression) -> Iterator[Finding]:
        own = suppression.own_codes
        idle = [code for code in own if self._is_idle(suppression, code.code)]
        if idle and self.is_on(UNUSED):
            yield self._unused(suppression, idle)
        told = len(idle) == len(own) and self.is_on(UNUSED)
        if suppression.reason is None and not told and self.is_on(UNEXPLAINED):
            yield self._unexplained(suppression)

    def _is_idle(self, suppression: Suppression, code: str) -> bool:
        judged = self.is_on(code) or code not in self.names
        return judged and (suppression, code) not in self.used

    def _unused(self, suppression: Suppression, idle: list[CodeAt]) -> Finding:
        codes = list(dict.fromkeys(code.code for code in idle))
        place = _place(suppression, idle[0].column, idle[-1].end_column)
        fix = removal(suppression, codes)
        return self._fault(UNUSED, "; ".join(self._reproaches(codes)), place, fix=fix)

    def _reproaches(self, codes: list[str]) -> Iterator[str]:
        known = [code for code in codes if code in self.names and code not in _NOT_SUPPRESSED]
        if known:
            verb = "suppresses" if len(known) == 1 else "suppress"
            yield f"{_listed(known)} {verb} nothing here"
        for code in codes:
            if code in _NOT_SUPPRESSED:
                yield f"`{code}` cannot be suppressed by a comment"
            elif code not in self.names:
                near = nearest(code, sorted(self.names))
                yield f"`{code}` is no rule" + (f", the nearest is `{near}`" if near else "")

    def _unexplained(self, suppression: Suppression) -> Finding:
        codes = list(dict.fromkeys(code.code for code in suppression.own_codes))
        place = _place(suppression, suppression.column, suppression.end_column)
        message = f"the suppression of {_listed(codes)} gives no reason"
        written = ", ".join(code.code for code in suppression.codes)
        return self._fault(
            UNEXPLAINED, message, place, f"`# noqa: {written} -- why it is harmless`"
        )

    def _fault(
        self,
        code: str,
        message: str,
        place: Place,
        alternative: str | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        name = self.names[code]
        return Finding(code, name, message, alternative, "warning", None, place, fix=fix)


def _place(suppression: Suppression, column: int, end_column: int) -> Place:
    return Place(suppression.path, suppression.line, column, suppression.line, end_column)


def _listed(codes: list[str]) -> str:
    return " and ".join(f"`{code}`" for code in codes)
