"""The answer to a gate is compared with words, or under keys, that no client sends.

What reaches `user_action` is agreed nowhere (D4). The Tenant API sends `{"type": "approved"}`, the
task page `{"action": "approved"}`, an agent `{"action": "approve"}`, a button `{"kind":
"approve"}`, and `rejected` or `reject` likewise. A comparison with anything else is never true:
the branch behind it is dead, an approval is never seen or a rejection never heeded, and neither the
SDK nor the worker says a word.

Bad:

    answer = await self.wait_for_action(payload=pack)
    if answer.get("decision") == "ok":
        return await self._commit(ctx, pack)

Good:

    answer = await self.wait_for_action(payload=pack)
    words = [str(answer.get(key, "")).lower() for key in ("type", "action", "kind")]
    if "approved" in words or "approve" in words:
        return await self._commit(ctx, pack)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.answers.decisions import DIALECTS, Decision, Test
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the first comparison of a gate none of whose comparisons can match."""
    for decision in contract.decisions:
        test = _first(decision)
        if test is None:
            continue
        message, alternative = _said(test)
        yield Observation(
            module=test.module,
            span=test.span,
            message=message,
            alternative=alternative,
            severity="error",
        )


def _first(decision: Decision) -> Test | None:
    if decision.is_broken or decision.is_lost or decision.is_loose:
        return None
    tests = decision.judged
    if not tests or any(test.may_match for test in tests):
        return None
    return min(tests, key=lambda test: (test.module.name, test.span))


def _said(test: Test) -> tuple[str, str]:
    keys = sorted(test.keys or ())
    known = [key for key in keys if key in DIALECTS]
    if not known:
        named = " or ".join(f"`{key}`" for key in keys)
        return (
            f"no client puts the decision under {named}: this never sees an answer",
            "`type`, `action` and `kind`, the keys that clients use",
        )
    words = sorted(test.words or ())
    spoken = sorted({word for key in known for word in DIALECTS[key]})
    named = " or ".join(f"`{word}`" for word in words) or "that"
    message = f"no client puts {named} under `{'` or `'.join(known)}`: this is never equal"
    lowered = [word.casefold() for word in words]
    if any(word in spoken for word in lowered):
        return message, "compare in lower case, or with the words as they are sent"
    meant = _meant(words[0], spoken) if words else None
    return message, f"`{meant}`" if meant else f"one of {', '.join(f'`{w}`' for w in spoken)}"


_APPROVING = frozenset({"accept", "accepted", "confirmed", "ok", "yes"})
_REJECTING = frozenset({"cancelled", "declined", "denied", "no", "refused"})


def _meant(word: str, spoken: list[str]) -> str | None:
    """Return the word of a client that says the same, or else one that is spelt nearly so."""
    folded = word.casefold()
    for words, begin in ((_APPROVING, "approve"), (_REJECTING, "reject")):
        if folded in words:
            return next((each for each in reversed(spoken) if each.startswith(begin)), None)
    return nearest(word, spoken)


RULE = Rule(
    code="NTR302",
    name="unknown-dialect",
    summary="the answer to a gate is compared with what no client sends",
    explanation=__doc__,
    contract=check,
)
