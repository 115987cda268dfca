"""Which workflow classes are written with ntro, by a base class or by the facade's decorators."""

from __future__ import annotations

from lint_rules.program.decorators import decorator_names
from lint_rules.program.meaning import External, ProjectClass
from lint_rules.program.program import Program

BASES = frozenset({"ntro.workflow.NtroWorkflow", "ntro.workflow._base.NtroWorkflow"})


def is_ntro(program: Program, kind: ProjectClass) -> bool:
    """Tell whether a workflow class uses ntro."""
    if any(isinstance(b, External) and b.name.startswith("ntro.") for b in program.mro(kind) or ()):
        return True
    module = program.modules[kind.module]
    decorators = module.facts.classes[kind.number].decorators
    return any(name.startswith("ntro.") for name in decorator_names(program, module, decorators))


def derives_from_ntro(program: Program, kind: ProjectClass) -> bool | None:
    """Tell whether a class derives from `NtroWorkflow`; None when a base cannot be followed."""
    order = program.mro(kind)
    if order is None:
        return None
    return any(isinstance(base, External) and base.name in BASES for base in order)
