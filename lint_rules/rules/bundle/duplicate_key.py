"""A key that a mapping of the frontmatter has twice.

YAML silently takes the last one (PyYAML does not follow the standard here), so what the first says
is lost: a step loses its component, or its whole list of steps the bundle. Deploy does the opposite
and takes the first `slug:` or `version:` (D29).

Bad:

    version: 0.2.0
    state: DRAFT
    version: 0.1.0

Good:

    version: 0.2.0
    state: DRAFT
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.manifest.nodes import Entry, Node
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_BY_DEPLOY = ("slug", "version")


def check(contract: Contract) -> Iterator[Observation]:
    """Report each key that hides an earlier one."""
    manifest = contract.manifest
    if manifest is None or manifest.top is None:
        return
    for mapping in _mappings(manifest.top):
        for first, again in _repeated(mapping):
            deploy = mapping is manifest.top and again.key in _BY_DEPLOY
            yield Observation(
                module=manifest.file,
                span=again.key_node.span,
                message=f"`{again.key_node.shown}` is there twice: YAML forgets line"
                f" {first.key_node.span.line} and takes this one"
                + (", deploy takes the first" if deploy else ""),
                alternative="one of the two",
                severity="error",
            )


def _mappings(top: Node) -> Iterator[Node]:
    """Yield the mappings in a node; what aliases repeat once."""
    seen: set[Node] = {top}
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node.kind == "mapping":
            yield node
        for inside in (*node.items, *(entry.value for entry in node.entries)):
            if inside.kind != "scalar" and inside not in seen:
                seen.add(inside)
                waiting.append(inside)


def _repeated(mapping: Node) -> Iterator[tuple[Entry, Entry]]:
    first: dict[object, Entry] = {}
    for entry in mapping.entries:
        # What is merged in is there to be hidden.
        if not entry.merged and first.setdefault(entry.key_node.value, entry) is not entry:
            yield first[entry.key_node.value], entry


RULE = Rule(
    code="NTR510",
    name="duplicate-key",
    summary="a key that the frontmatter has twice, so one is lost",
    explanation=__doc__,
    contract=check,
)
