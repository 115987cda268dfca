"""Results of earlier runs: one per project, good while nothing it depends on has changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from lint_rules.analysis.analysis import Analysis
from lint_rules.analysis.stored import DamagedAnalysisError, from_json, to_json
from lint_rules.caching.cache import CacheDirectory, ResultCache
from lint_rules.caching.tool_version import fingerprint
from lint_rules.config.settings import Settings
from lint_rules.files.digests import digest, names_digest
from lint_rules.files.layout import Layout
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from lint_rules.requirements.site_directories import state
from lint_rules.sdk.chosen import fingerprint as sdk_fingerprint


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept about a project; no analysis when it is out of date."""

    analysis: Analysis | None


class KnownResults:
    """Gives the analysis of a project without looking into its files beyond their digests."""

    def __init__(self, directory: CacheDirectory, settings: Settings, sources: Sources) -> None:
        self._cache = ResultCache(directory)
        self._sources = sources
        basis = [fingerprint(), sdk_fingerprint(), state(), settings.pure_packages]
        self._basis = json.dumps(basis)
        self._digests: dict[str, str | None] = {}

    def get(self, project: Project) -> Known | None:
        """Return what is known of a project; None when nothing ever was."""
        text = self._cache.get(self._key(project))
        if text is None:
            return None
        shape, _, written = text.partition("\n")
        try:
            analysis = from_json(written)
        except DamagedAnalysisError:
            return None
        holds = shape == _shape(project) and self._still_holds(project, analysis)
        return Known(analysis if holds else None)

    def put(self, project: Project, analysis: Analysis) -> None:
        """Remember an analysis."""
        self._cache.put(self._key(project), f"{_shape(project)}\n{to_json(analysis)}")

    def _key(self, project: Project) -> str:
        around = "\n".join(map(str, project.neighbours))
        return digest(f"{self._basis} {project.root} {project.bundle} {around}".encode())

    def _still_holds(self, project: Project, analysis: Analysis) -> bool:
        read = (*analysis.files, *analysis.looked_at)
        if any(self._digest(path) != found for path, found in read):
            return False
        if any(self._names(path) != found for path, found in analysis.contents):
            return False
        if any(self._listed(path) != found for path, found in analysis.listings):
            return False
        layout = Layout(project, self._sources)
        for name, path, found in analysis.dependencies:
            if name.startswith("<") and path is not None:
                # A file that no import could reach; its digest is among the files.
                if layout.name_of(Path(path)) != name:
                    return False
                continue
            location = layout.locate(name)
            if path is not None and found is None and not (location and location.is_namespace):
                # It could not be read then; perhaps it can be now.
                return False
            if (None if location is None else str(location.path)) != path:
                return False
            if found is not None and path is not None and self._digest(path) != found:
                return False
        return True

    def _listed(self, directory: str) -> str:
        return digest("\n".join(self._sources.python_files(directory)).encode())

    def _names(self, directory: str) -> str:
        return names_digest(self._sources.contents(directory))

    def _digest(self, path: str) -> str | None:
        if path not in self._digests:
            try:
                self._digests[path] = digest(self._sources.read(path))
            except OSError:
                self._digests[path] = None
        return self._digests[path]


def _shape(project: Project) -> str:
    """Return which files a project has, as a digest."""
    lists = (project.entries, project.search, project.members)
    return digest(json.dumps([[*map(str, each)] for each in lists]).encode())
