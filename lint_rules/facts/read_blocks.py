"""Readers of the statements that hold others: if, loops, with, try."""

from __future__ import annotations

import ast

from lint_rules.facts.depth import MAX_CHAIN, TooDeepError
from lint_rules.facts.draft import Draft, StatementReader
from lint_rules.facts.expressions import Display, Expression, Name
from lint_rules.facts.read_targets import read_target
from lint_rules.facts.records import BlockKind, Handler, Leave, Try


def _if(draft: Draft, node: ast.If) -> None:
    outside = draft.block
    # `elif` is an `if` alone in an `else`; a loop reads long chains without recursion.
    for _ in range(MAX_CHAIN):
        test = draft.read(node.test)
        around = draft.block
        opened = draft.open_block("if", test, draft.word(node, len("if")))
        draft.read_body(node.body)
        draft.block = around
        if not node.orelse:
            break
        first = node.orelse[0]
        draft.open_block("else", None, draft.span(first), partner=opened)
        if not isinstance(first, ast.If) or len(node.orelse) > 1:
            draft.read_body(node.orelse)
            break
        node = first
    else:
        raise TooDeepError(node.lineno)
    draft.block = outside


def _for(draft: Draft, node: ast.For | ast.AsyncFor) -> None:
    outside = draft.block
    is_async = isinstance(node, ast.AsyncFor)
    draft.awaits += is_async
    iterable = draft.read(node.iter)
    opened = draft.open_block("for", iterable, draft.opening(node), is_async=is_async)
    read_target(draft, node.target, "for", value=iterable)
    draft.read_body(node.body)
    draft.block = outside
    _branch(draft, "else", node.orelse, opened)


def _while(draft: Draft, node: ast.While) -> None:
    outside = draft.block
    test = draft.read(node.test)
    opened = draft.open_block("while", test, draft.word(node, len("while")))
    draft.read_body(node.body)
    draft.block = outside
    _branch(draft, "else", node.orelse, opened)


def _branch(draft: Draft, kind: BlockKind, body: list[ast.stmt], partner: int) -> int | None:
    """Read an `else` or `finally` if there is one."""
    if not body:
        return None
    outside = draft.block
    opened = draft.open_block(kind, None, draft.span(body[0]), partner=partner)
    draft.read_body(body)
    draft.block = outside
    return opened


def _with(draft: Draft, node: ast.With | ast.AsyncWith) -> None:
    outside = draft.block
    is_async = isinstance(node, ast.AsyncWith)
    draft.awaits += is_async
    span = draft.opening(node)
    # Several items are one inside the other.
    for item in node.items:
        manager = draft.read(item.context_expr)
        draft.open_block("with", manager, span, is_async=is_async)
        if item.optional_vars is not None:
            read_target(draft, item.optional_vars, "with", value=manager)
    draft.read_body(node.body)
    draft.block = outside


def _try(draft: Draft, node: ast.Try | ast.TryStar) -> None:
    outside, place, awaits = draft.block, len(draft.tries), draft.awaits
    draft.tries.append(None)
    opened = draft.open_block("try", None, draft.word(node, len("try")))
    draft.read_body(node.body)
    has_awaits = draft.awaits > awaits
    draft.block = outside
    is_star = isinstance(node, ast.TryStar)
    handlers = tuple([_handler(draft, handler, opened, is_star) for handler in node.handlers])
    otherwise = _branch(draft, "else", node.orelse, opened)
    first = len(draft.leaves)
    final = _branch(draft, "finally", node.finalbody, opened)
    overrides = tuple(
        number
        for number in range(first, len(draft.leaves))
        if final is not None and _leaves_block(draft, draft.leaves[number], final)
    )
    draft.tries[place] = Try(opened, handlers, otherwise, final, has_awaits, overrides)


def _handler(draft: Draft, node: ast.ExceptHandler, partner: int, is_star: bool) -> Handler:
    outside = draft.block
    caught = draft.read_optional(node.type)
    span = draft.word(node, len("except"))
    opened = draft.open_block("except", caught, span, partner=partner)
    if node.name is not None:
        draft.bind(node.name, "except", span, value=caught)
    first = len(draft.leaves)
    draft.read_body(node.body)
    draft.block = outside
    reraises = any(
        _raises_again(leave, node.name) and _in_scope_of(draft, leave, opened)
        for leave in draft.leaves[first:]
    )
    return Handler(opened, _types(caught), node.name, is_star, reraises)


def _types(caught: Expression | None) -> tuple[Expression, ...]:
    if isinstance(caught, Display):
        return caught.elements
    return () if caught is None else (caught,)


def _raises_again(leave: Leave, name: str | None) -> bool:
    if leave.kind != "raise":
        return False
    match leave.value:
        case None:
            return True
        case Name(_, raised):
            return raised == name
        case _:
            return False


def _in_scope_of(draft: Draft, leave: Leave, block: int) -> bool:
    return draft.blocks[leave.block].scope == draft.blocks[block].scope


def _leaves_block(draft: Draft, leave: Leave, outer: int) -> bool:
    """Tell whether an exit inside a block leaves that block, and not only a loop in it."""
    if not _in_scope_of(draft, leave, outer) or leave.kind in ("raise", "assert"):
        return False
    block = draft.blocks[leave.block]
    while block.number != outer and block.parent is not None:
        if leave.kind != "return" and block.kind in ("for", "while"):
            return False
        block = draft.blocks[block.parent]
    return True


READERS: dict[type, StatementReader] = {
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.TryStar: _try,
}
