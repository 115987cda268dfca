"""Imports a bundle as an isolated package, under the kit's runtime.

Every load gets a package name of its own, so two bundles, two versions of one, or the same one
loaded twice live side by side. The package is found by name through `sys.meta_path`, which is how
temporalio's sandbox, importing anew, finds it too.
"""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from lint_rules.bundle import WORKFLOW_FILE, Bundle, read_bundle
from lint_rules.manifest.slugs import class_name
from ntro_testkit.import_errors import BundleError, import_problem, missing_package
from ntro_testkit.runtime.definitions import (
    DefinitionError,
    activity_name,
    is_workflow_class,
    workflow_definition,
)
from ntro_testkit.runtime.forcing import RuntimeBoundError, force_runtime

__all__ = [
    "BundleError",
    "LoadedBundle",
    "load_bundle",
    "load_runbook",
    "load_runbook_with_children",
]

PACKAGE_PREFIX = "_ntro_bundle_"

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class LoadedBundle:
    """A bundle that has been imported."""

    bundle: Bundle
    package: str
    workflow_class: type
    activities: tuple[Any, ...]

    @property
    def slug(self) -> str:
        """The slug parents start it by."""
        return self.bundle.slug


class BundleLoader(SourceFileLoader):
    """Compiles a bundle's source every time.

    Cached bytecode is recognised by time and size, so it can be stale within a second; and a `.pyc`
    left in `templates/` breaks deploy, which reads everything there as text (D56). `code` is what
    was executed, for the guard, which has to know these very objects.
    """

    code: CodeType | None = None

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of a module, from its source and nothing else."""
        path = self.get_filename(fullname)
        try:
            code: CodeType = self.source_to_code(self.get_data(path), path)
        except SyntaxError as error:
            # For a null byte or an undecodable one, Python does not say where.
            error.filename = error.filename or path
            error.lineno = error.lineno or 1
            raise
        self.code = code
        return code


class BundleFinder:
    """Finds the packages of loaded bundles, and the modules in them, by name.

    `loader` makes the loader of a module from its dotted name and its file.
    """

    def __init__(self, loader: Callable[[str, str], BundleLoader] = BundleLoader) -> None:
        self.templates: dict[str, Path] = {}
        self._loader = loader

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a bundle's package or of a module in it."""
        package = name.partition(".")[0]
        templates = self.templates.get(package)
        if templates is None:
            return None
        if name == package:
            file = str(templates / "__init__.py")
            return importlib.util.spec_from_file_location(
                name,
                file,
                loader=self._loader(name, file),
                submodule_search_locations=[str(templates)],
            )
        folders = [str(templates)] if path is None else path
        # FileFinder's types ask for a class; it only calls what it is given.
        loader: Any = self._loader
        finders = (FileFinder(folder, (loader, [".py"])) for folder in folders)
        return next(filter(None, (finder.find_spec(name) for finder in finders)), None)


def load_runbook(
    runbook_dir: Path | str,
    *,
    workflow_class: str | None = None,
    activity_modules: list[str] | None = None,
) -> tuple[type, list[Any]]:
    """Load a bundle and return its workflow class and its activities.

    `workflow_class` names the class where the slug does not; `activity_modules` the modules of
    `templates/` that hold activities. Raises `BundleError`.
    """
    loaded = load_bundle(
        runbook_dir, workflow_class=workflow_class, activity_modules=activity_modules
    )
    return loaded.workflow_class, list(loaded.activities)


def load_runbook_with_children(
    runbook_dir: Path | str,
    *,
    children_dirs: Sequence[Path | str],
    workflow_class: str | None = None,
) -> tuple[type, list[type], list[Any]]:
    """Load a parent and its children: the parent's class, theirs, and all activities.

    Raises `BundleError`.
    """
    parent, activities = load_runbook(runbook_dir, workflow_class=workflow_class)
    children = []
    for directory in children_dirs:
        child, child_activities = load_runbook(directory)
        children.append(child)
        activities.extend(child_activities)
    return parent, children, activities


