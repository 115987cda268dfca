"""Two entries of `steps:` with one id.

The Tenant UI pairs what the frontmatter lists with the running step by `id`: both entries begin and
end together, and one of the two stages is never seen. Mostly the entry was copied and its id
forgotten. The validator accepts it (D27).

Bad:

    steps:
      - id: review
        label: Check slip
      - id: review
        label: Post slip

Good:

    steps:
      - id: review
        label: Check slip
      - id: post
        label: Post slip
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.places import declared_at, in_manifest
from lint_rules.declared.steps import steps_entry
from lint_rules.manifest.nodes import Node
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the entries whose id an earlier one has."""
    entry, manifest = steps_entry(contract), contract.manifest
    if entry is None or manifest is None:
        return
    first: dict[str, Node] = {}
    for node in entry.value.items:
        id_node = node.get("id")
        if id_node is None or not id_node.text:
            continue
        earlier = first.setdefault(id_node.text, id_node)
        if earlier is not id_node:
            yield in_manifest(
                contract,
                id_node,
                f"the step `{id_node.text}` is listed twice",
                "an id of its own for each entry, or one entry",
                steps=(declared_at(manifest, earlier, "the first of them"),),
            )


RULE = Rule(
    code="NTR534",
    name="step-listed-twice",
    summary="two entries of `steps:` with one id",
    explanation=__doc__,
    contract=check,
)
