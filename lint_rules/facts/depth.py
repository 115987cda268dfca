"""A guard against nesting that breaks the parser of libcst.

libcst recurses on the machine's stack: 5,000 nested parentheses, or 10,000 operands of `and`, end
the process. `ast` refuses most such text itself, but how much differs between Python versions, and
flat in `ast` can be deep in libcst. So the tree of `ast` is measured first, without recursion.
"""

from __future__ import annotations

import ast

MAX_DEPTH = 1000
"""Levels of expressions or statements inside one another that are still read."""

# A deep expression is long. Measuring only long ones keeps the guard at 1 % of the parse.
_SHORT_LINES = 8
_SHORT_COLUMNS = 400


def too_deep(tree: ast.Module) -> int | None:
    """Return the line of the first statement that is nested too deeply."""
    statements: list[tuple[ast.AST, int]] = [(statement, 1) for statement in tree.body]
    while statements:
        statement, depth = statements.pop()
        if depth > MAX_DEPTH or _is_deep(statement):
            return getattr(statement, "lineno", 1)
        for field in ("body", "orelse", "handlers", "finalbody", "cases"):
            inside = getattr(statement, field, None)
            if inside:
                statements.extend((child, depth + 1) for child in inside)
    return None


def _is_deep(statement: ast.AST) -> bool:
    if not hasattr(statement, "body"):
        return _is_long(statement) and _depth_exceeds(statement)
    for field, inside in ast.iter_fields(statement):
        if field in ("body", "orelse", "handlers", "finalbody", "cases"):
            continue
        for head in inside if isinstance(inside, list) else [inside]:
            if isinstance(head, ast.AST) and _is_long(head) and _depth_exceeds(head):
                return True
    return False


def _is_long(node: ast.AST) -> bool:
    # Nodes without a place, such as the parameters of a function, are always measured.
    end = getattr(node, "end_lineno", None)
    if end is None:
        return True
    line: int = getattr(node, "lineno", 0)
    return bool(end - line > _SHORT_LINES or getattr(node, "end_col_offset", 0) > _SHORT_COLUMNS)


def _depth_exceeds(node: ast.AST) -> bool:
    level = [node]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH or any(_is_wide(item) for item in level):
            return True
        level = [child for item in level for child in ast.iter_child_nodes(item)]
    return False


def _is_wide(node: ast.AST) -> bool:
    """Tell what libcst nests although `ast` does not: operands, dotted names, joined strings."""
    match node:
        case ast.BoolOp(values=values) | ast.JoinedStr(values=values):
            return len(values) > MAX_DEPTH
        case ast.alias(name=name) | ast.ImportFrom(module=str(name)):
            return name.count(".") > MAX_DEPTH
        case _:
            return False
