"""The reader of match statements."""

from __future__ import annotations

import ast

from lint_rules.facts.draft import Draft, StatementReader
from lint_rules.facts.expressions import Expression


def _match(draft: Draft, node: ast.Match) -> None:
    outside = draft.block
    subject = draft.read(node.subject)
    opened = draft.open_block("match", subject, draft.word(node, len("match")))
    for case in node.cases:
        draft.block = opened
        _pattern(draft, case.pattern, subject)
        guard = draft.read_optional(case.guard)
        draft.open_block("case", guard, draft.span(case.pattern), partner=opened)
        draft.read_body(case.body)
    draft.block = outside


def _pattern(draft: Draft, node: ast.pattern, subject: Expression) -> None:
    match node:
        case ast.MatchValue(value=value):
            draft.read(value)
        case ast.MatchAs(pattern=pattern, name=name):
            if pattern is not None:
                _pattern(draft, pattern, subject)
            _capture(draft, name, node, subject)
        case ast.MatchStar(name=name):
            _capture(draft, name, node, subject)
        case ast.MatchOr(patterns=patterns) | ast.MatchSequence(patterns=patterns):
            for pattern in patterns:
                _pattern(draft, pattern, subject)
        case ast.MatchMapping(keys=keys, patterns=patterns, rest=rest):
            for key, pattern in zip(keys, patterns, strict=True):
                draft.read(key)
                _pattern(draft, pattern, subject)
            _capture(draft, rest, node, subject)
        case ast.MatchClass(cls=kind, patterns=patterns, kwd_patterns=named):
            draft.read(kind)
            for pattern in (*patterns, *named):
                _pattern(draft, pattern, subject)
        case _:
            pass  # True, False and None


def _capture(draft: Draft, name: str | None, node: ast.pattern, subject: Expression) -> None:
    if name is not None:
        draft.bind(name, "match", draft.span(node), value=subject)


READERS: dict[type, StatementReader] = {ast.Match: _match}
