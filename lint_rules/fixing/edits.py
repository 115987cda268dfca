"""What the fixes of a report would change, for formats that tell other tools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lint_rules.engine import Linted
from lint_rules.finding import Finding, Report
from lint_rules.fixing.taken_names import TakenNames
from lint_rules.fixing.wanted import WantedFix, by_file, wanted_fixes


def with_edits(linted: Linted) -> Report:
    """Return the report with the edits of its fixes; a fix that cannot be made is left out.

    Costs a parse of each file with a fix. Raises OSError for a file that is gone meanwhile.
    """
    planless = wanted_fixes(linted, lambda _, fix: not fix.edits)
    if not planless:
        return linted.report
    planned = dict(_planned(linted, by_file(planless)))
    findings = (planned.get(id(finding), finding) for finding in linted.report.findings)
    return replace(linted.report, findings=tuple(findings))


def _planned(linted: Linted, wanted: dict[str, list[WantedFix]]) -> Iterator[tuple[int, Finding]]:
    from lint_rules.fixes import Refusal
    from lint_rules.fixes.files import decode_source
    from lint_rules.fixes.fixing import plan_each

    taken = TakenNames(linted, wanted)
    for path, fixes in wanted.items():
        source = decode_source(linted.sources.read(path))
        plans = plan_each(source, [each.request for each in fixes], taken.of(path))
        for each, plan in zip(fixes, plans, strict=True):
            finding = each.finding
            if isinstance(plan, Refusal) or finding.fix is None:
                fix = None
            else:
                edits = tuple(edit.at(finding.place.path) for edit in plan)
                fix = replace(finding.fix, edits=edits)
            yield id(finding), replace(finding, fix=fix)