def load_bundle(
    runbook_dir: Path | str,
    *,
    workflow_class: str | None = None,
    activity_modules: Sequence[str] | None = None,
) -> LoadedBundle:
    """Load a bundle; each call imports it anew.

    Raises `BundleError`, one line with path and line, when it cannot be loaded.
    """
    directory = Path(runbook_dir).resolve()
    _check_layout(directory)
    try:
        force_runtime()
    except RuntimeBoundError as error:
        raise BundleError(str(error)) from error
    bundle = read_bundle(directory)
    package = _register(bundle)
    try:
        workflow_module = _import(bundle, f"{package}.workflow")
        modules = [
            _import(bundle, f"{package}.{name}")
            for name in activity_modules or _activity_modules(directory)
        ]
        found = _workflow_class(bundle, package, workflow_module, workflow_class)
    except BaseException:
        unload(package)
        raise
    found.__ntro_slug__ = bundle.slug  # type: ignore[attr-defined] # the SDK's name for it
    loaded = LoadedBundle(bundle, package, found, _activities([*modules, workflow_module]))
    found.__ntro_testkit_bundle__ = loaded  # type: ignore[attr-defined]
    try:
        workflow_definition(found)
    except DefinitionError as error:
        unload(package)
        raise BundleError(str(error)) from error
    return loaded


def unload(package: str) -> None:
    """Forget a loaded bundle's modules."""
    _finder().templates.pop(package, None)
    for name in [n for n in sys.modules if n == package or n.startswith(f"{package}.")]:
        del sys.modules[name]


def _check_layout(directory: Path) -> None:
    if not directory.is_dir():
        raise BundleError(f"{directory}: no such directory")
    for required in (WORKFLOW_FILE, "templates/__init__.py"):
        if not (directory / required).is_file():
            raise BundleError(f"{directory}: no `{required}`, so this is no runbook bundle")


def _activity_modules(directory: Path) -> list[str]:
    return ["activities"] if (directory / "templates" / "activities.py").is_file() else []


def _finder() -> BundleFinder:
    for finder in sys.meta_path:
        if isinstance(finder, BundleFinder):
            return finder
    finder = BundleFinder()
    # First, so that its loader is used and not the one that keeps bytecode.
    sys.meta_path.insert(0, finder)
    return finder


def _register(bundle: Bundle) -> str:
    """Give a bundle a package name nobody has used, and make it importable."""
    readable = re.sub(r"\W", "_", bundle.directory.name)
    package = f"{PACKAGE_PREFIX}{readable}_{next(_numbers)}"
    _finder().templates[package] = bundle.directory / "templates"
    return package


def _import(bundle: Bundle, name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise missing_package(bundle, name, error) from error
    except (Exception, SystemExit) as error:
        raise import_problem(bundle, error) from error


def _workflow_class(bundle: Bundle, package: str, module: ModuleType, wanted: str | None) -> type:
    """Pick the workflow class: the one named, else the one whose name the slug spells."""
    file = bundle.directory / WORKFLOW_FILE
    classes: dict[str, type] = {
        value.__name__: value
        for value in vars(module).values()
        if is_workflow_class(value) and value.__module__.startswith(package)
    }
    listed = ", ".join(f"{name} (line {_line(cls)})" for name, cls in classes.items())
    if wanted is not None:
        if wanted not in classes:
            raise BundleError(f"{file}: no workflow class `{wanted}`; found: {listed or 'none'}")
        return classes[wanted]
    expected = {class_name(bundle.slug), class_name(bundle.directory_slug)}
    matching = [cls for name, cls in classes.items() if name in expected]
    if matching:
        return matching[0]
    if not classes:
        raise BundleError(f"{file}: no class decorated with `@runbook.defn`")
    if len(classes) > 1:
        raise BundleError(
            f"{file}: several workflow classes and none is `{class_name(bundle.slug)}`: {listed}; "
            f"name one with `--workflow-class`"
        )
    [(name, only)] = classes.items()
    raise BundleError(
        f"{file}:{_line(only)}: the class `{name}` does not match the slug `{bundle.slug}`, the "
        f"platform looks for `{class_name(bundle.slug)}`: rename it, or pass "
        f"`--workflow-class {name}`"
    )


def _line(cls: type) -> int:
    import inspect

    return inspect.getsourcelines(cls)[1]


def _activities(modules: Sequence[ModuleType]) -> tuple[Any, ...]:
    """Return the activities the worker would find as attributes of these modules (3.5)."""
    found: dict[str, Any] = {}
    for module in modules:
        for attribute in dir(module):
            value = getattr(module, attribute)
            name = activity_name(value) if callable(value) else None
            if name is not None:
                found.setdefault(name, value)
    return tuple(found.values())
