"""A function marked `@invariant` in the bundle's `tests/scenarios.py` says no about a run.

It is asked about every run of the scenarios, and of every order of events that exploration tries.

Bad:

    # with `def nothing_is_posted_without_a_decision(run)` in tests/scenarios.py
    await runbook.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT)
    answer = await self.wait_for_action(payload=slip)

Good:

    answer = await self.wait_for_action(payload=slip)
    if decision_of(answer) == "approved":
        await runbook.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT)

The invariant itself:

    @invariant
    def nothing_is_posted_without_a_decision(run: RunResult) -> bool:
        decided = [gate for gate in run.gates if gate.verdict == "approved"]
        return bool(decided) or not run.called("petty_cash.post_slip")
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR713",
    name="broken-invariant",
    summary="a run in which what its author said always holds does not",
    explanation=__doc__,
)
