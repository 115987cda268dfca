"""YAML mappings and lists while they are read, and the entries of those that merge others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lint_rules.manifest.nodes import Entry, Node, NodeKind
from lint_rules.manifest.scalars import MERGE

MOST_MERGED = 10_000
"""Entries that `<<` may bring into a document."""

Failing = Callable[[str, Any], Exception]


@dataclass(slots=True)
class Open:
    """A mapping or sequence that is still being read; `children` have their tags beside them."""

    kind: NodeKind
    mark: Any
    anchor: str | None
    tag: str
    children: list[tuple[Node, str]] = field(default_factory=list)


def entries(mapping: Open, merged: list[int], error: Failing) -> tuple[Entry, ...]:
    """Return the entries of a mapping, those first that `<<` brings in: they count less.

    `merged` holds how many came into the document so far. Raises `error(message, mark)`.
    """
    children = mapping.children
    pairs = list(zip(children[::2], children[1::2], strict=True))
    found: list[Entry] = []
    for (_, tag), (value, _) in pairs:
        if tag == MERGE:
            for source in _sources(value, mapping.mark, error):
                merged[0] += len(source.entries)
                if merged[0] > MOST_MERGED:
                    raise error("merges with `<<` without an end", mapping.mark)
                found += (Entry(e.key, e.key_node, e.value, merged=True) for e in source.entries)
    found += _own(pairs, mapping.mark, error)
    return tuple(found)


def _own(pairs: list[Any], mark: Any, error: Failing) -> Iterator[Entry]:
    for (key, tag), (value, _) in pairs:
        if tag == MERGE:
            continue
        if key.kind != "scalar":
            raise error("a mapping or list as a key is not possible here", mark)
        yield Entry(key.raw, key, value)


def _sources(value: Node, mark: Any, error: Failing) -> Iterator[Node]:
    """Yield what is merged in, the weakest first: of several in a list the last."""
    for source in reversed(value.items) if value.kind == "sequence" else (value,):
        if source.kind != "mapping":
            raise error("only mappings can be merged with `<<`", mark)
        yield source
