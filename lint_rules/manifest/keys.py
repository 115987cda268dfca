"""The keys a manifest is known to have, and those that are spelled nearly so.

The lists are open: the platform keeps what it does not know (contract 1.2). So a key counts as
misspelt only where the one it resembles is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from lint_rules.manifest.manifest import Manifest
from lint_rules.manifest.nodes import Entry, Node

VALIDATOR_KEYS = ("slug", "name", "version", "state", "author")
"""What the SDK's validator requires (`ntro/runbook/validate.py:80-86`)."""

API_KEYS = ("id", "description", "classification")
"""What the API's model of a runbook requires besides (`ntro/workspace/models/runbook.py:10-55`)."""

API_STEP_KEYS = ("id", "label", "description")
API_TEMPLATE_KEYS = ("path", "description")

TOP_KEYS = (
    *VALIDATOR_KEYS,
    *API_KEYS,
    "tags",
    "jurisdictions",
    "visibility",
    "steps",
    "templates",
    "config_schema",
)
STEP_KEYS = (
    *API_STEP_KEYS,
    "component",
    "activity",
    "responsibility",
    "timeout_minutes",
    "config",
)
TEMPLATE_KEYS = (*API_TEMPLATE_KEYS, "language")

_ALIKE = 0.8
_LENGTHS = 3
_LONGEST = 40
_MOST = 40
"""Unknown keys of one mapping that are looked at."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping of the manifest, what it is, and the keys it may be expected to have."""

    node: Node
    what: str
    known: tuple[str, ...]

    def misspelt(self) -> Mapping[str, Entry]:
        """Return the entries whose keys are nearly known ones, by those, which are missing."""
        present = {entry.key for entry in self.node.entries}
        absent = [key for key in self.known if key not in present]
        unknown = (e for e in self.node.last if not e.merged and e.key not in self.known)
        found: dict[str, Entry] = {}
        for entry in islice(unknown, _MOST):
            meant = _nearest(entry.key, absent)
            if meant is not None:
                found.setdefault(meant, entry)
        return found


def keyed_mappings(manifest: Manifest) -> Iterator[Keyed]:
    """Yield the mappings of a manifest whose keys are known: itself, its steps, its templates."""
    if manifest.top is None:
        return
    yield Keyed(manifest.top, "the frontmatter", TOP_KEYS)
    for key, what, known in (
        ("steps", "the step", STEP_KEYS),
        ("templates", "the template", TEMPLATE_KEYS),
    ):
        listed = manifest.get(key)
        for item in dict.fromkeys(listed.items) if listed is not None else ():
            if item.kind == "mapping":
                yield Keyed(item, what, known)


def _nearest(key: str, absent: list[str]) -> str | None:
    from difflib import SequenceMatcher

    bare = _bare(key)
    close = [k for k in absent if abs(len(_bare(k)) - len(bare)) <= _LENGTHS]
    likeness = {k: SequenceMatcher(None, bare, _bare(k), autojunk=False).ratio() for k in close}
    best = max(likeness, key=lambda k: likeness[k], default=None)
    return best if best is not None and likeness[best] >= _ALIKE else None


def _bare(key: str) -> str:
    return key[:_LONGEST].casefold().replace("-", "").replace("_", "").replace(" ", "")
