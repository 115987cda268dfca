"""Approving and rejecting at a review gate must lead to different commands or results.

Nobody has agreed on how a decision is spelt: the task page, the documentation, agents and action
buttons send four dialects. A run in which everything is rejected completes as happily as any other
when the workflow reads a key that the rejection does not have. The check answers each gate in each
dialect, and says which are honoured, which are ignored, which are taken for the opposite, and which
key the workflow reads.

A gate at which there is nothing to refuse, such as a notice, says so on its line:
`# noqa: NTR701 -- reason`.

Bad:

    answer = await self.wait_for_action(payload=slip)
    if answer.get("kind") == "reject":  # the task page sends {"type": "rejected"}
        return SlipResult(status="rejected")

Good:

    answer = await self.wait_for_action(payload=slip)
    words = [str(answer.get(key, "")).lower() for key in ("kind", "type", "action")]
    if "reject" in words or "rejected" in words:
        return SlipResult(status="rejected")
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR701",
    name="decision-without-effect",
    summary="an answer at a review gate that changes nothing, or is taken for its opposite",
    explanation=__doc__,
)
