"""One walk over one module: bytes in, facts out."""

from __future__ import annotations

from lint_rules.facts import (
    read_blocks,
    read_definitions,
    read_expressions,
    read_imports,
    read_patterns,
    read_scopes,
    read_statements,
)
from lint_rules.facts.columns import Columns
from lint_rules.facts.depth import TooDeepError, on_a_fresh_stack
from lint_rules.facts.draft import Draft
from lint_rules.facts.exports import exported
from lint_rules.facts.module import ModuleFacts, ParseProblem
from lint_rules.facts.parsing import Parsed, parse
from lint_rules.facts.records import Span

_EXPRESSION_READERS = read_expressions.READERS | read_scopes.READERS
_STATEMENT_READERS = (
    read_statements.READERS
    | read_imports.READERS
    | read_definitions.READERS
    | read_blocks.READERS
    | read_patterns.READERS
)


def collect(source: bytes) -> ModuleFacts | ParseProblem:
    """Collect the facts of a module, or say why it cannot be read; raises for no input."""
    try:
        return _collect(source)
    except RecursionError:
        pass
    try:
        return on_a_fresh_stack(lambda: _collect(source))
    except RecursionError:
        return _too_deep(1)


def _collect(source: bytes) -> ModuleFacts | ParseProblem:
    parsed = parse(source)
    if isinstance(parsed, ParseProblem):
        return parsed
    try:
        return _walk(parsed)
    except TooDeepError as error:
        return _too_deep(error.line)


def _too_deep(line: int) -> ParseProblem:
    return ParseProblem(line, 1, "nested too deeply to be analysed")


def _walk(parsed: Parsed) -> ModuleFacts:
    columns = Columns(parsed.text)
    draft = Draft(columns, _EXPRESSION_READERS, _STATEMENT_READERS)
    draft.open_scope("module", "", None, Span(1, 1, 1, 1))
    draft.read_body(parsed.tree.body)
    columns.translate(draft.spans)
    exports, partial = exported(draft)
    return ModuleFacts(
        expressions=tuple(draft.expressions),
        spans=draft.spans,
        blocks_of=draft.blocks_of,
        scopes=tuple(draft.scopes),
        blocks=tuple(draft.blocks),
        bindings=tuple(draft.bindings),
        writes=tuple(draft.writes),
        declarations=tuple(draft.declarations),
        imports=tuple(draft.imports),
        functions=tuple(function for function in draft.functions if function is not None),
        classes=tuple(kind for kind in draft.classes if kind is not None),
        leaves=tuple(draft.leaves),
        tries=tuple(shape for shape in draft.tries if shape is not None),
        discarded=frozenset(draft.discarded),
        exports=exports,
        exports_are_partial=partial,
    )
