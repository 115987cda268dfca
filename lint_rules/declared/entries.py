"""The entries of `config_schema`, by where they stand: for the whole run, or for one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lint_rules.contract.contract import Contract
from lint_rules.manifest.nodes import Entry, Node

SCHEMA = "config_schema"
GLOBAL = "global"
STEPS = "steps"

_MOST = 500

INJECTED = frozenset({"tenant_id", "tenant_slug", "entity_id", "entity_slug", "ai", "gl"})
"""What the platform adds to the input of a run by itself (contract 1.2)."""


@dataclass(frozen=True, slots=True)
class ConfigEntry:
    """One value that people configure; `step` is None for one of the whole run."""

    key: str
    key_node: Node
    schema: Node
    step: str | None

    @property
    def where(self) -> str:
        """Its place, as `config_schema.global.period`."""
        inside = GLOBAL if self.step is None else f"{STEPS}.{self.step}"
        return f"{SCHEMA}.{inside}.{self.key}"


def config_schema(contract: Contract) -> Entry | None:
    """Return `config_schema:` with its key; None where there is none, or an empty one."""
    manifest = contract.manifest
    top = manifest.top if manifest is not None else None
    entry = top.entry(SCHEMA) if top is not None else None
    return None if entry is None or entry.value.is_null else entry


def config_entries(contract: Contract) -> Iterator[ConfigEntry]:
    """Yield what can be configured, as far as it has the form that is in use.

    What an alias brings to several steps comes once.
    """
    yield from islice(_entries(contract), _MOST)


def _entries(contract: Contract) -> Iterator[ConfigEntry]:
    schema = config_schema(contract)
    if schema is None:
        return
    seen: set[Node] = set()
    for entry in _inside(schema.value.get(GLOBAL)):
        yield ConfigEntry(entry.key, entry.key_node, entry.value, None)
    for step in _inside(schema.value.get(STEPS)):
        fresh = step.value not in seen
        seen.add(step.value)
        for entry in _inside(step.value) if fresh else ():
            yield ConfigEntry(entry.key, entry.key_node, entry.value, step.key)


def is_whole_schema(node: Node) -> bool:
    """Tell whether a mapping is one JSON Schema of everything, which is not the form in use."""
    if node.entry(GLOBAL) or node.entry(STEPS):
        return False
    return any(node.entry(key) is not None for key in ("properties", "$schema", "$ref"))


def _inside(node: Node | None) -> Iterator[Entry]:
    if node is not None and node.kind == "mapping":
        yield from node.last
