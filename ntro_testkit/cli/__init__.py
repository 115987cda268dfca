"""The `ntro-testkit` command: finds out which command is meant, then imports it.

Exit codes: 0 clean; 1 findings or failed scenarios; 2 wrong use, unreadable input, internal error.
"""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line; the process ends here."""
    from ntro_testkit.shadowing import shadowing_problem

    problem = shadowing_problem()
    if problem is not None:
        print(f"error: {problem}", file=sys.stderr)
        raise SystemExit(2)
    from ntro_testkit.cli.app import run
    from ntro_testkit.garbage import collect_seldom

    if sys.argv[1:2] == ["lint"]:
        # What a run leaves in circles goes with the process; looking for it costs a tenth of a run.
        gc.disable()
    else:
        collect_seldom()
    code = run(sys.argv[1:])
    gc.freeze()
    raise SystemExit(code)
