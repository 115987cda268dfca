"""Runs as JSON: the documented rows of `ntro.testing`, plus what only this kit knows."""

from __future__ import annotations

import json as standard_json
from collections.abc import Iterable

from ntro_testkit.run_data import as_data, plain
from ntro_testkit.trace import RunResult


def json(results: Iterable[RunResult]) -> str:
    """Return the runs as a JSON list; always valid, whatever the bundle's values are."""
    data = plain([as_data(run) for run in results])
    return standard_json.dumps(data, indent=2, allow_nan=False)
