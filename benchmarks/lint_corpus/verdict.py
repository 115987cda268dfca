"""Compares what the lint found with what is in the programs."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.lint_corpus.program import Program

JUDGED = ("NTR1", "NTR9")
"""Only determinism, and files that cannot be read; what a bundle lacks otherwise is no matter."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, with `/` between the parts of the path."""

    path: str
    line: int
    code: str


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A finding that is none; `program` is None outside all programs."""

    found: Found
    program: Program | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much was found, and what was said without reason."""

    hidden: tuple[Program, ...]
    harmless: tuple[Program, ...]
    missed: tuple[Program, ...]
    false_alarms: tuple[FalseAlarm, ...]

    @property
    def recall(self) -> float:
        """The share of hidden hazards that were found; 1 when there are none."""
        return 1 - len(self.missed) / len(self.hidden) if self.hidden else 1.0

    @property
    def is_perfect(self) -> bool:
        """Whether everything was found and nothing else."""
        return not self.missed and not self.false_alarms


def findings(report: dict[str, Any]) -> tuple[Found, ...]:
    """Return the findings of a JSON report that are judged."""
    return tuple(
        Found(_normal(one["path"]), one["line"], one["code"])
        for one in report["findings"]
        if one["code"].startswith(JUDGED)
    )


def judge(programs: Sequence[Program], found: Iterable[Found]) -> Verdict:
    """Say what was missed and what was false; paths are relative to the root of the tree."""
    by_directory = {program.directory: program for program in programs}
    of_program: dict[str, list[Found]] = defaultdict(list)
    false_alarms: list[FalseAlarm] = []
    for one in found:
        directory = "/".join(one.path.split("/")[:3])
        if directory in by_directory:
            of_program[directory].append(one)
        else:
            false_alarms.append(FalseAlarm(one, None))
    missed = []
    for directory, program in by_directory.items():
        wanted = {
            Found(f"{directory}/{place.path}", place.line, place.code) for place in program.expected
        }
        if wanted and wanted.isdisjoint(of_program[directory]):
            missed.append(program)
        false_alarms.extend(
            FalseAlarm(one, program)
            for one in of_program[directory]
            if one not in wanted and not (wanted and one.code in program.hazard.also)
        )
    return Verdict(
        hidden=tuple(program for program in programs if program.kind == "hidden"),
        harmless=tuple(program for program in programs if program.kind == "harmless"),
        missed=tuple(missed),
        false_alarms=tuple(false_alarms),
    )


def _normal(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/"))
