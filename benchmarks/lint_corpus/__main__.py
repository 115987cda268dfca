"""The command: writes the corpus, lints it with the whole command, and judges the report."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.lint_corpus import printing
from benchmarks.lint_corpus.hazards import HAZARDS
from benchmarks.lint_corpus.pairs import SHAPES, corpus
from benchmarks.lint_corpus.program import Program
from benchmarks.lint_corpus.rehearsal import truth
from benchmarks.lint_corpus.tree import write
from benchmarks.lint_corpus.verdict import Found, findings, judge
from benchmarks.machine import machine
from benchmarks.processes import Finished, ProcessFailedError, python, run

LIMIT_S = 1800.0
EVERY = 7
"""`--quick` takes one hazard of so many."""


def main() -> int:
    """Print recall and false alarms; return 1 when the lint is not perfect."""
    options = _options()
    names = options.hazard or [hazard.name for hazard in HAZARDS[:: EVERY if options.quick else 1]]
    made = corpus(options.shape or (), names)
    print(machine(), *printing.size(made), sep="\n", flush=True)
    if options.rehearse:
        return _rehearse(made.programs)
    with tempfile.TemporaryDirectory(prefix="corpus-") as directory:
        root = Path(options.keep or directory)
        write(made.programs, root)
        found, seconds = _lint(root, options.jobs)
    print(f"linted in {seconds:.2f} s", flush=True)
    verdict = judge(made.programs, found)
    print(*printing.verdict(verdict), sep="\n", flush=True)
    return 0 if verdict.is_perfect else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lint_corpus", description=__doc__)
    shapes = [shape.name for several in SHAPES.values() for shape in several]
    hazards = [hazard.name for hazard in HAZARDS]
    parser.add_argument("--shape", action="append", choices=shapes, metavar="NAME")
    parser.add_argument("--hazard", action="append", choices=hazards, metavar="NAME")
    parser.add_argument("--quick", action="store_true", help=f"one hazard of {EVERY}")
    parser.add_argument("--keep", metavar="DIRECTORY", help="write the programs here, and stay")
    parser.add_argument("--jobs", metavar="N", help="as for `ntro-testkit lint`")
    parser.add_argument(
        "--rehearse", action="store_true", help="run the programs instead: is the corpus right?"
    )
    return parser.parse_args()


def _lint(root: Path, jobs: str | None) -> tuple[Sequence[Found], float]:
    command = ["-m", "ntro_testkit", "lint", ".", "--output-format", "json", "--no-cache"]
    finished = run(
        python(*command, *(["--jobs", jobs] if jobs else [])), directory=root, limit_s=LIMIT_S
    )
    return findings(_report(finished)), finished.seconds


def _report(finished: Finished) -> dict[str, object]:
    try:
        report = json.loads(finished.output)
    except ValueError as error:
        raise ProcessFailedError(f"no report: {finished.errors.strip()[-500:]}") from error
    if finished.returncode not in (0, 1):
        raise ProcessFailedError(f"exit code {finished.returncode}: {finished.errors.strip()}")
    assert isinstance(report, dict)
    return report


def _rehearse(programs: Sequence[Program]) -> int:
    lies = [lie for program in programs if (lie := truth(program)) is not None]
    print(f"rehearsed: {len(programs):,} programs, {len(lies)} untrue", *lies, sep="\n")
    return 1 if lies else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ProcessFailedError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
