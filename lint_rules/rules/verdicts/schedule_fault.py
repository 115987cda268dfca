"""Signals come early, late or twice, activities end in any order, timers fire first.

Exploration tries the orders there are. What it finds is shrunk to the shortest, and printed as a
scenario that can be pasted into `tests/scenarios.py` and does the same again.

Bad:

    @runbook.signal
    def inbox_closed(self) -> None:
        self._last = self._invoices[-1]  # closed before the first invoice came

Good:

    @runbook.signal
    def inbox_closed(self) -> None:
        self._last = self._invoices[-1] if self._invoices else None
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR712",
    name="schedule-fault",
    summary="an order of events in which the run hangs or raises",
    explanation=__doc__,
)
