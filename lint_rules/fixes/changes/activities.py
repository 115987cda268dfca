"""A direct call of an activity becomes a call through the facade."""

from __future__ import annotations

from lint_rules.facts.expressions import Attribute, Await, Call, Expression, Name
from lint_rules.fixes.needs import TIMEDELTA
from lint_rules.fixes.site import RefusedError, Site

_TAKE_COROUTINES = ("create_task", "ensure_future", "gather", "shield", "wait_for")


def execute_activity(site: Site) -> None:
    """`await act(x)`; the time-out is made up, somebody has to look at it."""
    call = site.call
    _require_reference(site, call.function)
    # The facade of ntro takes one argument (D32).
    site.require_arguments(call, 1 if site.facade == "ntro" else len(call.arguments))
    if not _is_awaited(site):
        raise RefusedError("it is not awaited on the spot")
    several = len(call.arguments) > 1
    _move_function(site, call, "args=[" if several else "")
    timeout = f"start_to_close_timeout={site.use(TIMEDELTA)}(minutes=5)"
    site.add_argument(call, timeout, closing="]" if several else "")


def _require_reference(site: Site, function: Expression) -> None:
    """Refuse what cannot be passed as it is called: methods of objects made here."""
    root = function
    while isinstance(root, Attribute):
        root = root.value
    if not isinstance(root, Name):
        raise RefusedError("the activity is not called by its name")
    names, facts = site.module.names, site.module.facts
    holder = names.holder(root.name, facts.scope_of(root))
    bindings = names.bound_in(holder, root.name) if holder is not None else []
    kinds = {binding.kind for binding in bindings}
    allowed = {"import"} if root is not function else {"import", "function"}
    if not kinds or not kinds <= allowed:
        raise RefusedError("the activity is neither imported nor a function of the module")


def _is_awaited(site: Site) -> bool:
    match site.parent:
        case Await():
            return True
        case Call(_, Attribute(_, _, name) | Name(_, name)):
            return name in _TAKE_COROUTINES
        case _:
            return False


def _move_function(site: Site, call: Call, before: str) -> None:
    """Make the function the first argument: on its own line where the arguments begin on one."""
    source = site.module.source
    line, column = site.opening(call)
    inside = source.offset((line, column + 1))
    rest = source.text[inside : source.offset(site.span(call)[2:])]
    gap = rest[: len(rest) - len(rest.lstrip(" \t\r\n"))] if call.arguments else ""
    lines = gap if "\n" in gap or "\r" in gap else ""
    site.insert(site.span(call)[:2], f"{site.use_facade()}.execute_activity({lines}")
    # On lines of their own the arguments bring their gap along.
    site.replace_sign(
        (line, column), f",{lines if before else ''}{before}" if lines else f", {before}"
    )
