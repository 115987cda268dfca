"""Reads all hazard data files and flattens them into the layout of the compiled table.

Every problem is collected and reported at once, each with its file and entry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from lint_rules.hazards.model import Ordering
from lint_rules.hazards.schema import FILE, NAME, SECTIONS, label, problems
from lint_rules.hazards.table import TABLE_VERSION, HazardDataError


@dataclass
class _Table:
    """The compiled table while it is being put together."""

    version: int = TABLE_VERSION
    codes: list[list[str | None]] = field(default_factory=list)
    hazard_groups: list[dict[str, Any]] = field(default_factory=list)
    hazards: dict[str, list[int]] = field(default_factory=dict)
    versions: dict[str, list[list[int] | None]] = field(default_factory=dict)
    harmless_groups: list[list[str | None]] = field(default_factory=list)
    harmless: dict[str, int] = field(default_factory=dict)
    constants: dict[str, int] = field(default_factory=dict)
    boundary_groups: list[list[str]] = field(default_factory=list)
    boundaries: dict[str, int] = field(default_factory=dict)
    bases: dict[str, list[str]] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    standard: dict[str, bool] = field(default_factory=dict)
    ordering: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands, and of which family it is."""

    file: str
    family: str
    entry: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}" if self.entry else self.file


class _Reader:
    """Takes entries into the table and notes what is wrong with them."""

    def __init__(self) -> None:
        self.table = _Table()
        self.problems: list[str] = []
        self._places: dict[str, _Place] = {}

    def read_file(self, file: str, content: Mapping[str, Any]) -> None:
        """Take one parsed file."""
        place = _Place(file, str(content.get("family")))
        if not self._is_right(place, content, "file"):
            return
        readers = {
            "hazard": self._read_hazard,
            "harmless": self._read_harmless,
            "boundary": self._read_boundary,
            "type": self._read_type,
            "result": self._read_result,
            "code": self._read_code,
        }
        for section, read in readers.items():
            for number, entry in enumerate(content.get(section, ()), start=1):
                here = _Place(file, place.family, label(section, number, entry))
                if self._is_right(here, entry, section):
                    read(here, entry)
        self.table.aliases.update(content.get("aliases", {}))
        self.table.ordering.update(content.get("ordering", {}))
        for key, names in content.get("standard", {}).items():
            self.table.standard.update(dict.fromkeys(names, key == "modules"))

    def check_whole(self) -> None:
        """What only all files together can show."""
        table = self.table
        known = {row[0] for row in table.codes}
        for group in table.hazard_groups:
            if known and group["code"] not in known:
                self.problems.append(f"codes.toml: {group['code']} of {group['family']} is missing")
        for source, target in table.aliases.items():
            if target in table.aliases:
                self.problems.append(f"aliases: {source} leads to {target}, itself an alias")
        valid = {one.name for one in fields(Ordering)}
        self.problems += [f"ordering: unknown key {key!r}" for key in {*table.ordering} - valid]

    def _is_right(self, place: _Place, entry: object, section: str) -> bool:
        found = [f"{place}: {text}" for text in problems(SECTIONS.get(section, FILE), entry)]
        self.problems += found
        return not found

    def _read_hazard(self, place: _Place, entry: Mapping[str, Any]) -> None:
        group = {key: value for key, value in entry.items() if key not in ("in", "names")}
        self.table.hazard_groups.append({**group, "family": place.family})
        for name in self._names(entry):
            variants = self.table.hazards.setdefault(name, [])
            if self._claim(place, name, again=bool(variants)):
                variants.append(len(self.table.hazard_groups) - 1)

    def _read_harmless(self, place: _Place, entry: Mapping[str, Any]) -> None:
        groups = self.table.harmless_groups
        groups.append([place.family, entry["reason"], entry.get("sandbox")])
        if entry.get("constants"):
            self.table.constants[entry.get("in", "")] = len(groups) - 1
        for name in self._names(entry):
            if self._claim(place, name):
                self.table.harmless[name] = len(groups) - 1

    def _read_boundary(self, place: _Place, entry: Mapping[str, Any]) -> None:
        self.table.boundary_groups.append([place.family, entry["reason"]])
        for name in self._names(entry):
            if self._claim(place, name):
                self.table.boundaries[name] = len(self.table.boundary_groups) - 1

    def _read_type(self, place: _Place, entry: Mapping[str, Any]) -> None:
        if entry["name"] in self.table.bases:
            self.problems.append(f"{place}: the type is listed twice")
        self.table.bases[entry["name"]] = list(entry.get("bases", ()))

    def _read_result(self, place: _Place, entry: Mapping[str, Any]) -> None:
        for name in self._names(entry):
            if name in self.table.results:
                self.problems.append(f"{place}: {name} already has a result type")
            self.table.results[name] = entry["type"]

    def _read_code(self, _place: _Place, entry: Mapping[str, Any]) -> None:
        self.table.codes.append([entry["code"], entry["name"], entry.get("structural")])

    def _names(self, entry: Mapping[str, Any]) -> Iterator[str]:
        prefix = f"{entry['in']}." if "in" in entry else ""
        for written in entry.get("names", ()):
            match = NAME.match(written)
            if match is not None:
                name = f"{prefix}{match['name']}"
                if match["since"] or match["until"]:
                    self.table.versions[name] = [_pair(match["since"]), _pair(match["until"])]
                yield name

    def _claim(self, place: _Place, name: str, *, again: bool = False) -> bool:
        """Note who classified a name; only conditional hazards of one file may share it."""
        earlier = self._places.setdefault(name, place)
        if earlier is place and not again:
            return True
        if not again or earlier.file != place.file:
            self.problems.append(f"{place}: {name} is classified already by {earlier}")
            return False
        if not self.table.hazard_groups[self.table.hazards[name][-1]].get("when"):
            self.problems.append(f"{place}: {name} comes after {earlier} without a condition")
            return False
        return True


def read_data(directory: Path) -> dict[str, Any]:
    """Check every TOML file of `directory` and return the table to compile.

    Raises HazardDataError with one line per problem.
    """
    reader = _Reader()
    for path in sorted(directory.glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            reader.problems.append(f"{path.name}: {error}")
        else:
            reader.read_file(path.name, content)
    reader.check_whole()
    if reader.problems:
        raise HazardDataError("\n".join(reader.problems))
    return asdict(reader.table)


def _pair(text: str | None) -> list[int] | None:
    return [int(part) for part in text.split(".")] if text else None
