"""The imports at the head of a module as lines: taken out with blank lines, put in in order."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lint_rules.files.source_text import SourceText
from lint_rules.fixes.edits import TextEdit

_COMMENT = re.compile(r"[ \t\f]*#")
# What must stay on the first two lines: how to run the file, how to decode it.
_FIXED_COMMENT = re.compile(r"#!|[ \t\f]*#.*?coding[:=]")


Key = tuple[int, bool, str]
"""What imports are sorted by: section, plain ones before from-imports, module."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line, or all lines of imports; `first` is 0 for what is put in."""

    first: int
    last: int
    text: str
    key: Key | None = None

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


class ImportBlock:
    """The lines from below the docstring to the first statement that is no import."""

    def __init__(self, source: SourceText, twin: ast.Module) -> None:
        self._source = source
        body = list(twin.body)
        self._head = _docstring_end(body) or _comment_head(source, body)
        imports = {first: (last, key) for first, last, key in _leading_imports(body, self._head)}
        self._end = max((last for last, _ in imports.values()), default=self._head)
        while self._end < source.line_count and not source.line(self._end + 1).strip():
            self._end += 1
        self._rows = list(_rows(source, self._head + 1, self._end, imports))
        self._is_bare = not self._rows
        self._blank = _Row(0, 0, source.newline)
        self._followed_by = next((s for s in body if _first_line(s) > self._end), None)

    def holds(self, line: int) -> bool:
        """Tell whether imports of the block begin on a line."""
        return any(row.first == line and row.key is not None for row in self._rows)

    def remove(self, line: int) -> None:
        """Take out the imports that begin on a line, and blank lines that are then too many."""
        place = next(place for place, row in enumerate(self._rows) if row.first == line)
        before, after = self._rows[:place], self._rows[place + 1 :]
        blank_before = before[-1].is_blank if before else self._head == 0
        if blank_before and (not after or after[0].is_blank):
            while before and before[-1].is_blank:
                before.pop()
            while not before and self._head == 0 and after and after[0].is_blank:
                after.pop(0)
        self._rows = before + after

    def add(self, statement: str, module: str, *, is_from: bool) -> None:
        """Put in a statement where a sorted block would have it."""
        key = _key(module, is_from)
        new = _Row(0, 0, statement + self._source.newline, key)
        keys = [(place, row.key) for place, row in enumerate(self._rows) if row.key is not None]
        lower = [(place, other) for place, other in keys if other <= key]
        if lower:
            place, other = lower[-1]
            rows = [new] if other[0] == key[0] else [self._blank, new]
            self._insert(place + 1, key, rows)
        elif keys:
            self._insert(keys[0][0], key, [new])
        else:
            self._insert_first(new)

    def _insert(self, place: int, key: Key, rows: list[_Row]) -> None:
        following = self._rows[place].key if place < len(self._rows) else None
        apart = following is not None and following[0] != key[0]
        self._rows[place:place] = [*rows, self._blank] if apart else rows

    def _insert_first(self, new: _Row) -> None:
        below = 0
        if self._is_bare and self._followed_by is not None:
            large = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            below = 2 if isinstance(self._followed_by, large) else 1
        above = 1 if self._head else 0
        self._rows[:0] = [self._blank] * above + [new] + [self._blank] * below

    def edits(self) -> Iterator[TextEdit]:
        """Yield the changes: lines that stay are not touched."""
        done, text = self._head + 1, ""
        for row in (*self._rows, _Row(self._end + 1, self._end + 1, "")):
            if row.first == 0:
                text += row.text
                continue
            if text or row.first > done:
                yield self._edit(done, row.first, text)
            done, text = row.last + 1, ""

    def _edit(self, first: int, end: int, text: str) -> TextEdit:
        source = self._source
        start = source.offset((first, 1))
        before = source.text[:start]
        if text and before and not before.endswith(("\n", "\r")):
            # Below a last line without a break.
            text = source.newline + text.removesuffix(source.newline)
        return TextEdit(source.position(start), source.position(source.offset((end, 1))), text)


def _rows(
    source: SourceText, first: int, end: int, imports: Mapping[int, tuple[int, Key]]
) -> Iterator[_Row]:
    line = first
    while line <= end:
        last, key = imports.get(line, (line, None))
        yield _Row(line, last, source.between((line, 1), (last + 1, 1)), key)
        line = last + 1


def _docstring_end(body: list[ast.stmt]) -> int:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())) as first, *_]:
            return first.end_lineno or 0
        case _:
            return 0


def _comment_head(source: SourceText, body: list[ast.stmt]) -> int:
    """Return how many lines at the top belong to the file: a licence, or what must be there."""
    comments = 0
    while comments < source.line_count and _COMMENT.match(source.line(comments + 1)):
        comments += 1
    if body and _first_line(body[0]) == comments + 1:
        # They are about the first statement, unless they are fixed.
        fixed = [n for n in (1, 2) if n <= comments and _FIXED_COMMENT.match(source.line(n))]
        return max(fixed, default=0)
    return comments


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", ())
    return decorators[0].lineno if decorators else statement.lineno


def _leading_imports(body: list[ast.stmt], head: int) -> Iterator[tuple[int, int, Key]]:
    """Yield first line, last line and key of each line of imports before anything else."""
    groups: list[list[ast.stmt]] = []
    for statement in body:
        if groups and statement.lineno == (groups[-1][-1].end_lineno or 0):
            groups[-1].append(statement)
        elif statement.lineno > head:
            groups.append([statement])
    for group in groups:
        first, last = group[0], group[-1]
        if not all(isinstance(each, ast.Import | ast.ImportFrom) for each in group):
            return
        yield first.lineno, last.end_lineno or last.lineno, _statement_key(first)


def _statement_key(statement: ast.stmt) -> Key:
    if isinstance(statement, ast.ImportFrom):
        return _key("." * statement.level + (statement.module or ""), True)
    if isinstance(statement, ast.Import):
        return _key(statement.names[0].name, False)
    raise TypeError(statement)


def _key(module: str, is_from: bool) -> Key:
    top = module.partition(".")[0]
    if module == "__future__":
        section = 0
    elif module.startswith("."):
        section = 3
    else:
        section = 1 if top in sys.stdlib_module_names else 2
    return section, is_from, module.lower()
