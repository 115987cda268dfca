"""A call of the SDK with arguments that it does not take.

The helpers of `NtroWorkflow` take their arguments by name only, `runbook.defn` takes the class and
nothing else, `@runbook.step` has to be called with a name and a title. A wrong call raises
TypeError: in workflow code the worker retries the workflow task for ever and the run stays RUNNING,
in a decorator the worker cannot load the bundle (D7, D32, D44). What counts is the version of ntro
that the bundle pins.

Bad:

    @runbook.defn(name="nav-monthly")
    class NavMonthlyWorkflow(NtroWorkflow):
        @runbook.run
        async def run(self, ctx):
            await self.wait_for_action(proposal)

Good:

    @runbook.defn
    class NavMonthlyWorkflow(NtroWorkflow):
        @runbook.run
        async def run(self, ctx):
            await self.wait_for_action(payload=proposal)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Call
from lint_rules.facts.records import Span
from lint_rules.nearest import nearest
from lint_rules.program.workflow_names import STEPS
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.sdk_use.names import SdkCall
from lint_rules.sdk.signature import Signature
from lint_rules.workflow_code.observation import Observation

_ACTIVITIES = "ntro.workflow.runbook.execute_activity"
"""Has a rule of its own for arguments by position (NTR206), as step decorators have (NTR415)."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report the first thing that is wrong with a call."""
    for call in contract.sdk_names.calls:
        signature = call.entry.signature
        if signature is None or call.qualified in STEPS:
            continue
        problem = _problem(call, signature)
        if problem is not None:
            span, message, alternative = problem
            via = contract.via(call.module, call.expression)
            end = "TypeError, and the run hangs" if via else "it raises TypeError"
            yield Observation(
                module=call.module,
                span=span,
                message=f"{message}: {end}",
                alternative=alternative,
                via=via,
                severity="error",
            )


def _problem(call: SdkCall, signature: Signature) -> tuple[Span, str, str] | None:
    facts = call.module.facts
    spoken = _spoken(call.qualified)
    for name, value in call.keywords:
        if not signature.takes(name):
            close = nearest(name, signature.keywords)
            what = f"`{close}=`" if close else _shape(spoken, signature)
            return facts.span(value), f"`{spoken}` takes no `{name}=`", what
    arguments = call.arguments
    if arguments is None:
        return None
    most = signature.most
    if most is not None and len(arguments) > most and call.qualified != _ACTIVITIES:
        taken = f"only {most} by position" if most else "nothing by position"
        first = arguments[most]
        span = facts.span(first if isinstance(call.expression, Call) else call.expression)
        return span, f"`{spoken}` takes {taken}", _shape(spoken, signature)
    twice = {name for name, _ in call.keywords}.intersection(signature.plain[: len(arguments)])
    if twice and not signature.positional_only:
        name = min(twice)
        return facts.span(call.expression), f"`{spoken}` is given `{name}` twice", f"one `{name}`"
    missing = signature.missing(len(arguments), [name for name, _ in call.keywords])
    if missing and call.is_whole:
        what = " and ".join(f"`{name}`" for name in missing)
        return facts.span(call.expression), f"`{spoken}` needs {what}", _shape(spoken, signature)
    return None


def _spoken(qualified: str) -> str:
    """Return a qualified name as code says it."""
    owner, _, name = qualified.rpartition(".")
    last = owner.rpartition(".")[2]
    if last == "NtroWorkflow":
        return f"self.{name}"
    return f"{last}.{name}" if last in ("runbook", "activity") else name


def _shape(spoken: str, signature: Signature) -> str:
    """Return how it is called: what is required, and dots for the rest."""
    if signature.positional_only in (["cls"], ["fn"]) and not signature.keywords:
        return f"`@{spoken}`, without parentheses"
    places = [*signature.positional_only, *signature.plain]
    parts = [name for name in places if name in signature.required]
    parts += [f"{name}=..." for name in signature.keyword_only if name in signature.required]
    named = [name for name in signature.keyword_only if name not in signature.required]
    if not parts and named:
        parts = [f"{named[0]}=..."]
    return f"`{spoken}({', '.join(parts)})`"


RULE = Rule(
    code="NTR205",
    name="sdk-call",
    summary="arguments that a function of the SDK does not take",
    explanation=__doc__,
    contract=check,
)
