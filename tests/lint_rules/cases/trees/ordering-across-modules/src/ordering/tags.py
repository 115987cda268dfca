"""Makes sets and lists of names."""

from __future__ import annotations

from dataclasses import dataclass, field

KNOWN = frozenset({"bank", "rent-roll"})


@dataclass
class Basket:
    tags: set[str] = field(default_factory=set)

    def all_tags(self) -> set[str]:
        return self.tags | KNOWN

    @property
    def ordered(self) -> list[str]:
        return sorted(self.tags)


def tags_of(names: list[str]):
    return {name.lower() for name in names}


def known_tags(names: list[str]) -> "frozenset[str]":
    return KNOWN.intersection(names)


def ordered_tags(names: list[str]) -> list[str]:
    return sorted(tags_of(names))


def listed_tags(names: list[str]) -> list[str]:
    return list(tags_of(names))  # expect: NTR110/sequence


def count_tags(names: list[str]) -> int:
    return len(tags_of(names))


def listed_in_activities(names: list[str]) -> list[str]:
    return list(tags_of(names))
