"""Texts that are written out, behind a name or not: what `getattr(x, NAME)` asks for."""

from __future__ import annotations

from lint_rules.facts.expressions import Constant, Expression, Name
from lint_rules.program.modules import Module
from lint_rules.program.names import lookup

_FAR = 4


def constant_text(module: Module, expression: Expression, depth: int = 0) -> str | None:
    """Return the text an expression always is; None when that cannot be told."""
    match expression:
        case Constant(_, "str", str(text)):
            return text
        case Name(_, name) if depth < _FAR:
            found = lookup(module, name, module.facts.scope_of(expression), expression)
            if len(found) != 1 or found[0].kind != "assign" or found[0].path:
                return None
            value = found[0].value
            return None if value is None else constant_text(module, value, depth + 1)
        case _:
            return None
