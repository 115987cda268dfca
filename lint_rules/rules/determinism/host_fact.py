"""Reading the environment, the host or the process in workflow code.

A replay may run on another worker with other variables, another host name and another process id.
What the run must know belongs in its input; what the worker must know belongs in an activity.

Bad:

    if os.environ.get("DRY_RUN"):
        return stopped("dry run")

Good:

    if ctx.dry_run:
        return stopped("dry run")

Constants such as `os.sep` and version gates such as `sys.version_info` are not reported.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR105",
    name="host-fact",
    summary="environment, host or process read in workflow code",
    explanation=__doc__,
    check=named_hazards("NTR105", "is a fact of the worker: it differs between hosts"),
)
