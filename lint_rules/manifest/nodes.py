"""YAML as plain data that knows where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from lint_rules.facts.records import Span

_LONG = 60

NodeKind = Literal["mapping", "sequence", "scalar"]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value; what an alias stands for is the very same node.

    `value` is what YAML makes of a scalar (text, number, bool, date, None), `raw` how it is written
    without quotes, `style` the quote or block sign around it, None for a plain one. Keys of a
    mapping may be there twice; as in YAML, the last one counts.
    """

    kind: NodeKind
    span: Span
    value: object = None
    raw: str = ""
    style: str | None = None
    entries: tuple[Entry, ...] = ()
    items: tuple[Node, ...] = ()

    @property
    def text(self) -> str | None:
        """The value if it is text."""
        return self.value if self.kind == "scalar" and isinstance(self.value, str) else None

    @property
    def is_null(self) -> bool:
        """Whether it is an empty or null scalar."""
        return self.kind == "scalar" and self.value is None

    @property
    def shown(self) -> str:
        """What is written for a scalar, on one line and not too long."""
        text = " ".join(self.raw[:200].split())
        return text if len(text) <= _LONG else f"{text[:_LONG]}..."

    def entry(self, key: str) -> Entry | None:
        """Return the entry of a key that counts."""
        return next((each for each in reversed(self.entries) if each.key == key), None)

    def get(self, *keys: str) -> Node | None:
        """Return what lies under a path of keys."""
        found: Node | None = self
        for key in keys:
            entry = found.entry(key) if found is not None else None
            found = entry.value if entry else None
        return found

    @property
    def last(self) -> Iterator[Entry]:
        """The entries that count: of each key the last."""
        yield from {each.key_node.value: each for each in self.entries}.values()

    @property
    def what(self) -> str:
        """What it is, in words."""
        if self.kind != "scalar":
            return "a mapping" if self.kind == "mapping" else "a list"
        kinds = {str: "text", bool: "true or false", int: "a number", float: "a number"}
        return "nothing" if self.value is None else kinds.get(type(self.value), "a date")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One key of a mapping with its value; `key` is as written, for numbers and dates too.

    `merged` tells that `<<` brought it in from elsewhere.
    """

    key: str
    key_node: Node
    value: Node
    merged: bool = False


def plain(node: Node) -> Any:
    """Return a node as plain data, as the safe loader gives it; aliases stay the same object."""
    return _plain(node, {})


def _plain(node: Node, known: dict[Node, Any]) -> Any:
    if node.kind == "scalar":
        return node.value
    if node not in known:
        if node.kind == "sequence":
            known[node] = [_plain(item, known) for item in node.items]
        else:
            known[node] = {e.key_node.value: _plain(e.value, known) for e in node.entries}
    return known[node]
