"""Names of the SDK in Python that is shown, not run: imports, attributes, methods of `self`."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_FACADES = {"runbook": "ntro.workflow.runbook", "activity": "ntro.workflow.activity"}
_BASE = "NtroWorkflow"
_TOP = "ntro"


@dataclass(frozen=True, slots=True)
class FencedName:
    """A dotted name of the SDK: imported, read, or a method called on `self`; how it is spoken.

    The place is that of the last part: a line from 1, and offsets as `ast` counts them.
    """

    how: Literal["import", "attribute", "own"]
    qualified: str
    spoken: str
    line: int
    start: int
    end: int


def fenced_names(code: str) -> tuple[FencedName, ...]:
    """Return the names in some code; nothing when it is no Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(code)
            return tuple(_Reader(tree).names())
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ()


class _Reader:
    def __init__(self, tree: ast.Module) -> None:
        self._nodes = list(ast.walk(tree))
        self._meant = {**_FACADES, **dict.fromkeys(self._bound(), "")}
        self._found: list[FencedName] = []
        for node in self._nodes:
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._import(node)

    def names(self) -> Iterator[FencedName]:
        yield from self._found
        imported = {found.qualified for found in self._found}
        for node in self._nodes:
            if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load):
                continue
            name = self._dotted(node)
            if name is not None and name not in imported:
                yield _attribute("attribute", node, name)
        yield from self._own()

    def _bound(self) -> Iterator[str]:
        """Yield the names that the code gives a meaning of its own."""
        for node in self._nodes:
            match node:
                case ast.Name(name, ast.Store() | ast.Del()) | ast.arg(name):
                    yield name
                case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                    yield name

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            if isinstance(node, ast.Import):
                name = alias.name
                meant = name if alias.asname else bound
            else:
                name = meant = f"{node.module}.{alias.name}" if not node.level else ""
            ours = name == _TOP or name.startswith(f"{_TOP}.")
            self._meant[bound] = meant if ours else ""
            if ours and alias.name != "*":
                line, start = alias.lineno, alias.col_offset
                end = start + len(alias.name)
                self._found.append(FencedName("import", name, name, line, start, end))

    def _dotted(self, node: ast.expr) -> str | None:
        match node:
            case ast.Name(name):
                return self._meant.get(name) or None
            case ast.Attribute(value, name):
                owner = self._dotted(value)
                return None if owner is None else f"{owner}.{name}"
            case _:
                return None

    def _own(self) -> Iterator[FencedName]:
        """Yield the methods called on `self`, unless that may be an object of another class."""
        kinds = [node for node in self._nodes if isinstance(node, ast.ClassDef)]
        if any(_BASE not in map(_last, kind.bases) for kind in kinds):
            return
        given = {
            node.attr
            for node in self._nodes
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        }
        defined = given | {
            node.name
            for node in self._nodes
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        for node in self._nodes:
            match node:
                case ast.Call(ast.Attribute(ast.Name("self"), name) as method):
                    if name not in defined and not name.startswith("_"):
                        qualified = f"ntro.workflow.{_BASE}.{name}"
                        yield _attribute("own", method, qualified)


def _attribute(how: Literal["attribute", "own"], node: ast.Attribute, name: str) -> FencedName:
    line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
    start = max(end - len(node.attr.encode()), 0)
    return FencedName(how, name, ast.unparse(node), line, start, end)


def _last(expression: ast.expr) -> str:
    match expression:
        case ast.Attribute(_, name) | ast.Name(name):
            return name
        case _:
            return ""
