"""Plain exceptions become the one that fails a run."""

from __future__ import annotations

from lint_rules.facts.expressions import Constant, FormattedString
from lint_rules.fixes.needs import WORKFLOW_ERROR
from lint_rules.fixes.site import RefusedError, Site


def raise_workflow_error(site: Site) -> None:
    """`ValueError("no periods")`; the message is kept, a type can be added by hand."""
    call = site.call
    site.require_arguments(call, 1)
    match call.arguments:
        case (Constant(_, "str") | FormattedString(),):
            site.replace(call.function, site.use(WORKFLOW_ERROR))
        case _:
            raise RefusedError("it is not given one message, written out")
