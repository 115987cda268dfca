"""What is analysed together: one bundle, or one source root with loose workflow modules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Project:
    """Modules that can import each other, and where the analysis begins.

    `root` is where dotted names start: the bundle's directory, or the source root of loose modules.
    `bundle` is the slug its directory spells, None for loose modules. `entries` hold workflow
    classes. `search` is `root` and where else modules may lie. `members` are all modules of a
    bundle, reached or not; a loose project has none. `neighbours` are the roots of the bundles in
    the same run when they do not all lie beside each other.
    """

    root: Path
    bundle: str | None
    entries: tuple[Path, ...]
    search: tuple[Path, ...]
    members: tuple[Path, ...] = ()
    neighbours: tuple[Path, ...] = ()
