"""The modules of one project: located, read, parsed or taken from the cache, and remembered."""

from __future__ import annotations

import re
from array import array
from pathlib import Path
from typing import Protocol

from lint_rules.analysis.analysis import Dependency
from lint_rules.analysis.outline import Outline, outline
from lint_rules.caching.cache import digest
from lint_rules.facts import ModuleFacts, ParseProblem
from lint_rules.facts.records import Block, Scope, Span
from lint_rules.files.layout import Layout
from lint_rules.files.sources import Sources
from lint_rules.program import Module

ACTIVITY = re.compile(rb"\bactivity\b.*\bdefn\b|\bdefn\b.*\bactivity\b", re.DOTALL)
"""What every module with an activity of its own has in it."""


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
        self._outlines: dict[str, Outline] = {}
        self._looks: dict[str, Outline] = {}
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

    def activities(self, name: str) -> frozenset[str]:
        """Return the activities of a module that can be told without parsing it."""
        return self.outline(name).activities

    def outline(self, name: str) -> Outline:
        """Return the outline of a module; an empty one where a look is not worth it."""
        if name not in self._outlines:
            self._outlines[name] = self._outline(name)
        return self._outlines[name]

    def _outline(self, name: str) -> Outline:
        location = self._layout.locate(name)
        if location is None or location.is_namespace:
            return Outline()
        path = str(location.path)
        data = self.read(path)
        if data is None or ACTIVITY.search(data) is None:
            return Outline()
        self._asked[name] = (name, path, self.files[path])
        return self.look(path)

    def look(self, path: str) -> Outline:
        """Return the outline of a file; an empty one, and a problem, for what is no Python."""
        if path not in self._looks:
            self._looks[path] = Outline()
            data = self.read(path)
            if data is not None:
                from lint_rules.facts.parsing import parse_cheaply

                tree = parse_cheaply(data)
                if isinstance(tree, ParseProblem):
                    self.problems[path] = tree
                else:
                    self._looks[path] = outline(tree)
        return self._looks[path]

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
        if text not in self._parsed and text not in self.problems:
            self.look(text)

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
