"""What analysing one project gives: plain data, cacheable, the same for every configuration."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.finding import Finding, Place
from lint_rules.suppressions.suppression import Suppression

Dependency = tuple[str, str | None, str | None]
"""A dotted name that was looked up, the file it is (None: no module), and the digest of that."""


@dataclass(frozen=True, slots=True)
class UnknownCall:
    """A call behind which the linter cannot see."""

    name: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Analysis:
    """Findings of all rules with absolute paths, and what they depend on.

    `files` are the files that count (path and digest): reached, entries and members. `looked_at`
    were read besides, or looked for (no digest: not there): whatever says whether activities share
    code, and what a bundle has besides modules. `listings` are the Python files that directories
    had then, `contents` all names in them (as digests).
    """

    findings: tuple[Finding, ...]
    suppressions: tuple[Suppression, ...]
    unknown: tuple[UnknownCall, ...]
    dependencies: tuple[Dependency, ...]
    files: tuple[tuple[str, str], ...]
    looked_at: tuple[tuple[str, str | None], ...]
    listings: tuple[tuple[str, str], ...]
    contents: tuple[tuple[str, str], ...]
    calls_resolved: int
    calls_unknown: int
