"""Readers of imports."""

from __future__ import annotations

import ast

from lint_rules.facts.draft import Draft, StatementReader
from lint_rules.facts.expressions import Attribute, Expression, Name
from lint_rules.facts.records import Import


def _import(draft: Draft, node: ast.Import) -> None:
    for alias in node.names:
        # `import a.b` gives `a`, `import a.b as c` gives `a.b`.
        bound = alias.asname or alias.name.partition(".")[0]
        _add(draft, alias, alias.name, 0, None, bound)


def _import_from(draft: Draft, node: ast.ImportFrom) -> None:
    for alias in node.names:
        bound = None if alias.name == "*" else alias.asname or alias.name
        _add(draft, alias, node.module or "", node.level, alias.name, bound)


def _add(
    draft: Draft, node: ast.alias, module: str, level: int, name: str | None, bound: str | None
) -> None:
    span = draft.span(node)
    conditional, typing_only = _circumstances(draft)
    scope = draft.scope.number
    number = len(draft.imports)
    draft.imports.append(
        Import(module, level, name, bound, scope, draft.block, conditional, typing_only, span)
    )
    if bound is not None:
        draft.bind(bound, "import", span, definition=number)


def _circumstances(draft: Draft) -> tuple[bool, bool]:
    """Tell whether an import depends on something, and whether that is type checking."""
    block = draft.blocks[draft.block]
    conditional = typing_only = False
    while block.kind != "body" and block.parent is not None:
        conditional = conditional or block.kind != "with"
        if block.kind == "if" and _is_type_checking(block.head):
            typing_only = True
        block = draft.blocks[block.parent]
    return conditional, typing_only


def _is_type_checking(test: Expression | None) -> bool:
    match test:
        case Name(_, "TYPE_CHECKING") | Attribute(_, _, "TYPE_CHECKING"):
            return True
        case _:
            return False


READERS: dict[type, StatementReader] = {ast.Import: _import, ast.ImportFrom: _import_from}
