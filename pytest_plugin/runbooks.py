"""Bundles as tests use them: found by path, loaded once per session, with their children.

A bundle is imported once and shared by all tests of the session, because importing it takes longer
than running it; files that changed since are loaded anew. So what a test does to a bundle's module
globals, the next test sees, as with any module; `fresh=True` gives a test modules of its own.
Runs share nothing else: each has its own workflow instance, mocks and clock.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest

from lint_rules.bundle import MANIFEST, Bundle
from ntro_testkit.author_scenarios import SCENARIOS_FILE, available_scenarios
from ntro_testkit.children import StandIn
from ntro_testkit.import_errors import BundleError
from ntro_testkit.loading import LoadedBundle, load_bundle
from ntro_testkit.scenario import Scenario
from ntro_testkit.siblings import find_children

from .options import runbook_paths

Child = type | StandIn | Path | str
"""What may play a child: a workflow class, a stand-in, or the path of a bundle."""


@dataclass(frozen=True, slots=True)
class Runbook:
    """A loaded bundle and what plays its children.

    Attributes:
        bundle: the runbook directory as data: frontmatter, requirements, paths.
        workflow_class: its workflow.
        activities: its activities, decorated functions.
        children: workflow classes and stand-ins.
    """

    bundle: Bundle
    workflow_class: type
    activities: tuple[Any, ...]
    children: tuple[type | StandIn, ...]
    package: str

    @property
    def slug(self) -> str:
        """The slug parents start it by."""
        return self.bundle.slug

    def module(self, name: str) -> ModuleType:
        """Return a module of `templates/`, such as `models`, as the running bundle sees it."""
        return importlib.import_module(f"{self.package}.{name}")


_Stamp = tuple[tuple[str, int, int], ...]
"""Name, time and size of a bundle's files: what changes when it does."""

T = TypeVar("T")


class Runbooks:
    """The bundles of one session."""

    def __init__(self, config: pytest.Config) -> None:
        self._root = config.rootpath
        self._search_paths = runbook_paths(config)
        self._loaded: dict[Path, tuple[_Stamp, LoadedBundle]] = {}
        self._siblings: dict[Path, tuple[_Stamp, list[Path]]] = {}
        self._scenarios: dict[Path, tuple[_Stamp, Mapping[str, Scenario]]] = {}

    def find(self, path: Path | str, test_file: Path) -> Path:
        """Return the directory a test means: relative to the test's file, else to the rootdir.

        Raises `BundleError`.
        """
        tried = list(dict.fromkeys((test_file.parent / path, self._root / path)))
        for candidate in tried:
            if candidate.is_dir():
                return candidate.resolve()
        raise BundleError(f"no bundle `{path}`: neither {' nor '.join(map(str, tried))} is there")

    def load(self, directory: Path, *, fresh: bool = False) -> LoadedBundle:
        """Return a bundle, imported at most once unless its files change or `fresh` is set.

        Raises `BundleError`.
        """
        if fresh:
            return load_bundle(directory)
        return _kept(self._loaded, directory, load_bundle)

    def siblings(self, directory: Path) -> list[Path]:
        """Return the bundles that play a bundle's children when nobody says who does."""
        return _kept(
            self._siblings, directory, lambda found: find_children(found, self._search_paths)
        )

    def scenarios(self, directory: Path) -> Mapping[str, Scenario]:
        """Return the built-in scenarios and the author's by name. Raises `BundleError`."""
        return _kept(self._scenarios, directory, available_scenarios)

    def get(
        self,
        directory: Path,
        children: Sequence[Child] | None,
        test_file: Path,
        *,
        fresh: bool = False,
    ) -> Runbook:
        """Return a bundle with its children: those given, the siblings it mentions when None.

        Raises `BundleError`.
        """
        loaded = self.load(directory, fresh=fresh)
        given = self.siblings(directory) if children is None else children
        return Runbook(
            bundle=loaded.bundle,
            workflow_class=loaded.workflow_class,
            activities=loaded.activities,
            children=self.as_children(given, test_file, fresh=fresh),
            package=loaded.package,
        )

    def beside(self, manifest: Path) -> Runbook:
        """Return the bundle of a `runbook.md`, with the siblings it mentions as children.

        Raises `BundleError`.
        """
        return self.get(manifest.parent.resolve(), None, manifest)

    def as_children(
        self, children: Iterable[Child], test_file: Path, *, fresh: bool = False
    ) -> tuple[type | StandIn, ...]:
        """Load those children that are given as paths. Raises `BundleError`."""
        return tuple(
            self.load(self.find(child, test_file), fresh=fresh).workflow_class
            if isinstance(child, Path | str)
            else child
            for child in children
        )


RUNBOOKS = pytest.StashKey[Runbooks]()


def runbooks_of(config: pytest.Config) -> Runbooks:
    """Return the bundles of a session."""
    if RUNBOOKS not in config.stash:
        config.stash[RUNBOOKS] = Runbooks(config)
    return config.stash[RUNBOOKS]


def _kept(keep: dict[Path, tuple[_Stamp, T]], directory: Path, make: Callable[[Path], T]) -> T:
    """Return what was made of a bundle before, unless its files have changed since."""
    stamp = _stamp(directory)
    known = keep.get(directory)
    if known is None or known[0] != stamp:
        known = keep[directory] = (stamp, make(directory))
    return known[1]


def _stamp(directory: Path) -> _Stamp:
    files = [str(directory / MANIFEST), str(directory / SCENARIOS_FILE)]
    for folder, _, names in os.walk(directory / "templates"):
        files += sorted(f"{folder}/{name}" for name in names if name.endswith(".py"))
    stamp = []
    for file in files:
        with suppress(FileNotFoundError):
            stat = os.stat(file)  # noqa: PTH116 - asked for every test; a Path costs as much again
            stamp.append((file, stat.st_mtime_ns, stat.st_size))
    return tuple(stamp)
