"""Touching files in workflow code.

The file is on one worker's disk, as it is at that moment. Another worker that replays the run finds
another file, or none; and reading blocks the event loop of every workflow on the worker.

Bad:

    rates = json.loads(Path("rates.json").read_text())

Good:

    rates = await runbook.execute_activity(load_rates, ctx, start_to_close_timeout=ATTEMPT)

Working on paths as text is fine: `os.path.join`, `PurePath`, `Path(..).name`; so are `io.StringIO`
and `ZipFile(BytesIO(..))`.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR106",
    name="file-system",
    summary="files touched in workflow code",
    explanation=__doc__,
    check=named_hazards("NTR106", "touches the file system"),
)
