"""A version that is not three numbers with dots between, or that YAML does not read as text.

The worker keeps each version in a directory of its name, `/workflows/<slug>/<version>/`, and an
unpinned workflow takes the newest one, so the name has to say which is newer. Without quotes YAML
makes a number of `1.10`, which is `1.1`, and a date of `2026-01-15`; deploy reads the text instead,
so that validator, API and worker speak of different versions (D29).

Bad:

    version: 1.10

Good:

    version: 1.10.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.manifest.nodes import Node
from lint_rules.manifest.versions import is_semantic
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_SHORT = re.compile(r"[vV]?([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.([0-9]{1,9}))?")


def check(contract: Contract) -> Iterator[Observation]:
    """Report a version that is none, or not the same to all readers."""
    manifest = contract.manifest
    entry = manifest.top.entry("version") if manifest is not None and manifest.top else None
    if manifest is None or entry is None or entry.value.is_null:
        return
    node = entry.value
    if node.text is not None and (not node.text.strip() or is_semantic(node.text)):
        return
    yield Observation(
        module=manifest.file,
        span=node.span if node.kind == "scalar" else entry.key_node.span,
        message=_message(node),
        alternative=_alternative(node),
        severity="warning" if node.text is not None else "error",
    )


def _message(node: Node) -> str:
    if node.text is not None:
        return f"the version `{node.shown}` is not three numbers with dots between"
    if node.kind != "scalar":
        return f"the version is {node.what}"
    return f"`{node.shown}` is {node.what} to YAML, but text to deploy"


def _alternative(node: Node) -> str:
    found = _SHORT.fullmatch(node.raw.strip()) if node.kind == "scalar" else None
    numbers = ".".join(str(int(part or 0)) for part in found.groups()) if found else "0.1.0"
    return f"`version: {numbers}`"


RULE = Rule(
    code="NTR507",
    name="version",
    summary="a version that is not X.Y.Z, or not text to YAML",
    explanation=__doc__,
    contract=check,
)
