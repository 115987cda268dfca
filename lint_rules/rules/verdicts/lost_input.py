"""What people sent in was accepted, and the run is the same without it.

The check leaves each accepted signal out and compares, and sends a second document while a gate
that takes several is open. Documents get lost when a handler keeps only the last one, or when a
step empties the list it has not read to its end.

Bad:

    @runbook.signal
    def document_submitted(self, event: DocumentSubmitted) -> None:
        self._upload = event

Good:

    @runbook.signal
    def document_submitted(self, event: DocumentSubmitted) -> None:
        self._uploads.append(event)
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR703",
    name="lost-input",
    summary="a signal that was accepted, and makes no difference to the run",
    explanation=__doc__,
)
