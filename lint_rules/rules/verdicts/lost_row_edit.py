"""An edit of a row is shown while the gate is open, and is in what the run does in the end.

`wait_for_action` shows a copy of its payload. A handler that changes only what it was given before
the gate leaves the person with the old number, one that changes only what is shown stores the old
one.

Bad:

    def on_row_action(self, action: dict[str, Any]) -> None:
        self._pending_payload["rows"][0]["amount"] = action["value"]

Good:

    def on_row_action(self, action: dict[str, Any]) -> None:
        self._table[action["rowId"]][action["field"]] = action["value"]  # what the gate shows
        self._edits.append(action)  # what is applied once it is approved
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR704",
    name="lost-row-edit",
    summary="a row that was edited at a gate, and is not shown or not applied",
    explanation=__doc__,
)
