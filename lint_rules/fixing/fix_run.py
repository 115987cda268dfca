"""Fixes what a lint run reports, in memory, round by round until nothing more can be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lint_rules.config.settings import Settings
from lint_rules.engine import Linted, Run, run
from lint_rules.finding import Finding
from lint_rules.fixing.trial import NotApplied, Round, Texts
from lint_rules.fixing.wanted import wanted_fixes

ROUNDS = 10


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file that fixes change: its absolute path, how people see it, and both contents."""

    path: str
    shown: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class FixRun:
    """What fixing gave: `linted` is about the files as they are afterwards.

    Findings whose fix could not be made have none in its report.
    """

    linted: Linted
    fixed: tuple[Finding, ...]
    not_applied: tuple[NotApplied, ...]
    files: tuple[FixedFile, ...]


def fix(paths: Sequence[Path], settings: Settings, how: Run, *, unsafe: bool = False) -> FixRun:
    """Lint, fix in memory, and lint again; nothing is written.

    `unsafe` makes fixes too that can change what runs in flight do. Raises what `engine.run` does.
    """

    def lint(more: Texts) -> Linted:
        return run(paths, settings, replace(how, overlay={**how.overlay, **texts, **more}))

    texts: Texts = {}
    first = linted = lint({})
    fixed: list[Finding] = []
    not_applied: list[NotApplied] = []
    for _ in range(ROUNDS):
        wanted = wanted_fixes(linted, lambda _, fix: unsafe or fix.applicability == "safe")
        given = [each for each in wanted if first.discovery.concerns(each.path)]
        done = Round(linted, given, lint)
        not_applied = done.not_applied + [
            NotApplied(each.finding, "its file is not among the paths given")
            for each in wanted
            if each not in given
        ]
        if not done.made:
            break
        fixed += [each.finding for each in done.made]
        texts, linted = {**texts, **done.texts}, done.after
    files = tuple(_file(first, path, texts[path]) for path in sorted(texts))
    return FixRun(_without(linted, not_applied), tuple(fixed), tuple(not_applied), files)


def _file(first: Linted, path: Path, after: bytes) -> FixedFile:
    return FixedFile(str(path), first.discovery.display(path), first.sources.read(path), after)


def _without(linted: Linted, not_applied: Iterable[NotApplied]) -> Linted:
    """Take the fixes that could not be made out of the report, which would offer them again."""
    refused = {each.finding for each in not_applied}
    findings = (
        replace(finding, fix=None) if finding in refused else finding
        for finding in linted.report.findings
    )
    return replace(linted, report=replace(linted.report, findings=tuple(findings)))
