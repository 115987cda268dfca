"""Strict and official verdicts on edits of a sample bundle, side by side; written into the docs.

`python -m tests.replay.verdicts_side_by_side` writes the table of `docs/replay.md` anew.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ntro_testkit import WorkflowHarness
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.history.history import History
from ntro_testkit.loading import load_bundle
from ntro_testkit.replay.official.replayer import OfficialReplayer
from ntro_testkit.replay.official.verdicts import OfficialVerdict
from ntro_testkit.replay.strict.check import check_strict
from ntro_testkit.replay.verdict import ReplayVerdict
from tests.replay.edits import EDITS, Edit, edited_copy

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "fixtures" / "runbooks" / "invoice-batch"
CHILD = ROOT / "fixtures" / "runbooks" / "document-collect"
SCENARIO = "closed_by_client"
PAGE = ROOT / "docs" / "replay.md"
BEGIN, END = "<!-- edits -->", "<!-- /edits -->"


@dataclass(frozen=True)
class SideBySide:
    """What both say about one edit."""

    edit: Edit
    strict: ReplayVerdict
    official: OfficialVerdict


def recorded() -> History:
    """Return the history of a run of the bundle as it is, recorded without a server."""
    scenario = available_scenarios(BUNDLE)[SCENARIO]
    with WorkflowHarness(BUNDLE, record_histories=True) as harness:
        return harness.run_sync(scenario=scenario).histories[0]


def side_by_side(history: History) -> Iterator[SideBySide]:
    """Yield both verdicts on every edit."""
    child = load_bundle(CHILD).workflow_class
    with tempfile.TemporaryDirectory() as scratch, OfficialReplayer([BUNDLE]) as official:
        for edit in EDITS.values():
            copy = edited_copy(BUNDLE, edit, Path(scratch))
            strict = check_strict(history, [load_bundle(copy).workflow_class, child])
            official.load([copy, CHILD])
            yield SideBySide(edit, strict, official.judge(history))


def table(found: list[SideBySide]) -> str:
    """Return the verdicts as a table in Markdown."""
    rows = [f"| {row.edit.told} | {_official(row.official)} | {_strict(row)} |" for row in found]
    return "\n".join(["| the edit | official | strict |", "|---|---|---|", *rows])


def table_in_page() -> str:
    """Return the table the documentation has."""
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(BEGIN)[2].partition(END)[0].strip()


def _official(verdict: OfficialVerdict) -> str:
    return "passes" if verdict.accepted else f"fails: {verdict.kind.replace('-', ' ')}"


def _strict(row: SideBySide) -> str:
    """Return the codes and grades, each once; in bold where strict alone has something to say."""
    said = dict.fromkeys(f"{one.code} {one.grade}" for one in row.strict.differences)
    text = ", ".join(said) or "passes"
    return f"**{text}**" if said and row.official.accepted else text


def main() -> None:
    """Write the table into the documentation."""
    text = PAGE.read_text(encoding="utf-8")
    fresh = f"{BEGIN}\n{table(list(side_by_side(recorded())))}\n{END}"
    written = re.sub(f"{BEGIN}.*{END}", lambda _: fresh, text, flags=re.DOTALL)
    PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
