"""The compiled hazard table and how a qualified name is looked up in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lint_rules.hazards.model import (
    Boundary,
    Classification,
    Code,
    Condition,
    Fix,
    Harmless,
    Hazard,
    Hazards,
    Ordering,
)

TABLE_FILE = Path(__file__).with_name("table.json")
TABLE_VERSION = 1
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*\Z")


class HazardDataError(ValueError):
    """The hazard data cannot be used; the message names the file and the entry."""


def load(path: Path = TABLE_FILE) -> HazardTable:
    """Read the compiled table; entries become objects only when they are looked up."""
    try:
        raw = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise HazardDataError(f"{path}: {error}") from error
    found = raw.get("version") if isinstance(raw, dict) else None
    if found != TABLE_VERSION:
        raise HazardDataError(f"{path}: table version {found!r}, expected {TABLE_VERSION}")
    return HazardTable(raw)


@dataclass(frozen=True, slots=True)
class HazardTable:
    """All classified names; `raw` is the content of `table.json`."""

    raw: Mapping[str, Any]

    def lookup(self, name: str) -> Classification | None:
        """Say what a qualified name is; None means that nobody classified it.

        The exact name wins, then the longest `.*` above it, where harmless beats hazard. A harmless
        class or constant and a hazardous value also cover their attributes.
        """
        name = self.canonical(name)
        owner, _, member = name.rpartition(".")
        if owner in self.raw["bases"] and (inherited := self._member(owner, member)):
            return inherited
        return self._lookup(name)

    def lookup_member(self, type_name: str, member: str) -> Classification | None:
        """Say what a method or attribute of an instance is, inherited ones included."""
        return self.lookup(f"{type_name}.{member}")

    def canonical(self, name: str) -> str:
        """Rewrite other spellings: `posixpath.exists`, `logging.time.time`, `random._urandom`."""
        for _ in range(name.count(".") + 2):
            rewritten = self._without_door(self._without_alias(name))
            if rewritten == name:
                break
            name = rewritten
        return name

    def result_type(self, name: str) -> str | None:
        """The type of what a call of `name`, or reading it, gives; None when not known."""
        results: Mapping[str, str] = self.raw["results"]
        name = self.canonical(name)
        if name in results:
            return results[name]
        owner, _, member = name.rpartition(".")
        for base in self.lineage(owner):
            if (found := results.get(f"{base}.{member}")) is not None:
                return found
        return name if name in self.raw["bases"] else None

    def lineage(self, type_name: str) -> tuple[str, ...]:
        """The type and the types it inherits from, nearest first; empty for an unknown type."""
        bases: Mapping[str, Sequence[str]] = self.raw["bases"]
        found: list[str] = []
        waiting = [type_name] if type_name in bases else []
        while waiting:
            current = waiting.pop(0)
            if current not in found:
                found.append(current)
                waiting.extend(bases.get(current, ()))
        return tuple(found)

    def is_standard(self, name: str) -> bool:
        """Whether a qualified name belongs to the standard library of any supported Python."""
        return name.partition(".")[0] in self.raw["standard"]

    def names(self) -> Iterator[str]:
        """Every classified name and wildcard, hazards first."""
        for section in ("hazards", "harmless", "boundaries"):
            yield from self.raw[section]

    def hazards(self) -> Iterator[Hazards]:
        """Every hazardous name with its variants."""
        return (self._hazards(name) for name in self.raw["hazards"])

    def reads(self) -> Iterator[Hazards]:
        """Every name that must not even be looked at, with its variants."""
        groups = self.raw["hazard_groups"]
        for name, variants in self.raw["hazards"].items():
            if groups[variants[0]]["use"] == "read":
                yield self._hazards(name)

    def codes(self) -> tuple[Code, ...]:
        """The rule codes hazards carry, in order."""
        return tuple(Code(*row) for row in self.raw["codes"])

    def ordering(self) -> Ordering:
        """What makes, keeps and kills unordered iteration."""
        return Ordering(**{key: frozenset(names) for key, names in self.raw["ordering"].items()})

    def entry(self, name: str) -> Classification | None:
        """What the data says about exactly this name or wildcard."""
        if name in self.raw["hazards"]:
            return self._hazards(name)
        if (group := self.raw["harmless"].get(name)) is not None:
            return Harmless(name, *self.raw["harmless_groups"][group])
        if (group := self.raw["boundaries"].get(name)) is not None:
            return Boundary(name, *self.raw["boundary_groups"][group])
        return None

    def _lookup(self, name: str) -> Classification | None:
        if (found := self.entry(name) or self._constant(name)) is not None:
            return found
        above = name
        while "." in above:
            above = above.rpartition(".")[0]
            if (found := self._wildcard(above)) is not None:
                return found
            covering = self.entry(above) or self._constant(above)
            if covering is not None and _covers_attributes(covering):
                return covering
        return None

    def _wildcard(self, above: str) -> Classification | None:
        name = f"{above}.*"
        group = self.raw["harmless"].get(name)
        if group is not None:
            return Harmless(name, *self.raw["harmless_groups"][group])
        return self.entry(name)

    def _constant(self, name: str) -> Harmless | None:
        owner, _, member = name.rpartition(".")
        group = self.raw["constants"].get(owner)
        if group is None or _CONSTANT.match(member) is None:
            return None
        return Harmless(name, *self.raw["harmless_groups"][group])

    def _member(self, type_name: str, member: str) -> Classification | None:
        lineage = self.lineage(type_name)
        for base in lineage:
            if (found := self.entry(f"{base}.{member}")) is not None:
                return found
        for base in lineage:
            if (found := self._wildcard(base)) is not None:
                return found
        return None

    def _without_alias(self, name: str) -> str:
        aliases: Mapping[str, str] = self.raw["aliases"]
        above, rest = name, ""
        while above:
            if above in aliases:
                return aliases[above] + rest
            above, dot, last = above.rpartition(".")
            rest = f"{dot}{last}{rest}"
        return name

    def _without_door(self, name: str) -> str:
        standard: Mapping[str, bool] = self.raw["standard"]
        segments = name.split(".")
        module = segments[0]
        for position, segment in enumerate(segments[1:], start=1):
            if module not in standard:
                break
            target = segment if segment in standard else segment.lstrip("_")
            module = f"{module}.{segment}"
            if module in standard or self.entry(module) is not None:
                continue
            rest = segments[position + 1 :]
            if rest and standard.get(target) and target != segments[position - 1]:
                return ".".join([target, *rest])
        return name

    def _hazards(self, name: str) -> Hazards:
        since, until = self.raw["versions"].get(name, (None, None))
        groups = self.raw["hazard_groups"]
        return Hazards(
            name,
            tuple(
                _hazard(name, groups[index], _version(since), _version(until))
                for index in self.raw["hazards"][name]
            ),
        )


def _covers_attributes(found: Classification) -> bool:
    return not isinstance(found, Hazards) or found.variants[0].use == "read"


def _hazard(
    name: str,
    group: Mapping[str, Any],
    since: tuple[int, int] | None,
    until: tuple[int, int] | None,
) -> Hazard:
    fix = group.get("fix")
    return Hazard(
        name=name,
        code=group["code"],
        family=group["family"],
        use=group["use"],
        impact=group["impact"],
        alternative=group["alternative"],
        sandbox=group.get("sandbox"),
        sandbox_at_import=group.get("sandbox_at_import"),
        sandbox_on_instance=group.get("sandbox_on_instance"),
        when=tuple(
            Condition(
                row["test"], row.get("position"), row.get("keyword"), tuple(row.get("values", ()))
            )
            for row in group.get("when", ())
        ),
        fix=Fix(fix["id"], fix["applicability"]) if fix else None,
        ceiling=group.get("ceiling"),
        since=since,
        until=until,
        platform=group.get("platform"),
        note=group.get("note"),
    )


def _version(pair: Sequence[int] | None) -> tuple[int, int] | None:
    return (pair[0], pair[1]) if pair else None
