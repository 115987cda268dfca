"""Imports whose last use an edit took away."""

from __future__ import annotations

import ast
import bisect
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence

from lint_rules.facts.expressions import Constant
from lint_rules.facts.records import Import, Span
from lint_rules.files.source_text import Position
from lint_rules.fixes.edits import TextEdit, in_order
from lint_rules.fixes.opened import OpenedModule

_TYPE_COMMENT = re.compile(r"#[ \t]*type:([^\r\n]*)")
_WORD = re.compile(r"\w+")


def find_unused(
    module: OpenedModule, edits: Iterable[TextEdit], needed: Collection[str], keep: Collection[str]
) -> Iterator[Import]:
    """Yield the imports that nothing uses once the edits are made, and something used before.

    `needed` are names that the new text uses, `keep` names that others take from the module.
    """
    facts, names = module.facts, module.names
    if facts.exports_are_partial or module.has_unknown_syntax:
        return
    ranges = [(edit.start, edit.end) for edit in in_order(edits) if edit.start != edit.end]
    candidates = [
        found
        for found in facts.imports
        if (spans := module.uses.get((found.scope, found.bound or "")))
        and all(_is_inside(span, ranges) for span in spans)
    ]
    if not candidates:
        return
    wanted = {found.bound for found in candidates if found.bound is not None}
    spoken = {*needed, *keep, *(facts.exports or ()), *names.declared}
    spoken.update(_spoken_of(module, wanted))
    for found in candidates:
        if found.bound not in spoken and _is_removable(module, found):
            yield found


def _is_inside(span: Span, ranges: Sequence[tuple[Position, Position]]) -> bool:
    at = bisect.bisect_right(ranges, span[:2], key=lambda each: each[0]) - 1
    return at >= 0 and span[2:] <= ranges[at][1]


def _is_removable(module: OpenedModule, found: Import) -> bool:
    """Tell whether an import has no purpose but the name, by how it is written."""
    if found.conditional or found.typing_only or found.bound is None:
        return False
    if len(module.names.bound_in(found.scope, found.bound)) > 1:
        return False
    if found.name is None and "." in found.module:
        # `import a.b` loads a module that others may expect to be there.
        return found.bound != found.module.partition(".")[0]
    # `import a as a` says that it is meant for others.
    text = module.source.between(found.span[:2], found.span[2:])
    return found.module != "__future__" and text != f"{found.bound} as {found.bound}"


def has_noqa(module: OpenedModule, start: Position, end: Position) -> bool:
    """Tell whether a linter was told to leave one of the lines alone."""
    source = module.source
    return any("noqa" in source.line(line).lower() for line in range(start[0], end[0] + 1))


def _spoken_of(module: OpenedModule, wanted: Collection[str]) -> Iterator[str]:
    """Yield names used where the facts have none: annotations in strings and comments."""
    for expression in module.facts.expressions:
        if isinstance(expression, Constant) and isinstance(expression.value, str):
            text = expression.value
            if any(name in text for name in wanted):
                yield from _names_in_string(text)
    for comment in _TYPE_COMMENT.findall(module.source.text):
        yield from _WORD.findall(comment)
    for node in ast.walk(module.twin):
        if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Starred):
            yield from _names_in(node.annotation)


def _names_in_string(text: str) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text.strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return iter(())
    return _names_in(tree)


def _names_in(node: ast.AST) -> Iterator[str]:
    return (each.id for each in ast.walk(node) if isinstance(each, ast.Name))
