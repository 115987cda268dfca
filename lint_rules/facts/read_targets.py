"""What is written to: names become bindings, attributes and subscripts become writes."""

from __future__ import annotations

import ast
from typing import Any

import libcst as cst

from lint_rules.facts.draft import Draft
from lint_rules.facts.expressions import Display, Expression, Starred
from lint_rules.facts.records import STAR, Write, WriteKind


def read_target(
    draft: Draft,
    node: Any,
    twin: Any,
    kind: WriteKind,
    *,
    value: Expression | None = None,
    path: tuple[int, ...] = (),
    annotation: Expression | None = None,
    operator: str | None = None,
) -> None:
    """Read the target of an assignment, loop, with or del."""
    if isinstance(node, cst.Name):
        span = draft.span(twin)
        draft.bind(
            node.value,
            kind,
            span,
            value=value,
            path=path,
            annotation=annotation,
            operator=operator,
        )
    elif isinstance(node, cst.Attribute | cst.Subscript):
        target = draft.read(node, twin)
        draft.writes.append(Write(target, draft.block, kind, value, path, annotation, operator))
    elif isinstance(node, cst.StarredElement):
        inner = twin.value if isinstance(twin, ast.Starred) else twin
        read_target(draft, node.value, inner, kind, value=value, path=path)
    elif isinstance(node, cst.Tuple | cst.List):
        _unpack(draft, node, twin, kind, value, path)


def _unpack(
    draft: Draft,
    node: cst.Tuple | cst.List,
    twin: Any,
    kind: WriteKind,
    value: Expression | None,
    path: tuple[int, ...],
) -> None:
    parts = _parts(value, len(twin.elts)) if kind == "assign" and not path else None
    starred = any(isinstance(inner, ast.Starred) for inner in twin.elts)
    for place, (element, inner) in enumerate(zip(node.elements, twin.elts, strict=True)):
        target = element if isinstance(element, cst.StarredElement) else element.value
        if parts is not None and not starred:
            read_target(draft, target, inner, kind, value=parts[place])
        else:
            step = STAR if isinstance(inner, ast.Starred) else place
            read_target(draft, target, inner, kind, value=value, path=(*path, step))


def _parts(value: Expression | None, wanted: int) -> tuple[Expression, ...] | None:
    """Return the elements of a display that is unpacked one by one: `a, b = 1, 2`."""
    if not isinstance(value, Display) or value.kind == "set" or len(value.elements) != wanted:
        return None
    if any(isinstance(element, Starred) for element in value.elements):
        return None
    return value.elements
