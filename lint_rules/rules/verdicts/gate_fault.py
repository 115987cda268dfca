"""What a gate shows does not fit the wire model, or names a component that does not exist.

The run waits, and the task page has nothing to answer it with. The lint sees what is written out;
this check sees what was really shown, whatever it was made of.

Bad:

    await self.wait_for_action(payload=slip, display_hint={"component": "APPROVAL"})

Good:

    await self.wait_for_action(payload=slip, display_hint={"component": "APPROVAL_FORM"})
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR706",
    name="gate-fault",
    summary="a gate that the task page cannot show",
    explanation=__doc__,
)
