"""What a block of statements does: only logs, waits, or leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import Await, Call, Constant, Expression, parts
from lint_rules.facts.records import Binding, Block, Leave, Write
from lint_rules.program import External, Meaning, Module, Program, ProjectFunction
from lint_rules.workflow_code.commands import command

if TYPE_CHECKING:
    from lint_rules.workflow_code.classify import Classifier

_STARTS = ("asyncio.ensure_future", "asyncio.gather")
_DEEP = 4
"""Calls of the author's own functions that are followed to see whether they only log."""


def inside(module: Module, outer: int) -> frozenset[int]:
    """Return the numbers of a block and all blocks in it, those of inner scopes included."""
    found: set[int] = set()
    waiting = [outer]
    while waiting:
        block = waiting.pop()
        found.add(block)
        waiting += module.view.inner_blocks.get(block, ())
    return frozenset(found)


def with_partners(module: Module, block: Block) -> frozenset[int]:
    """Return the blocks a head decides about: its own, and else and case blocks that follow."""
    found = inside(module, block.number)
    for other in module.view.followers.get(block.number, ()):
        found |= inside(module, other)
    return found


def expressions(module: Module, blocks: frozenset[int]) -> Iterator[Expression]:
    """Yield the expressions evaluated in blocks."""
    for block in sorted(blocks):
        yield from module.view.expressions_by_block.get(block, ())


def leaves(module: Module, blocks: frozenset[int]) -> Iterator[Leave]:
    """Yield the exits in blocks."""
    for block in sorted(blocks):
        yield from module.view.leaves_by_block.get(block, ())


def writes(module: Module, blocks: frozenset[int]) -> Iterator[Write]:
    """Yield the writes in blocks."""
    for block in sorted(blocks):
        yield from module.view.writes_by_block.get(block, ())


def bindings(module: Module, blocks: frozenset[int]) -> Iterator[Binding]:
    """Yield the bindings in blocks."""
    for block in sorted(blocks):
        yield from module.view.bindings_by_block.get(block, ())


def only_logs(
    program: Program,
    classifier: Classifier,
    module: Module,
    blocks: frozenset[int],
    depth: int = 0,
) -> bool:
    """Tell whether blocks do nothing but write for people."""
    facts = module.facts
    if any(leaves(module, blocks)) or any(writes(module, blocks)):
        return False
    if any(b.kind not in ("import", "parameter") for b in bindings(module, blocks)):
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
