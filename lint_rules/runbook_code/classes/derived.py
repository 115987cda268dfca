"""Classes that others derive from: an object said to be of one may be of another."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.program import Module, Program, ProjectClass, classes


def bases_in(program: Program, modules: Iterable[Module]) -> frozenset[ProjectClass]:
    """Return the classes of the project that are a base class in some modules."""
    return frozenset(
        base
        for module in modules
        for record in module.facts.classes
        if record.bases
        for base in classes.bases(program, ProjectClass(module.name, record.number))
        if isinstance(base, ProjectClass)
    )
