"""The settings of a lint run, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Level = Literal["error", "warning", "info", "off"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; the defaults hold where nobody says otherwise.

    `root` is the directory of the config file, else the working directory; the globs and `src` are
    relative to it, `baseline` and `cache_dir` are not relative any more. Rules stand as codes,
    prefixes of codes, or `ALL`; names have been resolved. The keys of `severity` are codes and
    impacts. `pure_packages` are third-party packages that the user declares free of hazards.
    """

    root: Path
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    severity: Mapping[str, Level] = field(default_factory=dict)
    baseline: Path | None = None
    cache_dir: Path | None = None
    respect_gitignore: bool = True
    strict: bool = False
    src: tuple[str, ...] = (".", "src")
    pure_packages: tuple[str, ...] = ()
