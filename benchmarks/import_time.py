"""Takes the imports of a cold command apart, by the package they belong to."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.figures import Share
from benchmarks.processes import python, run

GROUPS = {
    "ours": ("ntro_testkit", "lint_rules", "pytest_plugin"),
    "the bundle": ("_ntro_bundle_",),
    "ntro": ("ntro",),
    "temporalio": ("temporalio", "google", "nexusrpc", "temporal"),
    "pydantic": ("pydantic", "pydantic_core", "annotated_types", "typing_inspection"),
    "typer and rich": ("typer", "click", "rich", "shellingham", "markdown_it", "pygments"),
    "yaml and packaging": ("yaml", "_yaml", "packaging"),
    "http": ("httpx", "httpcore", "h11", "anyio", "sniffio", "certifi", "idna"),
}
"""Group -> top-level packages; whatever is in none is `standard library and others`."""

REST = "standard library and others"

_LINE = re.compile(r"^import time:\s*(?P<own>\d+) \|\s*\d+ \| \s*(?P<name>\S+)$", re.MULTILINE)


def import_shares(arguments: Sequence[str], runs: int) -> tuple[Share, ...]:
    """Run a Python command under `-X importtime` and return what each group of imports costs.

    Medians over `runs`, because the garbage collector may strike any module.
    """
    samples: dict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        log = run(python("-X", "importtime", *arguments)).errors
        seconds: dict[str, float] = defaultdict(float)
        for entry in _LINE.finditer(log):
            seconds[_group(entry["name"])] += int(entry["own"]) * 1e-6
        for name, spent in seconds.items():
            samples[name].append(spent)
    shares = [Share(name, statistics.median(spent)) for name, spent in samples.items()]
    return tuple(sorted(shares, key=lambda share: -share.seconds))


def _group(module: str) -> str:
    top = module.partition(".")[0]
    for group, packages in GROUPS.items():
        if top in packages or (top.startswith("_ntro_bundle_") and group == "the bundle"):
            return group
    return REST
