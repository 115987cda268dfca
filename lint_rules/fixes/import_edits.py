"""The changes of a module's imports that its other edits call for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from lint_rules.facts.records import Import
from lint_rules.fixes.edits import TextEdit
from lint_rules.fixes.import_block import ImportBlock
from lint_rules.fixes.import_statements import ImportStatement, Piece, Statements, find_imports
from lint_rules.fixes.needs import Need, Reader, Spelling
from lint_rules.fixes.opened import OpenedModule
from lint_rules.fixes.rewrite_import import Imported, rewrite
from lint_rules.fixes.unused_imports import find_unused, has_noqa


def import_edits(
    module: OpenedModule,
    edits: Sequence[TextEdit],
    spellings: Collection[Spelling],
    keep: Collection[str],
    dropped: Collection[Import] = (),
) -> list[TextEdit]:
    """Return the edits that import what the others need, and drop what they left unused.

    `dropped` are imports that the others do without; a new one may take over the name.
    """
    new: dict[tuple[Need, str], list[Reader]] = defaultdict(list)
    for each in spellings:
        if each.is_new:
            new[each.need, each.bound].append(each.reader)
    needed = {each.bound for each in spellings}
    unused = [found for found in find_unused(module, edits, needed, keep) if found not in dropped]
    unused += [found for found in dropped if found.bound in needed or found.bound not in keep]
    if not new and not unused:
        return []
    statements = find_imports(module.twin, module.source.text)
    changes = _Changes(module, statements)
    changes.drop(unused)
    for (need, bound), readers in new.items():
        changes.add(need, bound, readers)
    return changes.edits()


class _Changes:
    """What becomes of each import statement."""

    def __init__(self, module: OpenedModule, statements: Statements) -> None:
        self._module = module
        self._statements = statements
        self._less: dict[ImportStatement, set[Imported]] = defaultdict(set)
        self._more: dict[ImportStatement, list[Imported]] = defaultdict(list)
        self._block = ImportBlock(module.source, module.twin)
        self._added: list[tuple[Need, str]] = []

    def drop(self, unused: Iterable[Import]) -> None:
        for found in unused:
            statement = self._statements.at(found.span[:2])
            if not has_noqa(self._module, statement.piece.start, statement.piece.end):
                place = statement.aliases.index(found.span[:2])
                self._less[statement].add(statement.names[place])
        for body in {each.body for each in self._less} - {0}:
            # A block must not end up empty.
            inside = [each for each in self._less if each.body == body]
            if len(self._gone(inside)) == len(self._statements.bodies[body]):
                for each in inside:
                    del self._less[each]

    def add(self, need: Need, bound: str, readers: Iterable[Reader]) -> None:
        imported = (need.own_name, bound if bound != need.own_name else None)
        host = self._host(need, readers) if need.name is not None else None
        if host is None:
            self._added.append((need, bound))
        else:
            self._more[host].append(imported)

    def _host(self, need: Need, readers: Iterable[Reader]) -> ImportStatement | None:
        """Return a from-import of the same module that runs in time and can take one more name."""
        latest = min((each.position for each in readers if each.at_import), default=None)
        certain = {
            found.span[:2]
            for found in self._module.facts.imports
            if found.scope == 0
            and not found.conditional
            and not found.typing_only
            and found.bound is not None
        }
        for each in self._statements.imports:
            if each.module != need.module or each.aliases[0] not in certain:
                continue
            if latest is not None and each.piece.start > latest:
                continue
            if not has_noqa(self._module, each.piece.start, each.piece.end):
                text = self._text(each.piece)
                if rewrite(text, (), [(need.own_name, None)]) is not None:
                    return each
        return None

    def _gone(self, statements: Iterable[ImportStatement]) -> list[ImportStatement]:
        return [
            each
            for each in statements
            if self._less.get(each) == set(each.names) and not self._more.get(each)
        ]

    def edits(self) -> list[TextEdit]:
        changed = {**self._less, **self._more}
        gone = self._gone(changed)
        edits = [self._rewritten(each) for each in changed if each not in gone]
        # A line to be taken out still says where its section is.
        for statement, module, is_from in self._new_statements():
            self._block.add(statement, module, is_from=is_from)
        for run in _runs(gone):
            line = run[0].piece.start[0]
            cut = self._cut(run)
            if cut is not None:
                edits.append(cut)
            elif self._block.holds(line):
                self._block.remove(line)
            else:
                edits.append(self._lines(run))
        return [*edits, *self._block.edits()]

    def _new_statements(self) -> Iterator[tuple[str, str, bool]]:
        """Yield the new statements, their modules, and whether they are from-imports."""
        together: dict[str, list[str]] = defaultdict(list)
        apart: list[tuple[Need, str]] = []
        for need, bound in self._added:
            if bound == need.name:
                together[need.module].append(bound)
            else:
                apart.append((need, bound))
        for module, names in together.items():
            yield f"from {module} import {', '.join(sorted(names))}", module, True
        for need, bound in sorted(apart, key=lambda each: each[1] != each[0].own_name):
            yield _statement(need, bound), need.module, need.name is not None

    def _rewritten(self, statement: ImportStatement) -> TextEdit:
        piece = statement.piece
        less, more = self._less.get(statement, set()), self._more.get(statement, [])
        text = rewrite(self._text(piece), less, more)
        if text is None:
            raise ValueError(f"no names can be added at {piece.start[0]}:{piece.start[1]}")
        return TextEdit(piece.start, piece.end, text)

    def _text(self, piece: Piece) -> str:
        return self._module.source.between(piece.start, piece.end)

    def _cut(self, run: Sequence[ImportStatement]) -> TextEdit | None:
        """Return the edit that takes a run out of a line it shares; None if it has it alone."""
        body = self._statements.bodies[run[0].body]
        first, last = run[0], run[-1]
        if last.place + 1 < len(body):
            following = body[last.place + 1]
            if following.start[0] == last.piece.end[0]:
                return TextEdit(first.piece.start, following.start, "")
        if first.place > 0:
            before = body[first.place - 1]
            if before.end[0] == first.piece.start[0]:
                return TextEdit(before.end, last.piece.end, "")
        return None

    def _lines(self, run: Sequence[ImportStatement]) -> TextEdit:
        source = self._module.source
        end = source.position(source.offset((run[-1].piece.end[0] + 1, 1)))
        return TextEdit((run[0].piece.start[0], 1), end, "")


def _runs(gone: Iterable[ImportStatement]) -> Iterator[list[ImportStatement]]:
    """Group statements that follow each other on one line."""
    run: list[ImportStatement] = []
    for each in sorted(gone, key=lambda each: each.piece.start):
        last = run[-1] if run else None
        follows = last is not None and (last.body, last.place + 1) == (each.body, each.place)
        if last is not None and follows and last.piece.end[0] == each.piece.start[0]:
            run.append(each)
            continue
        if run:
            yield run
        run = [each]
    if run:
        yield run


def _statement(need: Need, bound: str) -> str:
    alias = "" if bound == need.own_name else f" as {bound}"
    if need.name is None:
        return f"import {need.module}{alias}"
    return f"from {need.module} import {need.name}{alias}"
