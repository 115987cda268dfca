"""What a block of statements does: only logs, waits, or leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import Await, Call, Constant, Expression, parts
from lint_rules.facts.records import Block
from lint_rules.program import External, Meaning, Module, Program, ProjectFunction
from lint_rules.workflow_code.commands import command

if TYPE_CHECKING:
    from lint_rules.workflow_code.classify import Classifier

_STARTS = ("asyncio.ensure_future", "asyncio.gather")
_DEEP = 4
"""Calls of the author's own functions that are followed to see whether they only log."""


def inside(module: Module, outer: int) -> frozenset[int]:
    """Return the numbers of a block and all blocks in it, those of inner scopes included."""
    found = {outer}
    for block in module.facts.blocks[outer + 1 :]:
        # A block comes after the one it is in.
        if block.parent in found:
            found.add(block.number)
    return frozenset(found)


def with_partners(module: Module, block: Block) -> frozenset[int]:
    """Return the blocks a head decides about: its own, and else and case blocks that follow."""
    found = inside(module, block.number)
    for other in module.facts.blocks[block.number + 1 :]:
        if other.partner == block.number:
            found |= inside(module, other.number)
    return found


def expressions(module: Module, blocks: frozenset[int]) -> Iterator[Expression]:
    """Yield the expressions evaluated in blocks."""
    for expression, block in zip(module.facts.expressions, module.facts.blocks_of, strict=True):
        if block in blocks:
            yield expression


def only_logs(
    program: Program,
    classifier: Classifier,
    module: Module,
    blocks: frozenset[int],
    depth: int = 0,
) -> bool:
    """Tell whether blocks do nothing but write for people."""
    facts = module.facts
    if any(leave.block in blocks for leave in facts.leaves):
        return False
    if any(write.block in blocks for write in facts.writes):
        return False
    if any(b.block in blocks and b.kind not in ("import", "parameter") for b in facts.bindings):
        return False
    discarded = [
        e
        for e in expressions(module, blocks)
        if e.number in facts.discarded and not isinstance(e, Constant)
    ]
    return bool(discarded) and all(
        isinstance(statement, Call) and _is_output(program, classifier, module, statement, depth)
        for statement in discarded
    )


def _is_output(
    program: Program, classifier: Classifier, module: Module, statement: Call, depth: int
) -> bool:
    return all(
        _writes_only(program, classifier, meaning, depth)
        for meaning in program.resolve(module, statement.function)
    )


def _writes_only(program: Program, classifier: Classifier, meaning: Meaning, depth: int) -> bool:
    match meaning:
        case External(name):
            return classifier.is_output(name)
        case ProjectFunction() if depth < _DEEP:
            module, function = program.function(meaning)
            body = inside(module, module.bodies[function.scope])
            return only_logs(program, classifier, module, body, depth + 1)
        case _:
            return False


def first_command(program: Program, module: Module, blocks: frozenset[int]) -> Expression | None:
    """Return the first expression in blocks that waits or starts something."""
    for expression in expressions(module, blocks):
        if isinstance(expression, Await):
            return expression
        if isinstance(expression, Call):
            name = program.name(module, expression.function) or ""
            if name in _STARTS or name.endswith(".create_task") or command(name) is not None:
                return expression
    return None


def awaits(expression: Expression) -> bool:
    """Tell whether evaluating an expression waits."""
    return any(isinstance(part, Await) for part in parts(expression))
