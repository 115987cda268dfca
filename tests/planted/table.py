"""The table of `docs/verdicts.md`: planted faults, and which check sees each.

`python -m tests.planted.table` writes it anew.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ntro_testkit.twin.twin import start_twin
from tests.planted.eyes import EYES, Subject, seen
from tests.planted.faults import FAULTS, Fault, planted

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/verdicts.md"
BEGIN, END = "<!-- faults -->", "<!-- /faults -->"


def row(fault: Fault, found: Mapping[str, Sequence[str]]) -> str:
    """Return what sees a fault, as a row in Markdown."""
    cells = [", ".join(code.removeprefix("NTR") for code in found[name]) for name in EYES]
    return f"| {' | '.join([fault.told, *cells])} |"


def head() -> str:
    """Return the two lines above the rows."""
    columns = ["the fault", *EYES]
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"


def rows_in_page() -> list[str]:
    """Return the rows the documentation has."""
    table = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].strip()
    return table.splitlines()[2:]


def main() -> None:
    """Write the table into the documentation."""
    with tempfile.TemporaryDirectory() as scratch, start_twin() as twin:
        rows = []
        for fault in FAULTS:
            subject = Subject(planted(fault, Path(scratch)), twin)
            rows.append(row(fault, seen(subject)))
            print(rows[-1])
    table = "\n".join([BEGIN, head(), *rows, END])
    text = PAGE.read_text(encoding="utf-8")
    written = re.sub(f"{BEGIN}.*{END}", lambda _: table, text, flags=re.DOTALL)
    PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
