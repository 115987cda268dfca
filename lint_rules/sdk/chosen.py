"""Which version of the SDK a bundle is for: the one it pins, else the one that is installed."""

from __future__ import annotations

import importlib.util
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from lint_rules.files.digests import digest
from lint_rules.requirements.read import read_requirements_text
from lint_rules.sdk.surface import Absent, Surface
from lint_rules.sdk.versions import NEWEST, first_with, known_versions, surface

Origin = Literal["pinned", "installed", "assumed"]

_METADATA = re.compile(r"ntro-([^-]+)\.dist-info")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A surface, and what chose it."""

    surface: Surface
    origin: Origin

    @property
    def version(self) -> str:
        """The version that is meant."""
        return self.surface.version

    @property
    def shown(self) -> str:
        """The version as messages name it."""
        return f"ntro {self.version}"

    def lacks(self, qualified: str) -> Absent | None:
        """Return what is absent on the way along a dotted name, and never was to come.

        A pin too old for a name that came later is a fault of the pin, not of the code.
        """
        found = self.surface.look_up(qualified)
        if not isinstance(found, Absent):
            return None
        if self.origin == "pinned" and first_with(qualified, self.version) is not None:
            return None
        return found


def choose(requirements: str | None) -> Chosen:
    """Return the surface that counts for a bundle with these requirements."""
    pinned = pinned_version(requirements or "")
    if pinned in known_versions():
        return Chosen(surface(pinned), "pinned")
    found = installed()
    if found is None:
        return Chosen(surface(NEWEST), "assumed")
    if found.version in known_versions():
        return Chosen(surface(found.version), "installed")
    return Chosen(_read(found), "installed")


def pinned_version(requirements: str) -> str | None:
    """Return the one version of ntro that requirements allow; None when they name none, or more."""
    entries = read_requirements_text(requirements).entries
    found = {entry.pin for entry in entries if entry.key == "ntro" and entry.pin is not None}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Installed:
    """The SDK beside this tool; without metadata its version is the word `unknown`."""

    version: str
    package: Path


@cache
def installed() -> Installed | None:
    """Return the installed SDK, found without importing it."""
    try:
        spec = importlib.util.find_spec("ntro")
    except (ImportError, ValueError):
        return None
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    # An editable install has its metadata elsewhere.
    places = dict.fromkeys((package.parent, *map(Path, sys.path)))
    versions = (version for place in places if (version := _version(place)))
    return Installed(next(versions, "unknown"), package)


def fingerprint() -> str:
    """Return a text that changes when another SDK counts; a known version speaks for itself."""
    found = installed()
    if found is None:
        return "none"
    if found.version in known_versions():
        return found.version
    states = sorted(
        f"{path}\0{(state := path.stat()).st_size}\0{state.st_mtime_ns}"
        for path in found.package.rglob("*.py")
    )
    return digest("\n".join([found.version, *states]).encode())


def _version(directory: Path) -> str | None:
    try:
        names = [path.name for path in directory.glob("ntro-*.dist-info")]
    except OSError:
        return None
    found = [match[1] for name in names if (match := _METADATA.fullmatch(name))]
    return found[0] if found else None


@cache
def _read(found: Installed) -> Surface:
    # Reading source needs `ast`; most runs find a table.
    from lint_rules.sdk.sources import SourceModules

    return Surface(found.version, SourceModules(found.package))
