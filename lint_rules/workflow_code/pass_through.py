"""Modules that are imported under `workflow.unsafe.imports_passed_through()`.

The sandbox neither imports them anew for each run nor watches what their code calls.
"""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.facts.expressions import Call
from lint_rules.facts.records import Import
from lint_rules.program import Module, Program

_MARK = "temporalio.workflow.unsafe.imports_passed_through"


@dataclass(frozen=True, slots=True)
class PassedThrough:
    """The import that passes a module through, and the module it stands in."""

    module: Module
    statement: Import


def passed_through(program: Program) -> dict[str, PassedThrough]:
    """Return the loaded modules of the project that are passed through, by name."""
    found: dict[str, PassedThrough] = {}
    for module in program.modules.loaded:
        for statement in module.facts.imports:
            if _is_marked(program, module, statement):
                for name in _imported(program, module, statement):
                    found.setdefault(name, PassedThrough(module, statement))
    return found


def _is_marked(program: Program, module: Module, statement: Import) -> bool:
    for block in module.view.enclosing_blocks(module.facts.blocks[statement.block]):
        head = block.head
        if block.kind == "with" and isinstance(head, Call):
            return program.name(module, head.function) == _MARK
    return False


def _imported(program: Program, module: Module, statement: Import) -> list[str]:
    source = module.absolute(statement)
    if source is None:
        return []
    names = [source, f"{source}.{statement.name}"]
    return [name for name in names if program.modules.get(name) is not None]
