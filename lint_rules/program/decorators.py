"""What decorates a function or a class, whether or not the decorator is called."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.facts.expressions import Call, Expression
from lint_rules.program.modules import Module
from lint_rules.program.program import Program


def decorator_names(
    program: Program, module: Module, decorators: Iterable[Expression]
) -> frozenset[str]:
    """Return the names of the decorators: `@activity.defn(name="x")` is `activity.defn` too."""
    called = (each.function if isinstance(each, Call) else each for each in decorators)
    names = (program.name(module, each) for each in called)
    return frozenset(name for name in names if name is not None)
