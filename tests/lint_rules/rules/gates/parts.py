"""The parts of the sample bundle in which the tests of this family plant faults."""

from __future__ import annotations

from textwrap import dedent, indent

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import Edit, planted, sound

WORKFLOW = "templates/workflow.py"
MODELS = "templates/models.py"

_TEXT = sound()[WORKFLOW].decode()


def _between(first: str, last: str) -> str:
    start = _TEXT.index(first)
    return _TEXT[start : _TEXT.index(last, start)]


DECIDED = _between("        if decision_of(answer)", "        posted = await")
"""What `run` does with the answer."""

HELPER = _TEXT[_TEXT.index("def decision_of") :]
GATE = _between("        answer = await self.wait_for_action(", "        return slip, answer\n")
UPLOAD = _between("        await self.await_signal_with_action(", "        return self._uploads[0]")
ACTION = _between('            action={\n                "kind"', "            display_hint={\n")
HINT = _between('{\n                "component": "APPROVAL_FORM"', "        )\n        return slip")
UPLOADS = "        self._uploads: list[DocumentSubmitted] = []\n"
HANDLER = _between("    @runbook.signal\n", '    @runbook.step(name="upload"')
RUN = _TEXT[_TEXT.index("        document_ref = await self._upload(ctx)") : _TEXT.index(HELPER)]


def block(text: str, depth: int = 8) -> str:
    """Return statements as they stand in a method."""
    return indent(dedent(text).strip("\n") + "\n", " " * depth)


def edit(old: str, new: str, depth: int = 8) -> Edit:
    """Return an edit of the workflow that writes other statements in some place."""
    return WORKFLOW, old, block(new, depth) if new else ""


def decided(code: str, statements: str, helper: str | None = None) -> list[Finding]:
    """Return what a rule says when `run` does something else with the answer."""
    edits = [edit(DECIDED, statements)]
    if helper is not None:
        edits.append((WORKFLOW, HELPER, dedent(helper).strip("\n") + "\n"))
    return planted(code, *edits)


def helped(code: str, body: str) -> list[Finding]:
    """Return what a rule says when the helper reads the answer in another way."""
    head = "def decision_of(answer: dict[str, Any]) -> str:\n"
    return planted(code, (WORKFLOW, HELPER, head + block(body, 4)))


def lines(findings: list[Finding], code: str) -> list[str]:
    """Return the text of the line of each finding, all of which must be of one rule."""
    assert {finding.code for finding in findings} <= {code}
    return [finding.message for finding in findings]
