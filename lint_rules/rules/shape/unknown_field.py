"""A keyword that is no field of the model.

Pydantic drops what a model has no field for without a word, unless its configuration says
otherwise: a misspelt optional field keeps its default, and what was meant never arrives. With
`extra="forbid"` it raises ValidationError, in workflow code for ever (D44).

Bad:

    PostSlipInput(tenant_slug=ctx.tenant_slug, peroid=ctx.period)

Good:

    PostSlipInput(tenant_slug=ctx.tenant_slug, period=ctx.period)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lint_rules.contract.contract import Contract
from lint_rules.contract.model_calls import Given, ModelCall, model_calls
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_MANY = 50
"""As many fields are compared with a name: it is for people, and takes its time."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report keywords for which a model has no field."""
    for made in model_calls(contract):
        for given in made.given:
            # What begins with an underscore is for pydantic itself: `_fields_set`.
            if not given.name.startswith("_") and not made.model.accepts(given.name):
                yield _unknown(contract, made, given)


def _unknown(contract: Contract, made: ModelCall, given: Given) -> Observation:
    model = made.model
    given_already = {each.name for each in made.given}
    free = (name for name in model.fields if name not in given_already)
    near = nearest(given.name, islice(free, _MANY))
    # `model_construct` checks nothing: it drops even what the model forbids.
    raises = model.extra == "forbid" and made.how != "model_construct"
    consequence = "it raises ValidationError" if raises else "it is dropped without a word"
    return Observation(
        module=made.module,
        span=made.module.facts.span(given.value),
        message=f"`{model.name}` has no field `{given.name}`: {consequence}",
        alternative=f"`{near}`" if near else f"add the field, or leave `{given.name}` out",
        via=contract.via(made.module, made.call),
        severity="error",
    )


RULE = Rule(
    code="NTR429",
    name="unknown-field",
    summary="a keyword that is no field of the model",
    explanation=__doc__,
    contract=check,
)
