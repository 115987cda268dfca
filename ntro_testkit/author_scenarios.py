"""Finds the scenarios an author keeps in `<bundle>/tests/scenarios.py` (D11)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from lint_rules.bundle import read_bundle
from ntro_testkit.import_errors import BundleError, import_problem
from ntro_testkit.loading import BundleLoader
from ntro_testkit.scenario import BUILT_IN_SCENARIOS, Scenario

SCENARIOS_FILE = "tests/scenarios.py"


def load_author_scenarios(bundle_dir: Path | str) -> dict[str, Scenario]:
    """Return the author's scenarios by name, in the order of the file; none without the file.

    Every module-level `Scenario` counts, and those in module-level lists, tuples and dicts. The
    built-in ones, imported into the file, do not. Raises `BundleError` when the file cannot be
    imported or two scenarios share a name.
    """
    module = author_module(bundle_dir)
    if module is None:
        return {}
    found: dict[str, Scenario] = {}
    for scenario in _scenarios(module):
        known = found.setdefault(scenario.name, scenario)
        if known is not scenario:
            raise BundleError(f"{module.__file__}: two scenarios are named `{scenario.name}`")
    return found


def available_scenarios(bundle_dir: Path | str) -> dict[str, Scenario]:
    """Return the built-in scenarios and the author's; the author's wins where a name is taken."""
    return {**BUILT_IN_SCENARIOS, **load_author_scenarios(bundle_dir)}


def author_module(bundle_dir: Path | str) -> ModuleType | None:
    """Return the file of the author's scenarios, imported anew; None without the file.

    Raises `BundleError` when it cannot be imported.
    """
    directory = Path(bundle_dir).resolve()
    file = directory / SCENARIOS_FILE
    return _import(directory, file) if file.is_file() else None


def _import(directory: Path, file: Path) -> ModuleType:
    """Import the file by its path and leave nothing behind in `sys.modules`."""
    name = "_ntro_author_scenarios"
    loader = BundleLoader(name, str(file))
    module = ModuleType(name)
    module.__file__ = str(file)
    sys.modules[name] = module
    try:
        loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise import_problem(read_bundle(directory), error) from error
    finally:
        del sys.modules[name]
    return module


def _scenarios(module: ModuleType) -> list[Scenario]:
    found: list[Scenario] = []
    for name, value in vars(module).items():
        if name.startswith("_"):
            continue
        members = (
            list(value.values())
            if isinstance(value, Mapping)
            else list(value)
            if isinstance(value, list | tuple)
            else [value]
        )
        found += [
            member
            for member in members
            if isinstance(member, Scenario) and member not in BUILT_IN_SCENARIOS.values()
        ]
    unique: list[Scenario] = []
    for scenario in found:
        if not any(scenario is known for known in unique):
            unique.append(scenario)
    return unique
