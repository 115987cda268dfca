"""The names that other modules take from modules about to be fixed: their imports must stay.

A name that is merely imported in one module can be what another imports from it. Nothing reports
that it is gone, so this is looked up, and in doubt a name counts as taken.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lint_rules.engine import Linted
from lint_rules.files import path_text

_PACKAGE = path_text.join("", "__init__")
_WORD = re.compile(rb"[^\W\d]\w*")


class TakenNames:
    """Knows the names taken from some modules; looks for them when the first is asked for."""

    def __init__(self, linted: Linted, paths: Iterable[str]) -> None:
        self._linted = linted
        self._modules = {_module(path): path for path in paths}

    def of(self, path: str) -> Collection[str]:
        """Return the names taken from one of the modules."""
        return _Names(self, path)

    @cached_property
    def found(self) -> dict[str, frozenset[str]]:
        """The names by the path of the module."""
        names: dict[str, set[str]] = defaultdict(set)
        for importer in self._importers():
            for module, name in importer.taken(self._modules):
                path = self._modules[module]
                names[path].update([name] if name else self._all_words(path))
        return {path: frozenset(found) for path, found in names.items()}

    def _importers(self) -> Iterator[_Importer]:
        mentions = _mentions({path_text.name_of(module) for module in self._modules})
        for path in self._files():
            try:
                data = self._linted.sources.peek(path)
            except OSError:
                # A module that cannot be read takes nothing either.
                continue
            if mentions.search(data) and (tree := _parsed(data)):
                yield _Importer(path, tree)

    def _files(self) -> Iterator[str]:
        """Yield the Python files of the projects that the modules belong to, ignored ones too."""
        from lint_rules.discovery.ignoring import IgnoreRules
        from lint_rules.discovery.surroundings import Surroundings
        from lint_rules.discovery.walk import Walk

        sources = self._linted.sources
        here = self._linted.discovery.here
        walk = Walk(
            sources, Surroundings(sources, ()), IgnoreRules(here, ()), respect_gitignore=False
        )
        for start in sorted(self._starts()):
            for directory, names in walk.directories(start):
                yield from (path_text.join(directory, name) for name in names)

    def _starts(self) -> set[str]:
        starts: set[str] = set()
        for project in self._linted.discovery.projects:
            places = (project.root,) if project.bundle else (project.root, *project.search)
            texts = [str(place) for place in places]
            if any(path_text.is_below(path, t) for path in self._modules.values() for t in texts):
                starts.update(texts)
        return starts

    def _all_words(self, path: str) -> set[str]:
        data = self._linted.sources.peek(path)
        return {word.decode("latin-1") for word in _WORD.findall(data)}


class _Names(Collection[str]):
    """The names taken from one module, which cost nothing until somebody looks."""

    def __init__(self, taken: TakenNames, path: str) -> None:
        self._taken = taken
        self._path = path

    @property
    def _names(self) -> frozenset[str]:
        return self._taken.found.get(self._path, frozenset())

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True, slots=True)
class _Importer:
    """A module that may import others."""

    path: str
    tree: ast.Module

    def taken(self, modules: Collection[str]) -> Iterator[tuple[str, str | None]]:
        """Yield module and name for what is taken from some modules; no name stands for all."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    for module in _meant(_tail(alias.name), modules):
                        yield from ((module, name) for name in self._attributes())
            elif isinstance(node, ast.ImportFrom):
                yield from self._taken_from(node, modules)

    def _taken_from(
        self, node: ast.ImportFrom, modules: Collection[str]
    ) -> Iterator[tuple[str, str | None]]:
        base = self._base(node)
        for alias in node.names:
            for module in _meant(base, modules):
                yield module, None if alias.name == "*" else alias.name
            for module in _meant(path_text.join(base, alias.name), modules):
                yield from ((module, name) for name in self._attributes())

    def _base(self, node: ast.ImportFrom) -> str:
        """Return the path of the module imported from; an absolute name gives only its end."""
        if not node.level:
            return _tail(node.module or "")
        directory = self.path
        for _ in range(node.level):
            directory = path_text.parent(directory)
        return directory + _tail(node.module) if node.module else directory

    def _attributes(self) -> set[str]:
        return {node.attr for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)}


def _module(path: str) -> str:
    """Return a module's path as imports spell it: without its ending, a package its directory."""
    return path.removesuffix(".py").removesuffix(_PACKAGE)


def _tail(name: str) -> str:
    return path_text.join("", path_text.together(name.split(".")))


def _meant(end: str, modules: Collection[str]) -> Iterator[str]:
    return (module for module in modules if module.endswith(end))


def _mentions(names: Iterable[str]) -> re.Pattern[bytes]:
    """Return what finds an import that may be of a module with one of these names."""
    either = "|".join(map(re.escape, sorted(names)))
    statement = rf"^[ \t]*(?:from|import)\b[^\n]*?(?:[(\\][^)]*?)?\b(?:{either})\b"
    of_package = r"^[ \t]*from[ \t.]+import\b"
    return re.compile(f"{statement}|{of_package}".encode(), re.MULTILINE)


def _parsed(data: bytes) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(data)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            # What Python cannot read imports nothing.
            return None
