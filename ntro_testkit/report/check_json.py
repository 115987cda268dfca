"""A check of a whole bundle as one JSON object; keys are only ever added."""

from __future__ import annotations

import json
from typing import Any

from lint_rules.report.json_report import render_json
from ntro_testkit.bundle_check import BundleReport
from ntro_testkit.run_data import as_data, plain

VERSION = 1
"""Of the form; a key never changes its meaning within one."""


def text(report: BundleReport) -> str:
    """Return the report: `lint` and `runs` as those commands print them, `replay` as findings."""
    data = {
        "version": VERSION,
        "bundle": report.bundle.resolve().name,
        "clean": report.clean and not report.problems,
        "lint": json.loads(render_json(report.linted.report)),
        "runs": plain([as_data(run) for run in report.runs]),
        "replay": _replay(report),
        "notes": list(report.notes),
        "problems": list(report.problems),
    }
    return json.dumps(data, indent=2, allow_nan=False) + "\n"


def _replay(report: BundleReport) -> list[dict[str, Any]]:
    if not report.replays:
        return []
    from ntro_testkit.report.replay_json import described

    return [
        {
            "history": replay.source,
            "workflow_id": replay.workflow_id,
            "run_id": replay.run_id,
            "workflow_type": replay.workflow_type,
            "findings": [described(each) for each in replay.differences],
        }
        for replay in report.replays
    ]
