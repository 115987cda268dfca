"""Turns a verdict into lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from benchmarks.lint_corpus.pairs import Corpus
from benchmarks.lint_corpus.program import Program
from benchmarks.lint_corpus.verdict import FalseAlarm, Verdict


def size(corpus: Corpus) -> Iterator[str]:
    """Say what the corpus consists of, and which pairs make no sense."""
    for kind in ("hidden", "harmless"):
        programs = [program for program in corpus.programs if program.kind == kind]
        hazards = len({program.hazard.name for program in programs})
        shapes = len({program.shape.name for program in programs})
        yield f"{kind}: {len(programs):,} programs, {hazards} hazards x {shapes} shapes"
    for reason, count in sorted(corpus.left_out.items(), key=lambda item: -item[1]):
        yield f"  left out {count:4}: {reason}"


def verdict(verdict: Verdict) -> Iterator[str]:
    """Print recall and false alarms; then each miss and each false alarm, and where they gather."""
    found = len(verdict.hidden) - len(verdict.missed)
    yield f"recall: {found:,} of {len(verdict.hidden):,} ({verdict.recall:.2%})"
    noisy = {alarm.program.directory for alarm in verdict.false_alarms if alarm.program}
    silent = sum(program.directory not in noisy for program in verdict.harmless)
    yield f"silent: {silent:,} of {len(verdict.harmless):,} harmless programs"
    yield f"false alarms: {len(verdict.false_alarms):,}"
    yield from map(_missed, verdict.missed)
    yield from map(_false_alarm, verdict.false_alarms)
    yield from _gathered("missed", verdict.missed)
    alarmed = [alarm.program for alarm in verdict.false_alarms if alarm.program]
    yield from _gathered("false alarms", alarmed)


def _missed(program: Program) -> str:
    place = program.expected[0]
    return (
        f"missed: {program.directory}/{place.path}:{place.line}: {place.code} "
        f"{program.hazard.name}, {program.shape.name}"
    )


def _false_alarm(alarm: FalseAlarm) -> str:
    found = alarm.found
    program = alarm.program
    what = f" {program.hazard.name}, {program.shape.name}" if program else ""
    return f"false alarm: {found.path}:{found.line}: {found.code}{what}"


def _gathered(what: str, programs: Iterable[Program]) -> Iterator[str]:
    listed = tuple(programs)
    for label, names in {
        "shape": [f"{program.kind}/{program.shape.name}" for program in listed],
        "hazard": [program.hazard.name for program in listed],
    }.items():
        counted = Counter(names).most_common()
        if counted:
            yield f"{what} by {label}: " + ", ".join(f"{name} {count}" for name, count in counted)
