"""Results of earlier runs: one per project, good while nothing it depends on has changed."""

from __future__ import annotations

import json

from lint_rules.analysis.analysis import Analysis
from lint_rules.analysis.stored import DamagedAnalysisError, from_json, to_json
from lint_rules.caching.cache import CacheDirectory, ResultCache, digest
from lint_rules.caching.tool_version import fingerprint
from lint_rules.config.settings import Settings
from lint_rules.discovery.project import Project
from lint_rules.files.layout import Layout
from lint_rules.files.sources import Sources


class KnownResults:
    """Gives the analysis of a project without looking into its files beyond their digests."""

    def __init__(self, directory: CacheDirectory, settings: Settings, sources: Sources) -> None:
        self._cache = ResultCache(directory)
        self._sources = sources
        self._basis = json.dumps([fingerprint(), settings.pure_packages])
        self._digests: dict[str, str | None] = {}

    def get(self, project: Project) -> Analysis | None:
        """Return what is known of a project; None when that is nothing, or out of date."""
        text = self._cache.get(self._key(project))
        if text is None:
            return None
        try:
            analysis = from_json(text)
        except DamagedAnalysisError:
            return None
        return analysis if self._still_holds(project, analysis) else None

    def put(self, project: Project, analysis: Analysis) -> None:
        """Remember an analysis."""
        self._cache.put(self._key(project), to_json(analysis))

    def _key(self, project: Project) -> str:
        parts = [str(project.root), project.bundle]
        lists = (project.entries, project.search, project.members)
        return digest(
            json.dumps([self._basis, *parts, *[[*map(str, each)] for each in lists]]).encode()
        )

    def _still_holds(self, project: Project, analysis: Analysis) -> bool:
        if any(self._digest(path) != found for path, found in analysis.files):
            return False
        layout = Layout(project, self._sources)
        for name, path, found in analysis.dependencies:
            location = layout.locate(name) if not name.startswith("<") else None
            if name.startswith("<"):
                # A file no import can reach; its digest is among the files.
                continue
            if (None if location is None else str(location.path)) != path:
                return False
            if found is not None and path is not None and self._digest(path) != found:
                return False
        return True

    def _digest(self, path: str) -> str | None:
        if path not in self._digests:
            try:
                self._digests[path] = digest(self._sources.read(path))
            except OSError:
                self._digests[path] = None
        return self._digests[path]
