"""What the metadata of installed distributions say, read from their files when asked for.

`importlib.metadata` answers the same, but takes longer to import than a whole bundle to lint.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from lint_rules.requirements.naming import normalised
from lint_rules.requirements.site_directories import directories

_ENDING = ".dist-info"
_WANTED = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"""\bextra\s*==\s*["']([^"']+)["']""")
_SOMEWHERE = re.compile(r"python|platform|os_name|implementation")
_MODULE = re.compile(r"([A-Za-z_]\w*)(?:\.[\w.-]+)?\.(?:py|so|pyd)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A distribution that another one needs; `extra` is the one it needs it for.

    `somewhere` if it needs it on some platforms or some versions of Python only.
    """

    key: str
    extras: tuple[str, ...] = ()
    extra: str | None = None
    somewhere: bool = False


class Distribution:
    """One installed distribution."""

    def __init__(self, directory: Path, version: str) -> None:
        self._directory = directory
        self.version = version

    @cached_property
    def _headers(self) -> tuple[tuple[str, str], ...]:
        found = []
        for line in self._lines("METADATA"):
            if not line:
                break
            key, colon, value = line.partition(":")
            if colon:
                found.append((key.lower(), value.strip()))
        return tuple(found)

    @cached_property
    def name(self) -> str:
        """The name as its project writes it."""
        return next((v for k, v in self._headers if k == "name"), "")

    @cached_property
    def extras(self) -> frozenset[str]:
        """The extras it offers."""
        return frozenset(normalised(v) for k, v in self._headers if k == "provides-extra")

    @cached_property
    def wants(self) -> tuple[Wanted, ...]:
        """What it needs, wherever it needs it."""
        return tuple(_wanted(v) for k, v in self._headers if k == "requires-dist")

    @cached_property
    def imports(self) -> frozenset[str]:
        """The top-level names it can be imported by."""
        found = frozenset(line.strip() for line in self._lines("top_level.txt") if line.strip())
        return found or frozenset(self._recorded())

    @cached_property
    def is_plugin(self) -> bool:
        """Whether others find it by its entry points, so that nobody needs to import it."""
        groups = [line.strip() for line in self._lines("entry_points.txt")]
        return any(
            line.startswith("[") and line not in ("[console_scripts]", "[gui_scripts]")
            for line in groups
        )

    def _recorded(self) -> Iterator[str]:
        try:
            rows = list(csv.reader(self._lines("RECORD")))
        except csv.Error:
            return
        for row in rows:
            parts = row[0].split("/") if row else [""]
            if len(parts) == 1:
                module = _MODULE.fullmatch(parts[0])
                if module is not None:
                    yield module[1]
            elif parts[0].isidentifier() and parts[0] != "__pycache__":
                yield parts[0]

    def _lines(self, name: str) -> list[str]:
        try:
            return (self._directory / name).read_text("utf-8", "replace").split("\n")
        except (OSError, ValueError):
            return []


def _wanted(requires: str) -> Wanted:
    said, _, marker = requires.partition(";")
    found = _WANTED.match(said)
    extra = _EXTRA.search(marker)
    listed = (found[2] or "").split(",") if found else []
    return Wanted(
        normalised(found[1]) if found else "",
        tuple(normalised(each.strip()) for each in listed if each.strip()),
        normalised(extra[1]) if extra else None,
        _SOMEWHERE.search(marker) is not None,
    )


class Installed:
    """The distributions in some directories; those in the first ones hide the others."""

    def __init__(self, directories: Sequence[str]) -> None:
        self._directories = tuple(directories)
        self._found: dict[str, Distribution] = {}

    @cached_property
    def _places(self) -> dict[str, tuple[str, str]]:
        """Where the metadata of each distribution lie, and its version."""
        found: dict[str, tuple[str, str]] = {}
        for directory in self._directories:
            for name in _names(directory):
                if name.endswith(_ENDING):
                    written, _, version = name.removesuffix(_ENDING).partition("-")
                    place = os.path.join(directory, name)  # noqa: PTH118 - many, and seldom used
                    found.setdefault(normalised(written), (place, version))
        return found

    def get(self, key: str) -> Distribution | None:
        """Return a distribution by its normalised name."""
        if key not in self._found:
            place = self._places.get(key)
            if place is None:
                return None
            self._found[key] = Distribution(Path(place[0]), place[1])
        return self._found[key]

    @cached_property
    def _importable(self) -> frozenset[str]:
        names = (name.partition(".")[0] for d in self._directories for name in _names(d))
        return frozenset(names)

    def providers(self, top: str) -> frozenset[str]:
        """Return which distributions a top-level name may be imported from."""
        if top not in self._importable:
            return frozenset()
        obvious = self.get(normalised(top))
        if obvious is not None and top in obvious.imports:
            return frozenset({normalised(top)})
        found = ((key, self.get(key)) for key in self._places)
        return frozenset(key for key, each in found if each and top in each.imports)


def _names(directory: str) -> list[str]:
    try:
        return sorted(os.listdir(directory))  # noqa: PTH208 - names alone
    except OSError:
        return []


@cache
def installed() -> Installed:
    """Return what is installed beside the tool."""
    return Installed(directories())
