"""The command: `python -m benchmarks [--quick] [--only NAME]`."""

from __future__ import annotations

import argparse
import importlib
import sys

from benchmarks import printing
from benchmarks.figures import Section
from benchmarks.machine import machine

BENCHMARKS = {
    "single-run": "benchmarks.single_run",
    "sdk-run": "benchmarks.sdk_run",
    "recording": "benchmarks.recording",
    "guard": "benchmarks.guard",
    "twin": "benchmarks.twin",
    "crash": "benchmarks.crash",
    "virtual-time": "benchmarks.virtual_time",
    "dev-server": "benchmarks.dev_server",
    "whole-command": "benchmarks.whole_command",
    "check": "benchmarks.whole_check",
    "pytest": "benchmarks.pytest_process",
    "html": "benchmarks.html_page",
    "explore": "benchmarks.exploration",
    "replay": "benchmarks.replay",
    "replay-jobs": "benchmarks.replay_jobs",
    "replay-memory": "benchmarks.replay_memory",
}
"""Name on the command line -> module with `measure(quick) -> Section`."""


def main() -> int:
    """Run the benchmarks asked for and print each as soon as it is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds: does it run at all?")
    parser.add_argument(
        "--only", action="append", choices=BENCHMARKS, metavar="NAME", help=", ".join(BENCHMARKS)
    )
    options = parser.parse_args()
    print(machine(), end="\n\n", flush=True)
    for name in options.only or BENCHMARKS:
        section: Section = importlib.import_module(BENCHMARKS[name]).measure(options.quick)
        text = printing.lines(name, section, with_goals=not options.quick)
        print("\n".join(text), flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
