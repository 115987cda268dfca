"""What a module's `__all__` names, as far as it is written out."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.facts.draft import Draft
from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Constant,
    Display,
    Expression,
    Name,
    Operation,
    Starred,
)


def exported(draft: Draft) -> tuple[tuple[str, ...] | None, bool]:
    """Return the names of `__all__` and whether more are added in a way that cannot be read."""
    parts = list(_parts(draft))
    if not parts:
        return None, False
    names: list[str] = []
    partial = False
    for part in parts:
        readable = _names(part, names)
        partial = partial or not readable
    return tuple(dict.fromkeys(names)), partial


def _parts(draft: Draft) -> Iterable[Expression | None]:
    for binding in draft.bindings:
        if binding.name == "__all__" and binding.scope == 0 and binding.kind != "delete":
            yield binding.value
    for number in sorted(draft.discarded):
        match draft.expressions[number]:
            case Call(_, Attribute(_, Name(_, "__all__"), method), (argument,)):
                yield argument if method in ("extend", "append") else None


def _names(part: Expression | None, names: list[str]) -> bool:
    """Add the names in a part of `__all__`; tell whether all of it could be read."""
    match part:
        case Constant(_, "str", str(name)):
            names.append(name)
            return True
        case Display(_, _, elements) | Operation(_, ("+",), elements):
            readable = [_names(element, names) for element in elements]
            return all(readable)
        case Starred(_, value):
            return _names(value, names)
        case Name(_, "__all__"):
            return True
        case _:
            return False
