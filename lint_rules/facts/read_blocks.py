"""Readers of the statements that hold others: if, loops, with, try."""

from __future__ import annotations

import ast
from typing import Any

import libcst as cst

from lint_rules.facts.draft import Draft, StatementReader
from lint_rules.facts.expressions import Display, Expression, Name
from lint_rules.facts.read_targets import read_target
from lint_rules.facts.records import Handler, Leave, Span, Try


def _if(draft: Draft, node: cst.If, twin: ast.If) -> None:
    outside = draft.block
    current: Any = node
    # `elif` nests in both trees; a loop reads long chains without recursion.
    while True:
        test = draft.read(current.test, twin.test)
        around = draft.block
        opened = draft.open_block("if", test, draft.word(twin, 0, "if"))
        draft.read_body(current.body, twin.body)
        draft.block = around
        if current.orelse is None:
            break
        draft.open_block("else", None, draft.span(twin.orelse[0]), partner=opened)
        if not isinstance(current.orelse, cst.If):
            draft.read_body(current.orelse.body, twin.orelse)
            break
        current = current.orelse
        following = twin.orelse[0]
        if not isinstance(following, ast.If):
            raise TypeError(following)
        twin = following
    draft.block = outside


def _for(draft: Draft, node: cst.For, twin: ast.For | ast.AsyncFor) -> None:
    outside = draft.block
    is_async = node.asynchronous is not None
    draft.awaits += is_async
    iterable = draft.read(node.iter, twin.iter)
    opened = draft.open_block(
        "for", iterable, _keyword(draft, node, twin, "for"), is_async=is_async
    )
    read_target(draft, node.target, twin.target, "for", value=iterable)
    draft.read_body(node.body, twin.body)
    draft.block = outside
    _else(draft, node.orelse, twin.orelse, opened)


def _while(draft: Draft, node: cst.While, twin: ast.While) -> None:
    outside = draft.block
    test = draft.read(node.test, twin.test)
    opened = draft.open_block("while", test, draft.word(twin, 0, "while"))
    draft.read_body(node.body, twin.body)
    draft.block = outside
    _else(draft, node.orelse, twin.orelse, opened)


def _else(draft: Draft, node: cst.Else | None, twins: list[ast.stmt], partner: int) -> int | None:
    if node is None:
        return None
    outside = draft.block
    opened = draft.open_block("else", None, draft.span(twins[0]), partner=partner)
    draft.read_body(node.body, twins)
    draft.block = outside
    return opened


def _with(draft: Draft, node: cst.With, twin: ast.With | ast.AsyncWith) -> None:
    outside = draft.block
    is_async = node.asynchronous is not None
    draft.awaits += is_async
    span = _keyword(draft, node, twin, "with")
    # Several items are one inside the other.
    for item, inner in zip(node.items, twin.items, strict=True):
        manager = draft.read(item.item, inner.context_expr)
        draft.open_block("with", manager, span, is_async=is_async)
        if item.asname is not None:
            read_target(draft, item.asname.name, inner.optional_vars, "with", value=manager)
    draft.read_body(node.body, twin.body)
    draft.block = outside


def _keyword(draft: Draft, node: cst.For | cst.With, twin: Any, word: str) -> Span:
    if node.asynchronous is not None:
        word = "async" + node.asynchronous.whitespace_after.value + word
    return draft.word(twin, 0, word)


def _try(draft: Draft, node: cst.Try | cst.TryStar, twin: Any) -> None:
    outside, place, awaits = draft.block, len(draft.tries), draft.awaits
    draft.tries.append(None)
    opened = draft.open_block("try", None, draft.word(twin, 0, "try"))
    draft.read_body(node.body, twin.body)
    has_awaits = draft.awaits > awaits
    draft.block = outside
    handlers = tuple(
        _handler(draft, handler, inner, opened)
        for handler, inner in zip(node.handlers, twin.handlers, strict=True)
    )
    otherwise = _else(draft, node.orelse, twin.orelse, opened)
    final: int | None = None
    overrides: tuple[int, ...] = ()
    if node.finalbody is not None:
        first = len(draft.leaves)
        span = draft.span(twin.finalbody[0])
        final = draft.open_block("finally", None, span, partner=opened)
        draft.read_body(node.finalbody.body, twin.finalbody)
        draft.block = outside
        overrides = tuple(
            number
            for number in range(first, len(draft.leaves))
            if _leaves_block(draft, draft.leaves[number], final)
        )
    draft.tries[place] = Try(opened, handlers, otherwise, final, has_awaits, overrides)


def _handler(draft: Draft, node: Any, twin: ast.ExceptHandler, partner: int) -> Handler:
    outside = draft.block
    caught = draft.read_optional(node.type, twin.type)
    span = draft.word(twin, 0, "except")
    opened = draft.open_block("except", caught, span, partner=partner)
    if twin.name is not None:
        draft.bind(twin.name, "except", span, value=caught)
    first = len(draft.leaves)
    draft.read_body(node.body, twin.body)
    draft.block = outside
    reraises = any(
        _raises_again(leave, twin.name) and _in_scope_of(draft, leave, opened)
        for leave in draft.leaves[first:]
    )
    is_star = isinstance(node, cst.ExceptStarHandler)
    return Handler(opened, _types(caught), twin.name, is_star, reraises)


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
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
}
