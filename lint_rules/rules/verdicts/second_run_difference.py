"""The same scenario a second time, in the same process, must be the same run.

A worker runs many workflows in one process. What the first leaves in a module or on a class, the
second finds, and a replay in a fresh process does not.

Bad:

    SEEN: list[str] = []  # at module level, filled by every run

Good:

    def __init__(self) -> None:
        super().__init__()
        self._seen: list[str] = []
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR710",
    name="second-run-difference",
    summary="other commands when the same scenario runs twice in one process",
    explanation=__doc__,
)
