"""Leaves out verdicts that the bundle's author has suppressed on their line, as for the lint.

answer = await self.wait_for_action(payload=note)  # noqa: NTR701 -- there is nothing to reject
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lint_rules.suppressions import Suppression, read_suppressions
from ntro_testkit.verdict import Verdict


def unsuppressed(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Yield the verdicts whose line, if they have one, does not silence them."""
    suppressions: dict[str, tuple[Suppression, ...]] = {}
    for verdict in verdicts:
        line = verdict.line
        if line is None:
            yield verdict
            continue
        if line.path not in suppressions:
            suppressions[line.path] = _read(line.path)
        if not any(_silences(each, verdict.code, line.line) for each in suppressions[line.path]):
            yield verdict


def _read(path: str) -> tuple[Suppression, ...]:
    try:
        return read_suppressions(path, Path(path).read_bytes())
    except OSError:
        # Code that is no file, such as a cell of a notebook, has no suppressions.
        return ()


def _silences(suppression: Suppression, code: str, line: int) -> bool:
    return suppression.first_line <= line <= suppression.line and any(
        each.code == code for each in suppression.codes
    )
