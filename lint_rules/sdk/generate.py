"""Writes the table of the SDK in a directory: `python -m lint_rules.sdk.generate DIR VERSION`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lint_rules.sdk.sources import SourceModules
from lint_rules.sdk.versions import DIRECTORY


def render(package: Path) -> str:
    """Return the table of the package in a directory as JSON, a module a line."""
    modules = SourceModules(package)
    lines = (
        f"{json.dumps(name)}:{json.dumps(modules[name], separators=(',', ':'), sort_keys=True)}"
        for name in sorted(modules)
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    _, directory, version = sys.argv
    (DIRECTORY / f"{version}.json").write_text(render(Path(directory)), "utf-8")
