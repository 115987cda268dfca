"""The modules of one project: located, read, parsed or taken from the cache, and remembered."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Protocol

from lint_rules.analysis.analysis import Dependency
from lint_rules.facts import ModuleFacts, ParseProblem
from lint_rules.facts.records import Block, Scope, Span
from lint_rules.files.digests import digest
from lint_rules.files.layout import Layout
from lint_rules.files.sources import Sources
from lint_rules.program import Module


class FactsStore(Protocol):
    """Where facts are kept between runs."""

    def get(self, text_digest: str) -> ModuleFacts | ParseProblem | None:
        """Return what is known of a text."""

    def put(self, text_digest: str, facts: ModuleFacts | ParseProblem) -> None:
        """Remember the facts of a text."""


class Loading:
    """Loads modules for a program, and notes everything it was asked for."""

    def __init__(self, layout: Layout, sources: Sources, store: FactsStore | None) -> None:
        self._layout = layout
        self._sources = sources
        self._store = store
        self._asked: dict[str, Dependency] = {}
        self._parsed: set[str] = set()
        self.files: dict[str, str] = {}
        self.problems: dict[str, ParseProblem] = {}

    @property
    def dependencies(self) -> tuple[Dependency, ...]:
        """Everything that was looked up."""
        return tuple(self._asked.values())

    def load(self, name: str) -> Module | None:
        """Return a module of the project; None when it is none, or cannot be read."""
        location = self._layout.locate(name)
        if location is None:
            self._asked[name] = (name, None, None)
            return None
        path = str(location.path)
        if location.is_namespace:
            self._asked[name] = (name, path, None)
            return Module(name, path, True, _EMPTY)
        data = self.read(path)
        self._asked[name] = (name, path, self.files.get(path))
        if data is None:
            return None
        facts = self._facts(self.files[path], data)
        self._parsed.add(path)
        if isinstance(facts, ParseProblem):
            self.problems[path] = facts
            return None
        return Module(name, path, location.is_package, facts)

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file of the project; None, and a problem, when it has none."""
        try:
            data = self._sources.read(path)
        except OSError as error:
            reason = error.strerror or str(error)
            self.problems[path] = ParseProblem(1, 1, f"cannot be read: {reason}")
            return None
        if path not in self.files:
            self.files[path] = digest(data)
        return data

    def look_at(self, path: Path) -> None:
        """Note a file that counts though nothing reaches it; its text must at least parse."""
        text = str(path)
        if text in self._parsed or text in self.problems:
            return
        data = self.read(text)
        if data is not None:
            from lint_rules.facts.parsing import parse_cheaply

            tree = parse_cheaply(data)
            if isinstance(tree, ParseProblem):
                self.problems[text] = tree

    def _facts(self, text_digest: str, data: bytes) -> ModuleFacts | ParseProblem:
        known = self._store.get(text_digest) if self._store else None
        if known is not None:
            return known
        from lint_rules.facts.collect import collect

        facts = collect(data)
        if self._store is not None:
            self._store.put(text_digest, facts)
        return facts


_EMPTY = ModuleFacts(
    expressions=(),
    spans=array("l"),
    blocks_of=array("l"),
    scopes=(Scope(0, "module", "", None, None),),
    blocks=(Block(0, None, 0, "body", None, None, False, Span(1, 1, 1, 1)),),
    bindings=(),
    writes=(),
    declarations=(),
    imports=(),
    functions=(),
    classes=(),
    leaves=(),
    tries=(),
    discarded=frozenset(),
    exports=None,
    exports_are_partial=False,
)
"""What a namespace package says: nothing."""
