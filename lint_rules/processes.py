"""Analyses many projects: here, or in as many processes as there are cores when that pays."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence

from lint_rules.analysis.analysis import Analysis
from lint_rules.analysis.stored import from_json, to_json
from lint_rules.caching.cache import CacheDirectory, FactsCache
from lint_rules.config.settings import Settings
from lint_rules.discovery.project import Project
from lint_rules.files.sources import Sources

PAYS_FROM = 200_000
"""Bytes of source from which a second process gains more than it costs to start (0.05 s)."""

_COLLECT_EVERY = 20
"""Projects after which what the analysis left in circles is let go."""


def analyse_all(
    projects: Sequence[Project],
    settings: Settings,
    sources: Sources,
    directory: CacheDirectory | None,
    jobs: int | None,
) -> Iterator[tuple[int, Analysis]]:
    """Yield the analysis of each project with its place, as they come."""
    if not projects:
        return
    sizes = [_size(project, sources) for project in projects]
    wanted = min(jobs or cores(), len(projects))
    if wanted > 1 and (jobs is not None or sum(sizes) >= PAYS_FROM):
        yield from _in_processes(projects, sizes, settings, sources, directory, wanted)
        return
    worker = _Worker(settings, sources, directory)
    for place, project in enumerate(projects):
        yield place, worker.analyse(project)
    gc.enable()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(project: Project, sources: Sources) -> int:
    """Return about how much there is to read; a loose project reaches more than its entries."""
    total = 0
    for path in {*project.members, *project.entries}:
        try:
            total += len(sources.read(path))
        except OSError:
            # It is reported when it is analysed.
            continue
    return total if project.members else total * 4


class _Worker:
    """What one process needs for all its projects."""

    def __init__(
        self, settings: Settings, sources: Sources, directory: CacheDirectory | None
    ) -> None:
        from lint_rules.hazards import load
        from lint_rules.workflow_code.classify import Classifier

        self._classifier = Classifier(load(), settings.pure_packages)
        self._sources = sources
        self._store = FactsCache(directory) if directory else None
        self._done = 0
        # Trees are let go at once and hold no circles; looking for some costs a seventh of it.
        gc.disable()

    def analyse(self, project: Project) -> Analysis:
        """Analyse one project."""
        from lint_rules.analysis.analyse import analyse

        self._done += 1
        if self._done % _COLLECT_EVERY == 0:
            gc.collect()
        return analyse(project, self._sources, self._classifier, store=self._store)


def _in_processes(
    projects: Sequence[Project],
    sizes: list[int],
    settings: Settings,
    sources: Sources,
    directory: CacheDirectory | None,
    wanted: int,
) -> Iterator[tuple[int, Analysis]]:
    # What every process needs is imported before it is copied.
    import lint_rules.analysis.analyse
    import lint_rules.facts.collect  # noqa: F401

    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    order = sorted(range(len(projects)), key=lambda place: -sizes[place])
    gc.freeze()
    with context.Pool(wanted, _start, (projects, settings, sources, directory)) as pool:
        chunk = max(1, min(8, len(order) // (wanted * 8)))
        for place, text in pool.imap_unordered(_analyse_one, order, chunksize=chunk):
            yield place, from_json(text)
    gc.unfreeze()


_given: tuple[Sequence[Project], _Worker] | None = None


def _start(
    projects: Sequence[Project],
    settings: Settings,
    sources: Sources,
    directory: CacheDirectory | None,
) -> None:
    """Begin a worker process; Ctrl-C is the business of the one that started it."""
    global _given
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _given = (projects, _Worker(settings, sources, directory))


def _analyse_one(place: int) -> tuple[int, str]:
    assert _given is not None, "the process was started by _start"
    projects, worker = _given
    return place, to_json(worker.analyse(projects[place]))
