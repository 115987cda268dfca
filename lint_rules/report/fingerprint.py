"""What makes a finding the same one in the next run, wherever its line has moved to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from lint_rules.finding import Finding
from lint_rules.report.paths import slashed


def fingerprints(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return one per finding, all different.

    Made of code, path, bundle and message; findings alike in these are told apart by their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    result = []
    for finding in findings:
        key = (finding.code, slashed(finding.place.path), finding.bundle or "", finding.message)
        seen[key] += 1
        told = repr((*key, seen[key])).encode("utf-8", "surrogatepass")
        result.append(hashlib.blake2b(told, digest_size=16).hexdigest())
    return tuple(result)
