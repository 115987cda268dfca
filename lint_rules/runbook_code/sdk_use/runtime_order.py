"""Where a Python file chooses the runtime of ntro, and what it imported too early for that."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_CHOOSING = ("ntro.workflow.set_runtime", "ntro.workflow.runtime.set_runtime")
_PRIMING = ("ntro.workflow.NtroWorkflow", "ntro.workflow._base")
_LOADERS = ("load_runbook", "load_runbook_with_children")
_TEMPLATES = "templates"

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LateChoice:
    """A call of `set_runtime` behind an import that has taken the runtime already.

    Lines count from 1, offsets from 0 in UTF-8. `early` is the import, `early_line` its line.
    """

    line: int
    start: int
    end: int
    early: str
    early_line: int
    is_temporal: bool


def late_choices(
    source: str, primed: Collection[str], *, in_templates: bool
) -> tuple[LateChoice, ...]:
    """Return the late calls in a file.

    `primed` are the modules in `templates/` whose import takes the runtime.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source)
            return tuple(_Reader(tree, primed, in_templates).late())
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ()


class _Reader:
    def __init__(self, tree: ast.Module, primed: Collection[str], in_templates: bool) -> None:
        self._tree = tree
        self._primed = primed
        self._in_templates = in_templates
        self._meant: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._meant.update(_meanings(node))

    def late(self) -> Iterator[LateChoice]:
        at_import = [*self._early(_own_nodes(self._tree.body))]
        called = {
            node.func.id: (node.lineno, node.col_offset)
            for node in _own_nodes(self._tree.body)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for node in _own_nodes(self._tree.body):
            yield from self._judged(node, [e for e in at_import if e[0] < _place(node)])
        for function in ast.walk(self._tree):
            if not isinstance(function, _Function):
                continue
            # What the module calls itself runs then; anything else when all of it was imported.
            runs = called.get(function.name)
            before = [each for each in at_import if runs is None or each[0] < runs]
            nodes = list(_own_nodes(function.body))
            inside = list(self._early(nodes))
            for node in nodes:
                own = [each for each in inside if each[0] < _place(node)]
                yield from self._judged(node, [*before, *own])

    def _judged(self, node: ast.AST, early: list[tuple[_Place, str]]) -> Iterator[LateChoice]:
        if not isinstance(node, ast.Call) or self._dotted(node.func) not in _CHOOSING or not early:
            return
        (line, _), what = early[0]
        end = (node.func.end_col_offset or 0) if node.func.end_lineno == node.lineno else None
        yield LateChoice(
            line=node.lineno,
            start=node.col_offset,
            end=node.col_offset + 1 if end is None else end,
            early=what,
            early_line=line,
            is_temporal="TemporalRuntime" in ast.unparse(node),
        )

    def _early(self, nodes: Iterator[ast.AST] | list[ast.AST]) -> Iterator[tuple[_Place, str]]:
        for node in nodes:
            match node:
                case ast.Import(aliases):
                    names = [alias.name for alias in aliases]
                case ast.ImportFrom(module, aliases, level):
                    base = [module] if module else []
                    if level == 1 and self._in_templates:
                        base = [_TEMPLATES, *base]
                    names = [".".join([*base, alias.name]) for alias in aliases]
                case ast.Call(ast.Name(name)) if name in _LOADERS:
                    yield _place(node), f"{name}(...)"
                    continue
                case _:
                    continue
            what = next((name for name in names if self._primes(name)), None)
            if what is not None:
                yield _place(node), what

    def _primes(self, name: str) -> bool:
        if name.startswith(_PRIMING):
            return True
        parts = name.split(".")
        places = [n for n, part in enumerate(parts[:-1]) if part == _TEMPLATES]
        return any(parts[place + 1] in self._primed for place in places)

    def _dotted(self, node: ast.expr) -> str | None:
        match node:
            case ast.Name(name):
                return self._meant.get(name)
            case ast.Attribute(value, name):
                owner = self._dotted(value)
                return None if owner is None else f"{owner}.{name}"
            case _:
                return None


def _meanings(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            top = alias.name.partition(".")[0]
            yield top, top


def _own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Yield what running a body evaluates, in order; not what is in functions defined there."""
    waiting: list[ast.AST] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, _Function | ast.Lambda):
            continue
        if isinstance(node, ast.If) and _is_typing(node.test):
            waiting += reversed(node.orelse)
            continue
        yield node
        waiting += reversed(list(ast.iter_child_nodes(node)))


def _is_typing(test: ast.expr) -> bool:
    return ast.unparse(test).rpartition(".")[2] == "TYPE_CHECKING"


def _place(node: ast.AST) -> _Place:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
