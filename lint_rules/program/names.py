"""Which bindings a name can refer to where it is read: scopes, then order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lint_rules.facts.expressions import Expression
from lint_rules.facts.records import Binding, Block, Scope
from lint_rules.program.modules import Module

_PARTIAL = ("augment", "declare", "delete")


def lookup(module: Module, name: str, scope: Scope, at: Expression | None) -> list[Binding]:
    """Return the bindings a name can mean; empty when no scope of the module binds it.

    `at` is the expression that reads it; None asks for the value after all code has run.
    """
    if at is None:
        return _looked_up(module, name, scope, None)
    if at.number not in module.looked_up:
        module.looked_up[at.number] = _looked_up(module, name, scope, at)
    return module.looked_up[at.number]


def _looked_up(module: Module, name: str, scope: Scope, at: Expression | None) -> list[Binding]:
    place: Scope | None = scope
    while place is not None:
        visible = place.kind != "class" or place is scope
        # What a class says of its names does not hold for the functions in it.
        rule = module.declared.get((place.number, name)) if visible else None
        if rule == "global":
            return list(module.bindings.get((0, name), ()))
        found = module.bindings.get((place.number, name)) if visible else None
        if found and place.kind == "class" and at is not None:
            # The body of a class reads what is around it until it has bound a name itself.
            found = _bound_before(module, found, at)
        if found and rule is None:
            return live(module, found, place.number, at)
        if place.kind != "comprehension":
            # A comprehension runs where it stands; anything else runs later.
            at = None
        place = None if place.parent is None else module.facts.scopes[place.parent]
    return []


def _bound_before(module: Module, bindings: list[Binding], at: Expression) -> list[Binding]:
    here = module.facts.span(at)[:2]
    looped = any(block.kind in ("for", "while") for block in _around(module, at))
    return [
        b for b in bindings if looped or (b.span[:2] < here and not _is_made_of(module, b, here))
    ]


def live(
    module: Module, bindings: Sequence[Binding], scope: int, at: Expression | None
) -> list[Binding]:
    """Return the bindings of a scope's name whose value can still be there, the latest first.

    Going back from the reader, the first binding that always runs hides all earlier ones. A
    reader in a loop can see what later lines of the loop bound, and `global` in a function can
    bind at any time.
    """
    if len(bindings) == 1:
        return [] if bindings[0].kind == "delete" else list(bindings)
    bindings = [b for b in bindings if not _is_typing_only(module, b)] or bindings
    blocks = module.facts.blocks
    own = [b for b in bindings if blocks[b.block].scope == scope]
    foreign = [b for b in bindings if blocks[b.block].scope != scope]
    if at is None:
        return [*_until_certain(own[::-1], {module.bodies[scope]}), *foreign]
    around = list(_around(module, at))
    here = module.facts.span(at)[:2]
    earlier = [b for b in own if b.span[:2] <= here and not _is_made_of(module, b, here)]
    loops = {block.number for block in around if block.kind in ("for", "while")}
    passed = {id(binding) for binding in earlier}
    later = (b for b in own if id(b) not in passed) if loops else ()
    again = [binding for binding in later if _is_inside(module, binding, loops)]
    found = _until_certain(earlier[::-1], {block.number for block in around})
    # Nothing before the reader: another call or a later line must have bound it.
    return [*found, *again, *foreign] or list(bindings)


def _is_made_of(module: Module, binding: Binding, here: tuple[int, int]) -> bool:
    """Tell whether a place is in the value of a binding, which is not bound yet there."""
    if binding.value is None:
        return False
    span = module.facts.span(binding.value)
    if span[:2] <= here < span[2:]:
        return True
    if binding.span.line != here[0]:
        return False
    # `a, b = b, a` binds both names only when both values are there.
    return any(
        other.value is not None
        and other.span[:2] < span[:2]
        and module.facts.span(other.value)[:2] <= here < module.facts.span(other.value)[2:]
        for other in module.view.bindings_by_block.get(binding.block, ())
        if other.span.line == here[0]
    )


def _is_typing_only(module: Module, binding: Binding) -> bool:
    """Tell whether a binding is an import under `if TYPE_CHECKING`, which never runs."""
    if binding.kind != "import" or binding.definition is None:
        return False
    return module.facts.imports[binding.definition].typing_only


def _until_certain(bindings: list[Binding], certain: set[int]) -> list[Binding]:
    found = []
    for binding in bindings:
        found.append(binding)
        if binding.block in certain and binding.kind not in _PARTIAL:
            break
    return [binding for binding in found if binding.kind != "delete"]


def _around(module: Module, at: Expression) -> Iterator[Block]:
    """Yield the blocks around an expression, through comprehensions into what holds them."""
    inner: int | None = module.facts.block_of(at).number
    while inner is not None:
        *blocks, body = module.view.enclosing_blocks(module.facts.blocks[inner])
        yield from (*blocks, body)
        comprehension = module.facts.scopes[body.scope].kind == "comprehension"
        inner = body.parent if comprehension else None


def _is_inside(module: Module, binding: Binding, loops: set[int]) -> bool:
    blocks = module.view.enclosing_blocks(module.facts.blocks[binding.block])
    return any(block.number in loops for block in blocks)
