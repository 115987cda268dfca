"""A row for tables that are empty only because nobody knows what their rows are.

A bare dict is faked with no entries and a list of them with no rows, so a gate that shows
`rows: list[dict]` has nothing to edit. Its columns say what a row would have.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.inputs.editable_cells import tables_of
from ntro_testkit.runtime.definitions import ActivityDefinition
from ntro_testkit.runtime.replies import ActivityReplies, Encoded, Reply
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import Gate, RunResult

_SAMPLES: Mapping[str, Any] = {
    "currency": "12.50",
    "number": 12,
    "boolean": False,
    "date": "2026-01-01",
}
_ROW_IDS = dict.fromkeys(("row_id", "line_item_id", "line_id", "id"), "row-1")

Rows = Mapping[str, dict[str, Any]]
"""The key of a list -> the row for it."""


def rows_for(gate: Gate) -> Rows:
    """Return a row for each table of a gate that names its columns and its key."""
    rows: dict[str, dict[str, Any]] = {}
    for table in tables_of(gate):
        columns = table.get("columns")
        key = str(table.get("data_key") or table.get("key") or "").rpartition(".")[2]
        if key and isinstance(columns, list):
            rows[key] = {**_ROW_IDS, **_values(columns)}
    return rows


def run_with_rows(experiment: Experiment, scenario: Scenario, rows: Rows) -> RunResult:
    """Run a scenario in which faked results have these rows where their lists are empty."""
    prepared = experiment.harness.prepare(scenario=scenario, **experiment.given)
    options = dataclasses.replace(
        prepared.options, snapshots=True, replies=_LaidIn(prepared.options.replies, rows)
    )
    return experiment.harness.carry_out(dataclasses.replace(prepared, options=options))


@dataclass(frozen=True, slots=True)
class _LaidIn:
    """Answers activities as usual, with rows in what is faked."""

    usual: ActivityReplies
    rows: Rows

    def find(self, activity: Any) -> ActivityDefinition | None:
        """Return the registered activity a function or name stands for."""
        return self.usual.find(activity)

    def reply(self, activity: ActivityDefinition, args: list[Any]) -> Reply:
        """Answer one call."""
        reply = self.usual.reply(activity, args)
        if not isinstance(reply, Encoded) or reply.data is None:
            return reply
        try:
            result = json.loads(reply.data)
        except ValueError:
            # The result is raw bytes.
            return reply
        return Encoded(json.dumps(self._filled(result)).encode(), reply.source)

    def _filled(self, value: Any, key: str = "") -> Any:
        if value == [] and key in self.rows:
            return [self.rows[key]]
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        if isinstance(value, dict):
            return {key: self._filled(item, key) for key, item in value.items()}
        return value


def _values(columns: Sequence[Any]) -> dict[str, Any]:
    return {
        str(column.get("key")): _SAMPLES.get(str(column.get("type")), "text")
        for column in columns
        if isinstance(column, Mapping)
    }
