"""The decision is read under one key only, though clients use three.

Nobody has agreed on the form of `user_action` (D4): the Tenant API sends `{"type": "approved"}`,
the task page `{"action": "approved"}`, an agent `{"action": "approve"}`, a button of the table
`{"kind": "approve"}`. A bundle that reads one of these keys works with the client it was tried
with. Where approval is what remains, a rejection from any other client is taken for one and what
was rejected is committed.

Bad:

    answer = await self.wait_for_action(payload=pack)
    if answer.get("type") == "rejected":
        return NavResult(status="rejected")
    return await self._commit(ctx, pack)

Good:

    answer = await self.wait_for_action(payload=pack)
    words = [str(answer.get(key, "")).lower() for key in ("type", "action", "kind")]
    if "approved" not in words and "approve" not in words:
        return NavResult(status="rejected")
    return await self._commit(ctx, pack)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.answers.decisions import DIALECTS, REJECTIONS, Decision, Read
from lint_rules.workflow_code.observation import Observation

_OTHER = {
    "type": '{"kind": "reject"}',
    "action": '{"type": "rejected"}',
    "kind": '{"type": "rejected"}',
}
"""By the key that is read, a rejection under another one."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report decisions that are read under one key."""
    for decision in contract.decisions:
        if decision.is_broken or decision.is_lost or decision.is_loose or not decision.decides:
            continue
        keys = decision.decision_keys
        if keys is None or len(keys) != 1:
            continue
        [key] = keys
        read = _first(decision, key)
        if not any(test.may_match for test in decision.tests):
            continue
        missed = "counts as an approval" if _approves(decision) else "is not understood"
        others = " and ".join(f"`{other}`" for other in DIALECTS if other != key)
        yield Observation(
            module=read.module,
            span=read.span,
            message=f"only `{key}` is read: an answer such as `{_OTHER[key]}` {missed}",
            alternative=f"read {others} as well, and take what is unclear for a rejection",
            severity="warning",
        )


def _first(decision: Decision, key: str) -> Read:
    reads = [read for read in decision.reads if read.keys and key in read.keys]
    return min(reads, key=lambda read: (read.module.name, read.span))


def _approves(decision: Decision) -> bool:
    """Tell whether only rejections are looked for, so that all else is an approval."""
    found = [test.words for test in decision.tests if test.may_match]
    # The patterns of a match hold keys beside words.
    return all(
        words is not None and {word.casefold() for word in words} - DIALECTS.keys() <= REJECTIONS
        for words in found
    )


RULE = Rule(
    code="NTR316",
    name="one-dialect-only",
    summary="the decision is read under one key only, though clients use three",
    explanation=__doc__,
    contract=check,
)
