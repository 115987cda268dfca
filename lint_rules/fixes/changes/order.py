"""Sets are sorted before their order matters."""

from __future__ import annotations

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Comprehension,
    Display,
    Expression,
    Lambda,
    Mapping,
    Operation,
    Starred,
    Yield,
)
from lint_rules.fixes.site import RefusedError, Site


def wrap_in_sorted(site: Site) -> None:
    """A set that is iterated or sent: `sorted(it)`."""
    if isinstance(site.expression, Starred):
        site.expression = site.expression.value
    _require_sortable(site, site.expression)
    _require_read_only(site)
    site.require_builtin("sorted")
    site.require_not_shown_as_written()
    if _shares_parentheses(site):
        line, column, end_line, end_column = site.span(site.expression)
        site.insert((line, column + 1), "sorted(")
        site.insert((end_line, end_column - 1), ")")
    else:
        site.wrap("sorted(", ")")


def _require_sortable(site: Site, expression: Expression) -> None:
    match expression:
        case Mapping() | Comprehension(_, "dict"):
            raise RefusedError("sorting a mapping would lose its values")
        case Display(_, "tuple") | Lambda() | Yield():
            raise RefusedError("it is no set")
        case Call(_, function) if site.means(function, "builtins.sorted"):
            raise RefusedError("it is sorted already")


def _require_read_only(site: Site) -> None:
    """Refuse where something only a set can do is asked of the value."""
    match site.parent:
        case Attribute():
            raise RefusedError("a method of the set itself is used")
        case Operation(_, operators) if not {*operators} <= {"and", "or"}:
            raise RefusedError("it is an operand, and a list has no such operator")
    iterations = site.module.view.iterations
    if any(each.is_async and each.iterable is site.expression for each in iterations):
        raise RefusedError("a list cannot be iterated with `async for`")


def _shares_parentheses(site: Site) -> bool:
    """Tell whether a generator stands in the parentheses of the call it is given to."""
    parent = site.parent
    match site.expression:
        case Comprehension(_, "generator") if isinstance(parent, Call):
            return site.span(parent)[2:] == site.span(site.expression)[2:]
        case _:
            return False
