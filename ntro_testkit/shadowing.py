"""Tells when somebody else's `lint_rules` stands where the kit's own package should.

The name is generic, and Python looks in the user's folders first: `python -m pytest` puts the
current directory at the head of `sys.path`, pytest's default import mode the folders of tests.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

NAMES = ("lint_rules",)
"""Packages the kit imports by a name a user's folder may have too."""

FREE = frozenset({"ntro_testkit.runtime", "ntro_testkit.runtime.forcing", __name__})
"""Modules of the kit that are imported in every pytest run and need none of `NAMES`."""

FindSpec = Callable[[str], ModuleSpec | None]


class ShadowedPackageError(ImportError):
    """One of the kit's own packages cannot be imported: a folder of the user's is in its place."""


def shadowing_paths(
    names: Iterable[str],
    home: Path,
    find_spec: FindSpec = PathFinder.find_spec,
    modules: Mapping[str, ModuleType] | None = None,
) -> dict[str, Path]:
    """Return, for each name that is not the package in `home`, what it stands for instead.

    Both what is imported already and what `sys.path` would give count: either is somebody's import
    that goes wrong. A name nothing is found for is fine; a finder of an editable install knows it.
    """
    modules = sys.modules if modules is None else modules
    found: dict[str, Path] = {}
    for name in names:
        module = modules.get(name)
        spec = find_spec(name)
        places = [_place_of_module(module), _place_of_spec(spec)]
        ours = _real(home / name)
        other = next((place for place in places if place and _real(place) != ours), None)
        if other is not None:
            found[name] = other
    return found


def shadowing_problem(way_out: str | None = None) -> str | None:
    """Return the one line that names both paths and the way out, None when nothing is shadowed.

    `way_out` says how to keep the user's folder off `sys.path`, after "rename it, or ...".
    """
    home = _home()
    shadowed = shadowing_paths(NAMES, home)
    if not shadowed:
        return None
    way_out = way_out or "run `ntro-testkit` (not `python -m ntro_testkit`) from another directory"
    name, place = next(iter(shadowed.items()))
    # pytest can import a package by its path; then leaving its folder off sys.path is no way out.
    on_path = any(_real(Path(entry)) == _real(place.parent) for entry in sys.path)
    ways = f"rename it, or {way_out}" if on_path else "rename it"
    return f"ntro-testkit: {place} hides the kit's own package {home / name}: {ways}"


class Guard:
    """A finder that finds nothing: it checks that `NAMES` are the kit's before the kit needs them.

    Until then the user's folder is nobody's business. From then on the kit's packages are bound,
    and the user's own imports of that name would go wrong, so `problem` keeps looking.
    """

    def __init__(self, way_out: str) -> None:
        self._way_out = way_out
        self._problem: str | None = None
        self._seen_path: list[str] | None = None

    def install(self) -> None:
        """Be asked before any other finder."""
        sys.meta_path.insert(0, self)

    def remove(self) -> None:
        """Be asked no more."""
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not self]

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> None:
        """Check, when a module of the kit is imported that may need one of `NAMES`.

        Raises `ShadowedPackageError`.
        """
        if not name.startswith("ntro_testkit.") or name in FREE:
            return
        problem = self.check()
        if problem is not None:
            raise ShadowedPackageError(problem)
        self.remove()
        for needed in NAMES:
            importlib.import_module(needed)

    def check(self) -> str | None:
        """Look whether anything is shadowed, and remember it."""
        self._problem = self._problem or shadowing_problem(self._way_out)
        self._seen_path = list(sys.path)
        return self._problem

    def problem(self) -> str | None:
        """Return what shadows the kit or would be shadowed by it, None while the kit is not used.

        Cheap enough to be asked after every import: it looks only when `sys.path` has changed.
        """
        if self._seen_path is None or self._seen_path == sys.path:
            return self._problem
        return self.check()


def _home() -> Path:
    """Return the directory the kit's packages live in, however it is installed."""
    package = sys.modules[__package__ or "ntro_testkit"].__file__
    return Path(str(package)).parent.parent


def _place_of_module(module: ModuleType | None) -> Path | None:
    if module is None:
        return None
    return _first(getattr(module, "__path__", None)) or _first([getattr(module, "__file__", None)])


def _place_of_spec(spec: ModuleSpec | None) -> Path | None:
    if spec is None:
        return None
    return _first(spec.submodule_search_locations) or _first([spec.origin])


def _first(places: Iterable[str | None] | None) -> Path | None:
    place = next(iter(places or ()), None)
    return Path(place) if place else None


def _real(path: Path) -> Path:
    return path.resolve()
