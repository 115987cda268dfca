"""What going through a set decides: the body of a loop whose turns come in an arbitrary order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Constant,
    Display,
    Expression,
    FormattedString,
    Name,
    Subscript,
    Yield,
    parts,
)
from lint_rules.facts.records import Binding, Block
from lint_rules.program import Module
from lint_rules.workflow_code import blocks
from lint_rules.workflow_code.points import Next, Point

if TYPE_CHECKING:
    from lint_rules.workflow_code.flow import Flow

_ROWS = ("builtins.str", "builtins.list", "builtins.tuple", "builtins.bytes")
_APPENDS = frozenset(
    ["append", "appendleft", "extend", "insert", "put_nowait", "setdefault", "write"]
)


def unordered(flow: Flow, module: Module, loop: Block, iterable: Expression) -> Iterator[Next]:
    """Yield what the order of the turns decides; nothing when the turns can be swapped."""
    body = blocks.inside(module, loop.number)
    started = blocks.first_command(flow.program, module, body)
    if started is not None:
        text = "decides which command comes first"
        yield flow.sink("sequence", module, started, text, "order")
        return
    yield from _early_exits(flow, module, body)
    yield from _collected(flow, module, body)
    yield from _last_ones(flow, module, loop, body)


def _early_exits(flow: Flow, module: Module, body: frozenset[int]) -> Iterator[Next]:
    for leave in blocks.leaves(module, body):
        if leave.value is None or isinstance(leave.value, Constant):
            continue
        if leave.kind == "return":
            yield from flow.returned(module, leave.value, "value")
        elif leave.kind == "raise" and not isinstance(leave.value, Name):
            yield flow.sink("payload", module, leave.value, "decides which failure is raised")


def _collected(flow: Flow, module: Module, body: frozenset[int]) -> Iterator[Next]:
    """Yield who reads what the loop fills turn by turn."""
    for expression in blocks.expressions(module, body):
        match expression:
            case Call(_, Attribute(_, owner, method), _, _) if method in _APPENDS:
                yield from flow.readers.changed(module, owner, "order")
    for write in blocks.writes(module, body):
        if isinstance(write.target, Subscript) and write.kind == "assign":
            yield from flow.readers.changed(module, write.target.value, "order")
    for binding in blocks.bindings(module, body):
        if binding.kind == "augment" and _joins(flow, module, binding):
            yield from flow.readers.of_binding(module, binding, "order")
    for expression in blocks.expressions(module, body):
        if isinstance(expression, Yield):
            yield from flow.returned(module, expression, "order")


def _joins(flow: Flow, module: Module, binding: Binding) -> bool:
    """Tell whether `x += value` puts values in a row; sums can be taken in any order."""
    value = binding.value
    if binding.operator != "+" or value is None:
        return False
    if isinstance(value, Display | FormattedString):
        return True
    started = [b.value for b in module.bindings.get((binding.scope, binding.name), ())]
    return any(
        flow.program.qualified_name(getattr(meaning, "of", meaning)) in _ROWS
        for each in started
        if each is not None
        for meaning in flow.program.resolve(module, each)
    )


def _last_ones(flow: Flow, module: Module, loop: Block, body: frozenset[int]) -> Iterator[Next]:
    """Yield who reads, behind the loop, what its last turn, or the one that broke off, left."""
    for binding in blocks.bindings(module, body):
        if binding.kind not in ("assign", "for"):
            continue
        if binding.value is None or isinstance(binding.value, Constant):
            continue
        if binding.kind == "for" and not _breaks(module, body):
            continue
        if _is_compared(module, binding, loop) or _mentions(binding.value, binding.name):
            continue
        for point in flow.readers.of_binding(module, binding, "value"):
            if isinstance(point, Point) and not _is_inside(module, point.expression, body):
                yield point


def _breaks(module: Module, body: frozenset[int]) -> bool:
    return any(leave.kind == "break" for leave in blocks.leaves(module, body))


def _is_compared(module: Module, binding: Binding, loop: Block) -> bool:
    """Tell whether the new value had to beat the old one: a maximum has no order."""
    block = module.facts.blocks[binding.block]
    while block.number != loop.number and block.parent is not None:
        if block.head is not None and _mentions(block.head, binding.name):
            return True
        block = module.facts.blocks[block.parent]
    return False


def _mentions(expression: Expression, name: str) -> bool:
    return any(isinstance(part, Name) and part.name == name for part in parts(expression))


def _is_inside(module: Module, expression: Expression, body: frozenset[int]) -> bool:
    return module.facts.blocks_of[expression.number] in body
