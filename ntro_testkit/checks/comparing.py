"""Two runs side by side: what each asked Temporal for, and how it ended, as text."""

from __future__ import annotations

import difflib
import itertools
import json
from collections.abc import Iterator, Sequence

from ntro_testkit.run_data import command_data, plain
from ntro_testkit.trace import Command, RunResult
from ntro_testkit.verdict import Comparison


def same(left: RunResult, right: RunResult) -> bool:
    """Tell whether two runs issued the same commands, with the same contents, and ended alike."""
    return outcome_lines(left) == outcome_lines(right)


def compared(left_title: str, left: RunResult, right_title: str, right: RunResult) -> Comparison:
    """Return two runs side by side, without what is the same in both."""
    rows = tuple(differing_rows(outcome_lines(left), outcome_lines(right)))
    return Comparison(left_title, right_title, rows)


def outcome_lines(run: RunResult) -> list[str]:
    """Return the commands of a run and its end, a line each, as they would be compared."""
    lines = [command_line(command) for command in run.trace.commands]
    result = "" if run.result is None else f" {_json(plain(run.result))}"
    error = f" {run.error}" if run.error else ""
    return [*lines, f"{run.status}{error}{result}"]


def command_line(command: Command) -> str:
    """Return a command with everything it carries as one line."""
    carried = command_data(command)["attributes"]
    return f"{command.kind} {command.name} {_json(carried)}".rstrip()


def differing_rows(
    left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[str | None, str | None]]:
    """Yield the lines that differ, beside each other; None where one side has nothing."""
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            yield from itertools.zip_longest(left[start:end], right[other_start:other_end])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
