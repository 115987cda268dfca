"""Why a bundle cannot be imported, in one line with the bundle's own path and line."""

from __future__ import annotations

import traceback
from importlib.metadata import packages_distributions
from pathlib import Path

from lint_rules.bundle import Bundle
from lint_rules.requirements.known_distributions import BY_IMPORT
from lint_rules.requirements.ntro_needs import extra_with


class BundleError(ValueError):
    """A bundle that cannot be loaded; one line, with path and line where there is one."""


def import_problem(bundle: Bundle, error: BaseException) -> BundleError:
    """Return what went wrong while a bundle's code ran at import."""
    if isinstance(error, SyntaxError) and error.filename and _inside(bundle, error.filename):
        return BundleError(f"{error.filename}:{error.lineno}: syntax error: {error.msg}")
    where = _place(bundle, error)
    if isinstance(error, SystemExit):
        return BundleError(f"{where}: the bundle calls `sys.exit({error.code!r})` at import")
    return BundleError(f"{where}: {type(error).__name__} at import: {_first_line(error)}")


def missing_package(bundle: Bundle, imported: str, error: ModuleNotFoundError) -> BundleError:
    """Return which package is missing and which requirement line should have brought it."""
    name = error.name or ""
    where = _place(bundle, error)
    package = imported.rpartition(".")[0]
    if name == package or name.startswith(f"{package}."):
        wanted = name.removeprefix(f"{package}.").replace(".", "/")
        return BundleError(f"{where}: no module `templates/{wanted}.py`")
    top = name.partition(".")[0]
    if top in packages_distributions() or _is_installed(top):
        return BundleError(f"{where}: {_first_line(error)}")
    distributions = BY_IMPORT.get(top, (top,))
    extra = extra_with(distributions)
    for wanted in (*distributions, *(["ntro"] if extra else [])):
        line = bundle.requirement(wanted)
        if line is not None:
            return BundleError(
                f"{where}: package `{top}` is not installed; {bundle.requirements_file}:"
                f"{line.line} `{line.text}` should have brought it: pip install '{line.text}'"
            )
    brings = f"ntro[{extra}]" if extra else distributions[0]
    file = bundle.requirements_file or bundle.directory / "templates" / "requirements.txt"
    return BundleError(
        f"{where}: package `{top}` is not installed and no line of {file} brings it: "
        f"add `{brings}==...`"
    )


def _is_installed(top: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(top) is not None


def _place(bundle: Bundle, error: BaseException) -> str:
    """Return `path:line` of the innermost frame of the bundle, else the bundle's directory."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if _inside(bundle, frame.filename):
            return f"{frame.filename}:{frame.lineno}"
    return str(bundle.directory)


def _inside(bundle: Bundle, filename: str) -> bool:
    return Path(filename).is_relative_to(bundle.directory)


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else "no message"
