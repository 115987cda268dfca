"""Dotted names to files and back, from directory listings alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lint_rules.files import path_text
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources

_NEVER_OURS = sys.stdlib_module_names | {"ntro", "temporalio"}
_INITIAL = "__init__.py"
_ENOUGH = 200
"""Directories looked into before a directory counts as one without Python files."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a module lies; the path of a namespace package is a directory."""

    path: Path
    is_package: bool = False
    is_namespace: bool = False


class Layout:
    """Dotted names to files of a project, and back."""

    def __init__(self, project: Project, sources: Sources) -> None:
        self._search = tuple(str(directory) for directory in project.search)
        self._own = frozenset(_top_packages(project))
        self._sources = sources
        self._known: dict[str, Location | None] = {}
        self._names: dict[str, str] = {}

    def locate(self, module_name: str) -> Location | None:
        """Return where a module of the project lies; None when it is not one of the project's."""
        if module_name not in self._known:
            self._known[module_name] = self._locate(module_name)
        return self._known[module_name]

    def name_of(self, path: Path) -> str:
        """Return the one name of a file, by which `locate` finds it.

        A file that no import can reach, such as one called like a module of the standard library,
        has a name in angle brackets.
        """
        text = str(path)
        if text not in self._names:
            self._names[text] = self._importable_name(path) or self._made_up_name(path)
        return self._names[text]

    def _locate(self, name: str) -> Location | None:
        parts = name.split(".")
        if parts[0] in _NEVER_OURS and parts[0] not in self._own:
            return None
        # Guessed search paths are no `sys.path`: the better reading wins over the earlier place.
        for only_packages in (True, False):
            for base in self._search:
                if found := self._file(base, parts, only_packages):
                    return found
        for base in self._search:
            directory = self._directory(base, parts, only_packages=False)
            if directory and self._leads_to_python(directory):
                return Location(Path(directory), is_package=True, is_namespace=True)
        return None

    def _file(self, base: str, parts: list[str], only_packages: bool) -> Location | None:
        directory = self._directory(base, parts[:-1], only_packages)
        if directory is None:
            return None
        package = self._directory(directory, parts[-1:], only_packages=True)
        if package is not None:
            return Location(Path(package, _INITIAL), is_package=True)
        if f"{parts[-1]}.py" in self._sources.contents(directory).files:
            return Location(Path(directory, f"{parts[-1]}.py"))
        return None

    def _directory(self, base: str, parts: list[str], only_packages: bool) -> str | None:
        for part in parts:
            if part not in self._sources.contents(base).directories:
                return None
            base = path_text.join(base, part)
            if only_packages and _INITIAL not in self._sources.contents(base).files:
                return None
        return base

    def _leads_to_python(self, directory: str) -> bool:
        return any(
            name.endswith(".py")
            for inside in self._inside(directory)
            for name in self._sources.contents(inside).files
        )

    def _inside(self, directory: str) -> Iterator[str]:
        pending = [directory]
        for _ in range(_ENOUGH):
            if not pending:
                return
            inside = pending.pop()
            yield inside
            found = self._sources.contents(inside)
            deeper = found.directories - found.links
            pending += [
                path_text.join(inside, name) for name in sorted(deeper) if name.isidentifier()
            ]

    def _importable_name(self, path: Path) -> str | None:
        for base in self._search:
            if path.suffix == ".py" and path.is_relative_to(base):
                parts = path.relative_to(base).with_suffix("").parts
                name = ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)
                found = self.locate(name)
                if found is not None and found.path == path:
                    return name
        return None

    def _made_up_name(self, path: Path) -> str:
        stem = path.stem.replace(".", "_")
        name, number = f"<{stem}>", 1
        while name in self._known:
            number += 1
            name = f"<{stem} {number}>"
        self._known[name] = Location(path)
        return name


def _top_packages(project: Project) -> Iterator[str]:
    """Yield the packages that a project's own workflows lie in, whatever else has their names."""
    for entry in project.entries:
        if entry.is_relative_to(project.root):
            parts = entry.relative_to(project.root).parts
            if len(parts) > 1:
                yield parts[0]
