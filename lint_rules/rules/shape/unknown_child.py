"""A child slug that no bundle beside this one has.

The worker looks a child up by its slug among the runbooks that were deployed. For a slug nobody
deployed it raises `RuntimeError: No workflow registered for slug ...` in workflow code: the task is
retried for ever, and the run hangs in the step that starts the child (D12). `collect_documents`
starts `document-ingest` unless it is told otherwise. A runbook may start itself: its own slug is
known. A bundle that lies alone says nothing of the others on its worker: its children are left.

Bad:

    await self.run_child_workflow(slug="documents-collect", input=request)

Good:

    await self.run_child_workflow(slug="document-collect", input=request)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Span
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.read import child_slug
from lint_rules.runbook_code.runbook import ChildCall
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report children whose slug is that of no bundle there is."""
    children = [child for runbook in contract.runbooks for child in runbook.children]
    # Most bundles start none, and need not look around.
    roots = contract.siblings.roots if contract.siblings is not None and children else {}
    for child in children if len(roots) > 1 else ():
        slug = child_slug(child) if child.how != "facade" else None
        if slug is not None and slug not in roots:
            yield _unknown(child, slug, roots)


def _unknown(child: ChildCall, slug: str, roots: Mapping[str, str]) -> Observation:
    near = nearest(slug, sorted(roots)) if child.slug is not None else None
    return Observation(
        module=child.module,
        span=_place(child),
        message=f"no bundle beside this one has the slug `{slug}`: without it the run hangs",
        alternative=f"`{near}`" if near else f"deploy `{slug}` first, or start one of those here",
        via=child.via,
        severity="error" if near and _is_misspelt(slug, near) else "warning",
    )


def _is_misspelt(slug: str, near: str) -> bool:
    """Tell whether a slug differs from another by so little that no third one is meant."""
    from difflib import get_close_matches

    return bool(get_close_matches(slug, [near], cutoff=0.85))


def _place(child: ChildCall) -> Span:
    """Return where the slug is written, or the name of what is called."""
    if child.slug is not None and child.slug.module is child.module:
        return child.slug.span
    return child.module.facts.span(child.call.function)


RULE = Rule(
    code="NTR422",
    name="unknown-child",
    summary="a child slug that no bundle has",
    explanation=__doc__,
    contract=check,
)
