"""The requirements of one bundle, beside what its code imports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lint_rules.files.layout import Layout
from lint_rules.files.project import Project
from lint_rules.files.text_file import TextFile
from lint_rules.program import Program
from lint_rules.requirements.brought import (
    Brought,
    Root,
    brought_by,
    distributions_of,
    imports_of_distribution,
)
from lint_rules.requirements.imports import BundleImports, Imported, imports_of
from lint_rules.requirements.installed import Installed, installed
from lint_rules.requirements.known_distributions import DEVELOPMENT, DEVELOPMENT_PREFIXES
from lint_rules.requirements.naming import normalised
from lint_rules.requirements.ntro_needs import EXTRAS, Need, needs_of
from lint_rules.requirements.options import INCLUDES
from lint_rules.requirements.read import read_requirements_text
from lint_rules.requirements.requirement import Entry, RequirementsText

NTRO = "ntro"


@dataclass(frozen=True, slots=True)
class MissingExtra:
    """An extra of `ntro` that is not asked for, and the first import that needs it."""

    extra: str
    packages: tuple[str, ...]
    need: Need
    imported: Imported


class BundleRequirements:
    """Answers what rules ask; its parts are worked out when asked for."""

    def __init__(self, file: TextFile, project: Project, program: Program, layout: Layout) -> None:
        self.file = file
        self._project = project
        self._program = program
        self._layout = layout

    @property
    def installed(self) -> Installed:
        """What is installed beside the tool."""
        return installed()

    @cached_property
    def text(self) -> RequirementsText:
        """What the file says."""
        return read_requirements_text(self.file.text or "")

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Entry, ...]]:
        """The requirements by name, as all spellings of the name are compared."""
        found: dict[str, list[Entry]] = {}
        for entry in self.text.named:
            found.setdefault(entry.key or "", []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    @property
    def ntro(self) -> Entry | None:
        """The line that asks for the SDK."""
        return next(iter(self.by_key.get(NTRO, ())), None)

    @cached_property
    def is_whole(self) -> bool:
        """Whether it is known which distributions the file asks for."""
        for entry in self.text.entries:
            if entry.kind in ("unreadable", "variable"):
                return False
            if entry.kind == "location" and entry.key is None:
                return False
            if any(option.name in INCLUDES for option in entry.options):
                return False
        return True

    @cached_property
    def imports(self) -> BundleImports:
        """What the bundle's code imports from elsewhere."""
        return imports_of(self._project, self._program, self._layout)

    @cached_property
    def uses_ntro(self) -> bool:
        """Whether the code imports the SDK."""
        return any(found.top == NTRO and found.happens for found in self.imports.found)

    @cached_property
    def brought(self) -> Brought:
        """What gets installed; without a line for `ntro`, as if it were there with all extras."""
        return brought_by(self._roots, self.installed)

    @cached_property
    def _roots(self) -> tuple[Root, ...]:
        named = [
            (key, frozenset(normalised(extra.text) for entry in entries for extra in entry.extras))
            for key, entries in self.by_key.items()
        ]
        located = [
            (entry.key, frozenset[str]())
            for entry in self.text.of_kind("location")
            if entry.key is not None
        ]
        absent = [] if self.ntro is not None else [(NTRO, frozenset(EXTRAS) - {"dev"})]
        return (*named, *located, *absent)

    def brought_without(self, key: str) -> Brought:
        """Return what gets installed for all the other lines."""
        return brought_by((root for root in self._roots if root[0] != key), self.installed)

    @cached_property
    def missing_extras(self) -> tuple[MissingExtra, ...]:
        """The extras of `ntro` that imports of the SDK need and no line brings."""
        if not self.is_whole or self.ntro is None:
            return ()
        found: dict[str, MissingExtra] = {}
        for imported in self.imports.found:
            if imported.top != NTRO or not imported.happens:
                continue
            for need in needs_of(imported.name):
                missing = tuple(p for p in need.packages if p not in self.brought.keys)
                if missing and need.extra not in found:
                    found[need.extra] = MissingExtra(need.extra, missing, need, imported)
        if "workflow" in found:
            # It brings what the other one would.
            found.pop("testing", None)
        return tuple(found[extra] for extra in sorted(found))

    def may_bring(self, imported: Imported) -> bool:
        """Tell whether what an import names gets installed, or may be."""
        if self.brought.unknown or self._has_strangers:
            return True
        possible = distributions_of(imported.name, self.installed)
        return possible is None or not possible.isdisjoint(self.brought.keys)

    @cached_property
    def _has_strangers(self) -> bool:
        """Whether it is not known by which names something can be imported that a line asks for."""
        return any(imports_of_distribution(key, self.installed) is None for key, _ in self._roots)

    def is_imported(self, key: str) -> bool | None:
        """Tell whether the code imports a distribution; None when its names are not known."""
        names = imports_of_distribution(key, self.installed)
        if names is None:
            return None
        return any(
            found.name == name or found.name.startswith(f"{name}.")
            for found in self.imports.found
            for name in names
        )

    @cached_property
    def _in_production(self) -> Brought:
        """What gets installed for the lines that are not for development."""
        roots = (root for root in self._roots if not _serves_development(root[0]))
        return brought_by(roots, self.installed)

    def is_development(self, key: str) -> bool:
        """Tell whether a distribution serves development, and nothing in production needs it."""
        if not _serves_development(key) or key in self._in_production.keys:
            return False
        names = imports_of_distribution(key, self.installed) or {key.replace("-", "_")}
        return not any(found.happens and found.top in names for found in self.imports.found)


def _serves_development(key: str) -> bool:
    return key in DEVELOPMENT or key.startswith(DEVELOPMENT_PREFIXES)
