"""A model is made without a field that has no default.

It raises ValidationError whenever the line runs. In workflow code that is no failure of the run:
the workflow task is retried for ever, and the run hangs (D44). In an activity each attempt fails.

Bad:

    PettyCashResult(entry_id=posted.entry_id)

Good:

    PettyCashResult(status="posted", entry_id=posted.entry_id)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.model_calls import ModelCall, model_calls
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.wording import listed
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report models that are certainly made without a required field."""
    for made in model_calls(contract):
        if not made.whole or made.how == "model_construct" or _has_unknown(made):
            continue
        names = {each.name for each in made.given}
        absent = [f.name for f in made.model.required if names.isdisjoint({f.name, *f.aliases})]
        if absent:
            via = contract.via(made.module, made.call)
            consequence = "the run hangs" if via is not None else "it raises ValidationError"
            yield Observation(
                module=made.module,
                span=made.module.facts.span(made.call.function),
                message=f"`{made.model.name}` is made without {listed(absent)}: {consequence}",
                alternative=f"give it {listed(absent)}",
                via=via,
                severity="error",
            )


def _has_unknown(made: ModelCall) -> bool:
    """Tell whether the field may be there by a misspelt name, which is reported by itself."""
    return not all(made.model.accepts(each.name) for each in made.given)


RULE = Rule(
    code="NTR430",
    name="missing-field",
    summary="a model made without a required field",
    explanation=__doc__,
    contract=check,
)
