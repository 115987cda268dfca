"""The families of rules, by the first digit of their codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lint_rules.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Family:
    """A family; `title` is half a sentence, `language` what its examples are written in.

    `linted` says whether reading the code finds them; the others need runs or histories.
    """

    name: str
    title: str
    language: str = "python"
    linted: bool = True


FAMILIES: Mapping[str, Family] = {
    "1": Family("determinism", "What differs on replay"),
    "2": Family("facade", "The SDK as workflow code uses it"),
    "3": Family("gates", "Where a run waits for people, and what becomes of their answers"),
    "4": Family("shape", "The workflow class, its steps, children, activities and models"),
    "5": Family("bundle", "The files of a bundle, and what `runbook.md` says of the code", "yaml"),
    "6": Family("requirements", "What the worker installs for a bundle", "text"),
    "7": Family("verdicts", "What runs prove", linted=False),
    "8": Family("replay", "Histories against today's code", linted=False),
    "9": Family("tool", "The files that are linted, and the suppressions in them"),
}


def family(rule: Rule) -> Family:
    """Return the family of a rule."""
    return family_of(rule.code)


def family_of(code: str) -> Family:
    """Return the family of a rule's code."""
    return FAMILIES[code[3]]
