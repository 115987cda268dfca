"""Whether two places of one function can run in one call of it."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Expression
from lint_rules.facts.records import Block
from lint_rules.program import Module

_LEAVES = ("return", "raise")
_LOOPS = ("for", "while")


def can_both_run(module: Module, first: Expression, second: Expression) -> bool:
    """Tell whether a later place can run after an earlier one in the same call."""
    above, below = _blocks(module, first), _blocks(module, second)
    shared = {block.number for block in above} & {block.number for block in below}
    own = [block for block in above if block.number not in shared]
    other = [block for block in below if block.number not in shared]
    if not own:
        return True
    # The outermost block that only the first one is in ends by leaving, or the second is in one
    # that runs instead of it.
    if any(_is_left(module, block) for block in own):
        return False
    return not (other and _are_alternatives(module, own[-1], other[-1]))


def loop_around(module: Module, place: Expression) -> Block | None:
    """Return the loop that may run a place several times; None when it surely leaves the loop."""
    left = False
    for block in _blocks(module, place):
        if block.kind in _LOOPS and not left and not _is_left(module, block, ("break",)):
            return block
        left = left or (block.kind not in _LOOPS and _is_left(module, block, ("break",)))
    return None


def _blocks(module: Module, place: Expression) -> list[Block]:
    """Return the blocks around a place, innermost first, through comprehensions."""
    found: list[Block] = []
    block: Block | None = module.facts.block_of(place)
    while block is not None:
        found += module.view.enclosing_blocks(block)
        body = found[-1]
        inside = module.facts.scopes[body.scope].kind == "comprehension"
        block = module.facts.blocks[body.parent] if inside and body.parent is not None else None
    return found


def _is_left(module: Module, block: Block, also: tuple[str, ...] = ()) -> bool:
    """Tell whether the statements directly in a block end by leaving the function."""
    if block.kind == "body":
        return False
    leaves = module.view.leaves_by_block.get(block.number, ())
    return any(leave.kind in (*_LEAVES, *also) for leave in leaves)


def _are_alternatives(module: Module, first: Block, second: Block) -> bool:
    """Tell whether only one of two blocks runs: if and else, two cases, a try and its except."""
    head = {block.number for block in _line(module, first)}
    other = {block.number for block in _line(module, second)}
    if second.kind == "else" or first.kind == "else":
        return not head.isdisjoint(other) and not _loops(module, first, second)
    if second.kind == "case" and first.kind == "case":
        return first.partner == second.partner
    return second.kind == "except" and (
        second.partner == first.number or first.partner == second.partner
    )


def _line(module: Module, block: Block) -> Iterator[Block]:
    """Yield a block and those it follows."""
    yield block
    while block.partner is not None:
        block = module.facts.blocks[block.partner]
        yield block


def _loops(module: Module, first: Block, second: Block) -> bool:
    """Tell whether an else belongs to a loop or a try, after whose body it may run."""
    return any(
        block.kind in (*_LOOPS, "try") for each in (first, second) for block in _line(module, each)
    )
