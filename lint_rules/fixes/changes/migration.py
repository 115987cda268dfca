"""From the first generation of the runbook API to the facade: steps, names, whole imports."""

from __future__ import annotations

from lint_rules.facts.expressions import Attribute, Name
from lint_rules.facts.records import Import
from lint_rules.fixes.needs import RUNBOOK, Need, Reader, Spelling
from lint_rules.fixes.opened import OpenedModule
from lint_rules.fixes.site import RefusedError, Site

_PACKAGE = "ntro.workflow"
_STEPS = (f"{_PACKAGE}.ui_step", f"{_PACKAGE}.decorators.ui_step")
_ACTIVITY = Need(_PACKAGE, "activity", "ntro_activity")
_FACADES = {
    "temporalio.workflow": (
        RUNBOOK,
        frozenset(
            {"defn", "execute_activity", "info", "logger", "now", "query", "run", "signal"}
            | {"wait_condition"}
        ),
    ),
    "temporalio.activity": (_ACTIVITY, frozenset({"defn", "info", "logger"})),
}
"""By the module of temporalio: the facade, and the names that mean the same in both."""


def ui_step(site: Site) -> None:
    """`@ui_step(...)`: the same decorator by its new name."""
    if not site.means(site.expression, *_STEPS):
        raise RefusedError("the module does not itself say that this is `ui_step`")
    site.replace(site.expression, f"{site.use(RUNBOOK)}.step")


def workflow_to_runbook(site: Site) -> None:
    """`workflow.x` where nothing binds `workflow`: the facade has `x`."""
    _require_unbound(site)
    site.replace(site.expression, site.use(RUNBOOK))


def import_from_ntro(site: Site) -> None:
    """A name that nothing binds and `ntro.workflow` has."""
    name = _require_unbound(site)
    site.replace(site.expression, site.use(Need(_PACKAGE, name, f"ntro_{name}")))


def _require_unbound(site: Site) -> str:
    expression = site.expression
    if not isinstance(expression, Name):
        raise RefusedError("what stands there is no name")
    names = site.module.names
    if names.holder(expression.name, site.scope) is not None or names.stars:
        raise RefusedError(f"something binds `{expression.name}`")
    return expression.name


def facade_import(module: OpenedModule, found: Import) -> tuple[list[Site], list[Spelling]]:
    """`from temporalio import workflow`: every use becomes one of the facade.

    Returns the changed uses, and the names needed besides theirs.
    """
    if found.bound is None or found.name is None or found.scope != 0 or found.conditional:
        raise RefusedError("it is no plain import at the top of the module")
    facade = _FACADES.get(f"{found.module}.{found.name}")
    if facade is None or found.level:
        raise RefusedError("the facade has nothing in its place")
    if len(module.names.bound_in(0, found.bound)) > 1 or found.bound in module.names.declared:
        raise RefusedError(f"`{found.bound}` is bound more than once")
    need, same = facade
    sites = [Site(module, use, "ntro") for use in _uses(module, found.bound)]
    for site in sites:
        if not isinstance(site.parent, Attribute) or site.parent.name not in same:
            raise RefusedError("not every use of it has one in the facade")
    if found.bound == need.own_name:
        # The uses stay as they are; only where the name comes from changes.
        first = min((site.span(site.expression)[:2] for site in sites), default=found.span[2:])
        reader = Reader(module.facts.scopes[0], first, at_import=True)
        return [], [Spelling(need, found.bound, found.bound, reader, is_new=True)]
    for site in sites:
        site.replace(site.expression, site.use(need))
    return sites, []


def _uses(module: OpenedModule, bound: str) -> list[Name]:
    return [
        expression
        for expression in module.facts.expressions
        if isinstance(expression, Name)
        and expression.name == bound
        and module.names.holder(bound, module.facts.scope_of(expression)) == 0
    ]
