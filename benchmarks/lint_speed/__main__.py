"""The command: prints times and ratios, each measured beside its peer in the same run."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import PackageNotFoundError, version

from benchmarks.lint_speed import printing
from benchmarks.lint_speed.measurements import FULL, MEASUREMENTS, QUICK, WHOLE
from benchmarks.machine import machine
from benchmarks.processes import ProcessFailedError

PACKAGES = ("libcst", "flake8", "fixit", "ruff")


def main() -> int:
    """Measure what was asked for and print each as soon as it is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lint_speed", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small trees: does it run at all?")
    parser.add_argument("--full", action="store_true", help="Fixit on the whole tree: minutes")
    parser.add_argument(
        "--only",
        action="append",
        choices=MEASUREMENTS,
        metavar="NAME",
        help=", ".join(MEASUREMENTS),
    )
    options = parser.parse_args()
    size = QUICK if options.quick else FULL if options.full else WHOLE
    print(machine(), *(_installed(package) for package in PACKAGES), sep=", ", end="\n\n")
    for name in options.only or MEASUREMENTS:
        speed = MEASUREMENTS[name](size)
        text = printing.lines(name, speed, with_goals=not options.quick)
        print("\n".join(text), flush=True)
    return 0


def _installed(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} not installed"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ProcessFailedError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
