"""Runs a command and prints its seconds and the memory of its largest process, as JSON.

python -m benchmarks.lint_speed.peak_memory COMMAND...
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts the memory of a process."""


def main() -> None:
    """Run it; what it prints is thrown away."""
    started = time.perf_counter()
    finished = subprocess.run(
        sys.argv[1:],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * UNIT
    result = {
        "seconds": seconds,
        "peak": peak,
        "returncode": finished.returncode,
        "errors": finished.stderr[-500:],
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
