"""Gathers bundles and loose workflow modules from files and walks, and makes projects of them.

Every Python file's bytes are looked at once, for a word that every workflow class needs; only the
bytes that matter later are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from lint_rules.discovery.ignoring import IgnoreRules
from lint_rules.discovery.surroundings import TEMPLATES, WORKFLOW, Surroundings
from lint_rules.discovery.walk import FileProblem, Walk
from lint_rules.files import path_text
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources

_DEFINITION = re.compile(rb"(?<!activity\.)\bdefn\b")
_PYTHON_SCRIPT = re.compile(rb"#![^\n]*python")
_WORKFLOW_FILE = path_text.join(TEMPLATES, WORKFLOW)
_MEMBERS = (path_text.prefix(TEMPLATES), path_text.prefix("subledgers"))
_TESTS = "tests"


class Settings(Protocol):
    """What discovery needs to be told; `exclude` is about paths below `root`."""

    @property
    def root(self) -> Path:
        """The directory of the configuration."""

    @property
    def exclude(self) -> Sequence[str]:
        """Patterns of what is left out, written as in `.gitignore`."""

    @property
    def respect_gitignore(self) -> bool:
        """Whether git's ignored files are left out."""

    @property
    def src(self) -> Sequence[str]:
        """Directories of a repository where dotted names may start."""


@dataclass(slots=True)
class _Bundle:
    entries: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)


def looks_like_workflow(data: bytes) -> bool:
    """Tell whether a module may define a workflow class; activities alone do not count."""
    return b"defn" in data and _DEFINITION.search(data) is not None


class Gathering:
    """What a run has found so far."""

    def __init__(self, settings: Settings, sources: Sources) -> None:
        self._sources = sources
        self._surroundings = Surroundings(sources, settings.src)
        exclude = IgnoreRules(path_text.absolute(settings.root), settings.exclude)
        self._walk = Walk(
            sources,
            self._surroundings,
            exclude,
            respect_gitignore=settings.respect_gitignore,
        )
        self._bundles: dict[str, _Bundle] = {}
        self._loose: dict[str, set[str]] = {}
        self._starts: set[str] = set()
        self._looked: set[str] = set()

    @property
    def files(self) -> int:
        """How many Python files were looked at."""
        return len(self._looked)

    @property
    def problems(self) -> list[FileProblem]:
        """What could not be read."""
        return self._walk.problems

    def add(self, directories: Iterable[str], files: Iterable[str]) -> None:
        """Gather from directories and files that were given."""
        starts = self._starts
        starts.update(directories)
        for path in files:
            starts.update(self._given_file(path))
        starts.update(filter(None, map(self._surroundings.bundle, tuple(starts))))
        # What is given inside another start is not left out by that one's rules.
        for start in sorted(starts, key=lambda start: (-start.count(path_text.SEPARATOR), start)):
            for directory, names in self._walk.directories(start):
                self._directory(directory, names)

    def projects(self) -> tuple[Project, ...]:
        """Return what is analysed together, by path."""
        apart = len({path_text.parent(root) for root in self._bundles}) > 1
        neighbours = _paths(self._bundles) if apart else ()
        bundles = [
            self._bundle_project(root, found, neighbours) for root, found in self._bundles.items()
        ]
        loose = [self._loose_project(root, found) for root, found in self._loose.items()]
        return tuple(sorted(bundles + loose, key=lambda project: str(project.root)))

    def note(self, path: str, error: OSError) -> None:
        """Note that something cannot be read."""
        self._walk.note(path, error)

    def _given_file(self, path: str) -> set[str]:
        """Look at a file that was given; return where else to look because of it."""
        directory = path_text.parent(path)
        bundle = self._surroundings.bundle(directory)
        if bundle is not None:
            if path.endswith(".py"):
                self._look_in_bundle(path, bundle)
            return {bundle}
        if not path.endswith(".py") and not self._is_script(path):
            return set()
        if self._look_at_loose(path) is not False:
            return set()
        around = self._surroundings.repository(directory) or self._package(path)
        if around is not None:
            return {around}
        for name in sorted(self._sources.contents(directory).files):
            if name.endswith(".py"):
                self._look_at_loose(path_text.join(directory, name))
        return set()

    def _is_script(self, path: str) -> bool:
        data = self._peek(path)
        return data is not None and _PYTHON_SCRIPT.match(data) is not None

    def _package(self, path: str) -> str | None:
        root = self._surroundings.source_root(path, b"")
        names = path_text.parts(path_text.below(path, root))
        return path_text.join(root, names[0]) if len(names) > 1 else None

    def _directory(self, directory: str, names: list[str]) -> None:
        bundle = self._surroundings.bundle(directory)
        prefix = path_text.prefix(directory)
        if bundle is None:
            for name in names:
                self._look_at_loose(prefix + name)
            return
        if bundle == directory:
            self._bundles.setdefault(bundle, _Bundle())
        if not path_text.is_below(directory, path_text.join(bundle, _TESTS)):
            for name in names:
                self._look_in_bundle(prefix + name, bundle)

    def _look_in_bundle(self, path: str, bundle: str) -> None:
        data = self._look(path)
        if data is None:
            return
        found = self._bundles.setdefault(bundle, _Bundle())
        inside = path_text.below(path, bundle)
        if inside == _WORKFLOW_FILE or looks_like_workflow(data):
            found.entries.add(path)
        elif not inside.startswith(_MEMBERS):
            return
        if inside.startswith(_MEMBERS):
            found.members.add(path)
        self._sources.keep(path, data)

    def _look_at_loose(self, path: str) -> bool | None:
        """Tell whether a file looks like a workflow; None when it was seen or is unreadable."""
        data = self._look(path)
        if data is None:
            return None
        if not looks_like_workflow(data):
            return False
        self._sources.keep(path, data)
        root = self._surroundings.source_root(path, data)
        self._loose.setdefault(root, set()).add(path)
        return True

    def _look(self, path: str) -> bytes | None:
        if path in self._looked:
            return None
        self._looked.add(path)
        return self._peek(path)

    def _peek(self, path: str) -> bytes | None:
        try:
            return self._sources.peek(path)
        except OSError as error:
            self.note(path, error)
            return None

    def _bundle_project(self, root: str, found: _Bundle, neighbours: tuple[Path, ...]) -> Project:
        return Project(
            root=Path(root),
            bundle=path_text.name_of(root).partition("@")[0],
            entries=_paths(found.entries),
            search=_paths(self._surroundings.bundle_search(root), in_order=True),
            members=_paths(found.members),
            neighbours=neighbours,
        )

    def _loose_project(self, root: str, entries: set[str]) -> Project:
        around = (start for start in self._starts if path_text.is_below(root, start))
        top = self._surroundings.repository(root) or min(around, key=len, default=root)
        search = self._surroundings.search(root, top)
        return Project(Path(root), None, _paths(entries), _paths(search, in_order=True))


def _paths(texts: Iterable[str], *, in_order: bool = False) -> tuple[Path, ...]:
    return tuple(map(Path, texts if in_order else sorted(texts)))
