"""Where the imports of a module stand, each beside its neighbours on the same line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.columns import Columns
from lint_rules.files.source_text import Position


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement by its range."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class ImportStatement:
    """An import statement.

    `module` is None for a plain import, else the module with its leading dots. `aliases` are the
    places of the names, as the facts have them. `body` numbers the block it is in (0 is the
    module), `place` is where it stands there.
    """

    piece: Piece
    module: str | None
    names: tuple[tuple[str, str | None], ...]
    aliases: tuple[Position, ...]
    body: int
    place: int


@dataclass(frozen=True, slots=True)
class Statements:
    """The blocks of a module that hold imports, as statements, and the imports themselves."""

    bodies: dict[int, tuple[Piece, ...]]
    imports: tuple[ImportStatement, ...]

    def at(self, alias: Position) -> ImportStatement:
        """Return the statement that imports the name at a place; raises LookupError."""
        return next(each for each in self.imports if alias in each.aliases)


def find_imports(twin: ast.Module, text: str) -> Statements:
    """Find the imports of a module, wherever they are."""
    columns = Columns(text)
    bodies: dict[int, tuple[Piece, ...]] = {}
    imports: list[ImportStatement] = []
    for number, body in enumerate(_bodies(twin)):
        if not any(isinstance(each, ast.Import | ast.ImportFrom) for each in body):
            continue
        bodies[number] = tuple(_piece(columns, each) for each in body)
        imports += (
            _import(columns, each, bodies[number][place], number, place)
            for place, each in enumerate(body)
            if isinstance(each, ast.Import | ast.ImportFrom)
        )
    return Statements(bodies, tuple(imports))


def _bodies(twin: ast.Module) -> Iterator[list[ast.stmt]]:
    """Yield every list of statements, that of the module first."""
    waiting: list[ast.AST] = [twin]
    for node in waiting:
        for field in ("body", "orelse", "finalbody"):
            inside = getattr(node, field, None)
            if isinstance(inside, list) and inside:
                yield inside
                waiting += inside
        for field in ("handlers", "cases"):
            waiting += getattr(node, field, ())


def _piece(columns: Columns, node: ast.stmt) -> Piece:
    end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
    return Piece(
        (node.lineno, columns.character(node.lineno, node.col_offset) + 1),
        (end_line, columns.character(end_line, end) + 1),
    )


def _import(
    columns: Columns, node: ast.Import | ast.ImportFrom, piece: Piece, body: int, place: int
) -> ImportStatement:
    module = None
    if isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
    return ImportStatement(
        piece,
        module,
        tuple((alias.name, alias.asname) for alias in node.names),
        tuple(
            (alias.lineno, columns.character(alias.lineno, alias.col_offset) + 1)
            for alias in node.names
        ),
        body,
        place,
    )
