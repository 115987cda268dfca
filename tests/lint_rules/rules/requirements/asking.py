"""The smallest bundle with other requirements."""

from __future__ import annotations

from collections.abc import Mapping

from lint_rules.finding import Finding
from lint_rules.fixes import TextEdit, apply_edits
from tests.lint_rules.petty_cash import Edit, planted

FILE = "templates/requirements.txt"
ACTIVITIES = "templates/activities.py"
NTRO = "ntro[workflow]==0.1.2\n"
SOUND = NTRO + "pydantic==2.14.3\n"


def asked(
    code: str,
    text: str,
    *edits: Edit,
    files: Mapping[str, str | bytes | None] | None = None,
) -> list[Finding]:
    """Return what a rule says of the bundle with a requirements file."""
    return planted(code, *edits, files={FILE: text, **(files or {})})


def importing(code: str, line: str, text: str = SOUND) -> list[Finding]:
    """Return what a rule says when a line stands among the imports of the activities."""
    head = "from __future__ import annotations\n"
    return asked(code, text, (ACTIVITIES, head, f"{head}\n{line}\n"))


def lines(findings: list[Finding]) -> list[int]:
    """Return the lines of the requirements file that something was found in."""
    assert all(finding.place.path.endswith(FILE) for finding in findings)
    return [finding.place.line for finding in findings]


def fixed(text: str, finding: Finding) -> str:
    """Return a text with the fix of a finding made."""
    assert finding.fix is not None
    edits = finding.fix.edits
    assert edits
    assert all(edit.path == finding.place.path for edit in edits)
    return apply_edits(text, [TextEdit(edit.start, edit.end, edit.text) for edit in edits])
