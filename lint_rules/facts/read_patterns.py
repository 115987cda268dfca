"""The reader of match statements."""

from __future__ import annotations

import ast
from typing import Any

import libcst as cst

from lint_rules.facts.draft import Draft, StatementReader
from lint_rules.facts.expressions import Expression


def _match(draft: Draft, node: cst.Match, twin: ast.Match) -> None:
    outside = draft.block
    subject = draft.read(node.subject, twin.subject)
    opened = draft.open_block("match", subject, draft.word(twin, 0, "match"))
    for case, inner in zip(node.cases, twin.cases, strict=True):
        draft.block = opened
        _pattern(draft, case.pattern, inner.pattern, subject)
        guard = draft.read_optional(case.guard, inner.guard)
        draft.open_block("case", guard, draft.span(inner.pattern), partner=opened)
        draft.read_body(case.body, inner.body)
    draft.block = outside


def _pattern(draft: Draft, node: Any, twin: Any, subject: Expression) -> None:
    match twin:
        case ast.MatchValue(value=value):
            draft.read(node.value, value)
        case ast.MatchAs(name=name):
            if twin.pattern is not None:
                _pattern(draft, node.pattern, twin.pattern, subject)
            _capture(draft, name, twin, subject)
        case ast.MatchStar(name=name):
            _capture(draft, name, twin, subject)
        case ast.MatchOr(patterns=patterns):
            for option, inner in zip(node.patterns, patterns, strict=True):
                _pattern(draft, option.pattern, inner, subject)
        case ast.MatchSequence(patterns=patterns):
            for element, inner in zip(node.patterns, patterns, strict=True):
                part = element if isinstance(element, cst.MatchStar) else element.value
                _pattern(draft, part, inner, subject)
        case ast.MatchMapping(keys=keys, patterns=patterns, rest=rest):
            for element, key, inner in zip(node.elements, keys, patterns, strict=True):
                draft.read(element.key, key)
                _pattern(draft, element.pattern, inner, subject)
            _capture(draft, rest, twin, subject)
        case ast.MatchClass():
            _class_pattern(draft, node, twin, subject)
        case _:
            pass  # True, False and None


def _class_pattern(draft: Draft, node: Any, twin: ast.MatchClass, subject: Expression) -> None:
    draft.read(node.cls, twin.cls)
    for element, inner in zip(node.patterns, twin.patterns, strict=True):
        _pattern(draft, element.value, inner, subject)
    for element, inner in zip(node.kwds, twin.kwd_patterns, strict=True):
        _pattern(draft, element.pattern, inner, subject)


def _capture(draft: Draft, name: str | None, twin: Any, subject: Expression) -> None:
    if name is not None:
        draft.bind(name, "match", draft.span(twin), value=subject)


READERS: dict[type, StatementReader] = {cst.Match: _match}
