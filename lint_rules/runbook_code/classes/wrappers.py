"""Decorators that may put something of their own in the place of a function."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.facts.expressions import Call, Expression
from lint_rules.program import External, Module, Program

_TRANSPARENT = ("ntro.", "temporalio.", "pydantic.")
"""Packages whose decorators are known, and leave a function what it is."""

_REPLACING = frozenset(
    {
        "functools.singledispatch",
        "functools.singledispatchmethod",
        "contextlib.contextmanager",
        "contextlib.asynccontextmanager",
    }
)
"""Decorators of the standard library whose result runs or returns something else."""


def may_wrap(program: Program, module: Module, decorators: Iterable[Expression]) -> bool:
    """Tell whether one of the decorators is the author's, a library's, or cannot be followed."""
    for decorator in decorators:
        called = decorator.function if isinstance(decorator, Call) else decorator
        for meaning in program.resolve(module, called):
            if not isinstance(meaning, External):
                return True
            if meaning.name in _REPLACING:
                return True
            if meaning.origin == "third party" and not meaning.name.startswith(_TRANSPARENT):
                return True
    return False
