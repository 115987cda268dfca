"""`steps:` that is no list, or an entry of it that cannot be told from the others.

The API reads each entry as `{id, label, description}` (`ntro/workspace/models/runbook.py`), and the
Tenant UI pairs it with the running step by `id`. Without an id, or with one that another entry has,
the stage is lost; without a label it has no name. The validator accepts anything here (D27).

Bad:

    steps:
      - id: review
        label: Check slip
        description: An accountant checks it.
      - id: review              # twice
        label: Post slip
        description: Posts the slip.

Good:

    steps:
      - id: review
        label: Check slip
        description: An accountant checks it.
      - id: post
        label: Post slip
        description: Posts the slip.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.places import declared_at, in_manifest
from lint_rules.declared.steps import steps_entry
from lint_rules.manifest.nodes import Entry, Node
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation

_NEEDED = ("label", "description")
_KEYS = (
    "id",
    "label",
    "component",
    "description",
    "activity",
    "responsibility",
    "timeout_minutes",
    "config",
)


def check(contract: Contract) -> Iterator[Observation]:
    """Report what `steps:` has that is no step, or the same one again."""
    entry = steps_entry(contract)
    if entry is None or entry.value.is_null:
        return
    if entry.value.kind != "sequence":
        message = f"`steps` is {entry.value.what}, not a list"
        yield in_manifest(
            contract, entry.key_node, message, "a list of entries with `id`, `label`, `description`"
        )
        return
    first: dict[str, Node] = {}
    for node in entry.value.items:
        yield from _entry(contract, entry, node, first)


def _entry(
    contract: Contract, steps: Entry, node: Node, first: dict[str, Node]
) -> Iterator[Observation]:
    if node.kind != "mapping":
        at = node if node.span.line > steps.key_node.span.line else steps.key_node
        said = f"`{node.raw[:40]}`" if node.text else node.what
        yield in_manifest(
            contract,
            at,
            f"a step that is {said}, not a mapping",
            f"`id: {node.raw[:40]}` with `label` and `description`" if node.text else "a mapping",
        )
        return
    id_node = node.get("id")
    if id_node is None or not id_node.text:
        if id_node is None and _misspelt(node, "id"):
            return
        said = (
            "has no `id`" if id_node is None or id_node.is_null else "has an `id` that is no text"
        )
        yield in_manifest(
            contract, id_node or node, f"this step {said}", "the name in `@runbook.step(name=..)`"
        )
    elif id_node.text in first:
        place = contract.manifest
        assert place is not None, "an entry stands in a manifest"
        yield in_manifest(
            contract,
            id_node,
            f"the step `{id_node.text}` is listed twice",
            "an id for each step of its own, or one entry",
            steps=(declared_at(place, first[id_node.text], "the first of them"),),
        )
    else:
        first[id_node.text] = id_node
        missing = [key for key in _NEEDED if not _has(node, key) and not _misspelt(node, key)]
        if missing:
            named = " and no ".join(f"`{key}`" for key in missing)
            message = f"the step `{id_node.text}` has no {named}, which the API asks for"
            yield in_manifest(contract, id_node, message, " and ".join(f"`{m}`" for m in missing))


def _has(node: Node, key: str) -> bool:
    found = node.get(key)
    return found is not None and not found.is_null


def _misspelt(node: Node, wanted: str) -> bool:
    """Tell whether a key that is not known seems to be meant for another."""
    return any(e.key not in _KEYS and nearest(e.key, _KEYS) == wanted for e in node.entries)


RULE = Rule(
    code="NTR534",
    name="step-entry",
    summary="`steps:` that is no list, or an entry without an id of its own",
    explanation=__doc__,
    contract=check,
)
