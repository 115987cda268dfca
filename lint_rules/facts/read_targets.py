"""What is written to: names become bindings, attributes and subscripts become writes."""

from __future__ import annotations

import ast

from lint_rules.facts.draft import Draft
from lint_rules.facts.expressions import Display, Expression, Starred
from lint_rules.facts.records import STAR, Write, WriteKind


def read_target(
    draft: Draft,
    node: ast.expr,
    kind: WriteKind,
    *,
    value: Expression | None = None,
    path: tuple[int, ...] = (),
    annotation: Expression | None = None,
    operator: str | None = None,
) -> None:
    """Read the target of an assignment, loop, with or del."""
    if isinstance(node, ast.Name):
        draft.bind(
            node.id,
            kind,
            draft.span(node),
            value=value,
            path=path,
            annotation=annotation,
            operator=operator,
        )
    elif isinstance(node, ast.Attribute | ast.Subscript):
        target = draft.read(node)
        draft.writes.append(Write(target, draft.block, kind, value, path, annotation, operator))
    elif isinstance(node, ast.Starred):
        read_target(draft, node.value, kind, value=value, path=path)
    elif isinstance(node, ast.Tuple | ast.List):
        _unpack(draft, node.elts, kind, value, path)


def _unpack(
    draft: Draft,
    targets: list[ast.expr],
    kind: WriteKind,
    value: Expression | None,
    path: tuple[int, ...],
) -> None:
    parts = _parts(value, len(targets)) if kind == "assign" and not path else None
    starred = any(isinstance(target, ast.Starred) for target in targets)
    for place, target in enumerate(targets):
        if parts is not None and not starred:
            read_target(draft, target, kind, value=parts[place])
        else:
            step = STAR if isinstance(target, ast.Starred) else place
            read_target(draft, target, kind, value=value, path=(*path, step))


def _parts(value: Expression | None, wanted: int) -> tuple[Expression, ...] | None:
    """Return the elements of a display that is unpacked one by one: `a, b = 1, 2`."""
    if not isinstance(value, Display) or value.kind == "set" or len(value.elements) != wanted:
        return None
    if any(isinstance(element, Starred) for element in value.elements):
        return None
    return value.elements
