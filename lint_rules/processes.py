"""Analyses many projects: here, or in as many processes as there are cores when that pays."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lint_rules.analysis.analysis import Analysis
from lint_rules.analysis.stored import from_json, to_json
from lint_rules.caching.cache import CacheDirectory, FactsCache
from lint_rules.caching.recent_facts import RecentFacts
from lint_rules.config.settings import Settings
from lint_rules.files.project import Project
from lint_rules.files.sources import Sources
from lint_rules.worker_pool import cores, worker_pool

PAYS_FROM = 200_000
"""Bytes of source from which a second process gains more than it costs to start (0.05 s)."""

_COLLECT_AFTER = 2_000_000
"""Bytes of source after which what the analysis left in circles is let go."""


@dataclass(frozen=True, slots=True)
class Work:
    """What every process needs to know; it goes to processes as it is.

    `edited` are the places of projects that were known and have changed: whoever edits one will do
    so again, and has its facts kept. On a first run writing them would cost more than it saves.
    """

    projects: Sequence[Project]
    settings: Settings
    overlay: Mapping[Path, bytes]
    cache: Path | None
    edited: frozenset[int] = frozenset()


def analyse_all(
    work: Work, sources: Sources, jobs: int | None, warn: Callable[[str], None]
) -> Iterator[tuple[int, Analysis]]:
    """Yield the analysis of each project with its place, as they come."""
    if not work.projects:
        return
    sizes = [_size(project, sources) for project in work.projects]
    wanted = min(jobs or cores(), len(work.projects))
    if wanted > 1 and (jobs is not None or sum(sizes) >= PAYS_FROM):
        yield from _in_processes(work, sizes, wanted, warn)
        return
    worker = _Worker(work, sources, warn)
    with _no_garbage_collection():
        for place in range(len(work.projects)):
            yield place, worker.analyse(place)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Trees are let go at once and hold no circles; to look for some takes a seventh of it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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
    """Analyses the projects of one process."""

    def __init__(self, work: Work, sources: Sources, warn: Callable[[str], None]) -> None:
        from lint_rules.hazards import load
        from lint_rules.workflow_code.classify import Classifier

        self._work = work
        self._sources = sources
        self._classifier = Classifier(load(), work.settings.pure_packages)
        directory = CacheDirectory(work.cache, warn) if work.cache else None
        self._kept = FactsCache(directory) if directory else None
        self._recent = RecentFacts(FactsCache(directory, writes=False) if directory else None)
        self._uncollected = 0

    def analyse(self, place: int) -> Analysis:
        """Analyse one project."""
        from lint_rules.analysis.analyse import analyse

        project = self._work.projects[place]
        if self._uncollected > _COLLECT_AFTER:
            gc.collect()
            self._uncollected = 0
        self._uncollected += _size(project, self._sources)
        kept = self._kept if place in self._work.edited else None
        return analyse(project, self._sources, self._classifier, store=kept or self._recent)


def _in_processes(
    work: Work, sizes: list[int], wanted: int, warn: Callable[[str], None]
) -> Iterator[tuple[int, Analysis]]:
    # What every process needs is imported before it is copied.
    import lint_rules.analysis.analyse
    import lint_rules.facts.collect  # noqa: F401

    order = sorted(range(len(sizes)), key=lambda place: -sizes[place])
    size = max(1, min(8, len(order) // (wanted * 8)))
    chunks = [order[start : start + size] for start in range(0, len(order), size)]
    told: set[str] = set()
    with worker_pool(wanted, _start, (work,), doing="analysed modules") as pool:
        for done in as_completed([pool.submit(_analyse_chunk, chunk) for chunk in chunks]):
            for place, text, warnings in done.result():
                for line in warnings:
                    # Every process says it of another entry.
                    kind = line.partition(",")[0]
                    if kind not in told:
                        told.add(kind)
                        warn(line)
                yield place, from_json(text)


_worker: _Worker | None = None
_warnings: list[str] = []


def _start(work: Work) -> None:
    """Begin a worker process; Ctrl-C is the business of the one that started it."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    _worker = _Worker(work, Sources(work.overlay), _warnings.append)


def _analyse_chunk(places: list[int]) -> list[tuple[int, str, tuple[str, ...]]]:
    return [_analyse_one(place) for place in places]


def _analyse_one(place: int) -> tuple[int, str, tuple[str, ...]]:
    assert _worker is not None, "the process was started by _start"
    text = to_json(_worker.analyse(place))
    warnings = tuple(_warnings)
    _warnings.clear()
    return place, text, warnings
