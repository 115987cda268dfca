"""`python -m lint_rules.hazards.compile` writes `table.json`; run it after a change of the data.

TOML is for people (comments, no third-party reader); parsing it takes some fifteen times as long as
the JSON, too long for every start of the linter.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from lint_rules.hazards.flatten import read_data
from lint_rules.hazards.table import TABLE_FILE, HazardDataError

DATA_DIRECTORY = Path(__file__).with_name("data")


def render(table: dict[str, Any]) -> str:
    """The text of `table.json`: one section per line, the same for the same data."""
    lines = (f"{json.dumps(key)}:{_compact(value)}" for key, value in table.items())
    return "{" + ",\n".join(lines) + "}\n"


def main() -> int:
    """Compile, or say on stderr what is wrong with the data."""
    try:
        text = render(read_data(DATA_DIRECTORY))
    except HazardDataError as error:
        print(error, file=sys.stderr)
        return 2
    TABLE_FILE.write_text(text, "utf-8")
    return 0


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main())
