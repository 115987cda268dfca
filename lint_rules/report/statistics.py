"""How often each rule was broken, as a table."""

from __future__ import annotations

from collections import Counter

from lint_rules.finding import Report


def render_statistics(report: Report) -> str:
    """Return a line per code, the most frequent first; `[*]` marks codes that `--fix` can help."""
    findings = report.findings
    counts = Counter((finding.code, finding.name) for finding in findings)
    fixable = {
        finding.code for finding in findings if finding.fix and finding.fix.applicability == "safe"
    }
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    column = max((len(str(number)) for number in counts.values()), default=0)
    lines = []
    for (code, name), number in ordered:
        mark = ("[*] " if code in fixable else "    ") if fixable else ""
        lines.append(f"{number:{column}}  {code}  {mark}{name}\n")
    return "".join(lines)
