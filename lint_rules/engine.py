"""Lints paths: finds the projects, takes each from the cache or analyses it, and makes the report.

report = lint([Path("runbooks")])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lint_rules.analysis.analysis import Analysis
from lint_rules.assembly import assemble
from lint_rules.caching.cache import CacheDirectory
from lint_rules.caching.known_results import KnownResults
from lint_rules.config.settings import Settings
from lint_rules.discovery.discover import Discovery, discover
from lint_rules.files.sources import Sources
from lint_rules.finding import Report
from lint_rules.processes import Work, analyse_all

Progress = Callable[[int, int], None]
"""Told how many projects of how many are done."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run goes, apart from what it judges.

    `jobs` None takes all cores, where it pays. `cache` None keeps nothing. `overlay` has bytes that
    stand for files' contents. `warn` is told what else went wrong, a line each.
    """

    jobs: int | None = None
    cache: Path | None = None
    overlay: Mapping[Path, bytes] = field(default_factory=dict)
    warn: Callable[[str], None] = field(default=lambda _line: None)
    progress: Progress = field(default=lambda _done, _all: None)


@dataclass(frozen=True, slots=True)
class Linted:
    """The report, with what later steps of a run need: what was found, and the files' texts."""

    report: Report
    discovery: Discovery
    sources: Sources


def lint(
    paths: Sequence[Path | str],
    settings: Settings | None = None,
    *,
    jobs: int | None = None,
    cache: Path | None = None,
) -> Report:
    """Lint files and directories and return the report; nothing of them is imported or run.

    Raises `UnknownPathError` for a path that does not exist and `BaselineError` for a baseline that
    cannot be read.
    """
    chosen = settings or Settings(Path.cwd())
    return run([Path(path) for path in paths], chosen, Run(jobs=jobs, cache=cache)).report


def run(paths: Sequence[Path], settings: Settings, how: Run) -> Linted:
    """Lint, and keep what fixes and baselines need afterwards."""
    sources = Sources(how.overlay)
    discovery = discover(paths, settings, sources)
    analyses = _analyses(discovery, settings, sources, how)
    report = assemble(discovery, analyses, settings, sources)
    return Linted(report, discovery, sources)


def _analyses(
    discovery: Discovery, settings: Settings, sources: Sources, how: Run
) -> list[Analysis]:
    """Return the analysis of each project, in order."""
    keeps = how.cache is not None and not how.overlay
    directory = CacheDirectory(how.cache, how.warn) if keeps and how.cache else None
    known = KnownResults(directory, settings, sources) if directory else None
    looked_up = [known.get(project) if known else None for project in discovery.projects]
    found = {n: each.analysis for n, each in enumerate(looked_up) if each and each.analysis}
    missing = [n for n in range(len(looked_up)) if n not in found]
    edited = frozenset(place for place, n in enumerate(missing) if looked_up[n] is not None)
    projects = [discovery.projects[n] for n in missing]
    work = Work(projects, settings, how.overlay, how.cache, edited)
    done = len(found)
    for place, analysis in analyse_all(work, sources, how.jobs, how.warn):
        number = missing[place]
        found[number] = analysis
        if known is not None:
            known.put(discovery.projects[number], analysis)
        done += 1
        how.progress(done, len(discovery.projects))
    return [found[number] for number in range(len(discovery.projects))]
