"""YAML text to nodes, from its events: in linear time, to a bounded depth, for any input.

PyYAML's own composer recurses in C, and its constructor expands merges without a bound; neither is
fit for text that anybody may have written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from lint_rules.facts.records import Span
from lint_rules.manifest.nodes import Entry, Node, NodeKind

DEEPEST = 100
"""Levels of nesting that are read; libyaml itself gives up at 1,000."""

MOST_MERGED = 10_000
"""Entries that `<<` may bring into a document."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE = "tag:yaml.org,2002:merge"
_TEXT = "tag:yaml.org,2002:str"


class ComposeError(ValueError):
    """The text is no YAML that can be read; line and column are those of the file, from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def compose(text: str, first_line: int = 1) -> Node | None:
    """Return the document of a text; None when there is nothing in it.

    `first_line` is the line of the file on which the text begins. Raises `ComposeError`.
    """
    composer = _Composer(first_line - 1)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context).split())
        raise composer.error(problem, mark) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise composer.error(" ".join(str(error).split()), None) from error
    return composer.root


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is still being read."""

    kind: NodeKind
    mark: Any
    anchor: str | None
    children: list[tuple[Node, str]]


class _Composer:
    """Takes events, holds what is open, and gives the finished document."""

    def __init__(self, lines_before: int) -> None:
        self._before = lines_before
        self._open: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._merged = 0
        self._documents = 0
        self.root: Node | None = None

    def error(self, message: str, mark: Any) -> ComposeError:
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        return ComposeError(message, line + 1 + self._before, column + 1)

    def take(self, event: Any) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise self.error("expected a single document", event.start_mark)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._start(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end(event)
            case yaml.ScalarEvent():
                node, tag = self._scalar(event)
                self._finish(node, tag, event.anchor)
            case yaml.AliasEvent():
                self._finish(self._alias(event), "", None)

    def _start(self, event: Any) -> None:
        if len(self._open) >= DEEPEST:
            raise self.error(f"nested more than {DEEPEST} levels deep", event.start_mark)
        kind: NodeKind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(kind, event.start_mark, event.anchor, []))

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        span = self._span(done.mark, event.end_mark)
        if done.kind == "sequence":
            items = tuple(node for node, _ in done.children)
            node = Node("sequence", span, items=items)
        else:
            node = Node("mapping", span, entries=tuple(self._entries(done)))
        self._finish(node, "", done.anchor)

    def _entries(self, mapping: _Open) -> Iterator[Entry]:
        pairs = [mapping.children[n : n + 2] for n in range(0, len(mapping.children), 2)]
        merged = [value for (_, tag), (value, _) in pairs if tag == _MERGE]
        # What is merged in counts less than what is written, and the first merged one most.
        for source in reversed(list(self._sources(merged, mapping))):
            yield from source.entries
        for (key, tag), (value, _) in pairs:
            if tag == _MERGE:
                continue
            if key.kind != "scalar":
                message = "a mapping or list as a key is not possible here"
                raise ComposeError(message, key.span.line, key.span.column)
            yield Entry(key.raw, key, value)

    def _sources(self, merged: list[Node], mapping: _Open) -> Iterator[Node]:
        for node in merged:
            for source in node.items if node.kind == "sequence" else (node,):
                if source.kind != "mapping":
                    raise self.error("only mappings can be merged with `<<`", mapping.mark)
                self._merged += len(source.entries)
                if self._merged > MOST_MERGED:
                    raise self.error("merges with `<<` without an end", mapping.mark)
                yield source

    def _alias(self, event: Any) -> Node:
        if event.anchor not in self._anchors:
            raise self.error(f"undefined alias {event.anchor!r}", event.start_mark)
        found = self._anchors[event.anchor]
        if found is None:
            raise self.error(f"alias {event.anchor!r} refers to itself", event.start_mark)
        return found

    def _finish(self, node: Node, tag: str, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if self._open:
            self._open[-1].children.append((node, tag))
        else:
            self.root = node

    def _scalar(self, event: Any) -> tuple[Node, str]:
        tag = event.tag
        if tag is None or tag == "!":
            tag = _resolver().resolve(yaml.ScalarNode, event.value, event.implicit)
        value: object = event.value
        if tag not in (_TEXT, _MERGE):
            value = self._constructed(event, tag)
        span = self._span(event.start_mark, event.end_mark)
        return Node("scalar", span, value, event.value, event.style or None), tag

    def _constructed(self, event: Any, tag: str) -> object:
        mark = event.start_mark
        node = yaml.ScalarNode(tag, event.value, mark, event.end_mark)
        try:
            return yaml.constructor.SafeConstructor().construct_object(node)
        except yaml.MarkedYAMLError as error:
            raise self.error(" ".join(str(error.problem).split()), mark) from error
        except (ValueError, OverflowError, KeyError) as error:
            # A date such as 2026-13-45, a tagged value that is none.
            raise self.error(f"{event.value[:40]!r}: {error}", mark) from error

    def _span(self, start: Any, end: Any) -> Span:
        before = self._before + 1
        return Span(start.line + before, start.column + 1, end.line + before, end.column + 1)


@cache
def _resolver() -> Any:
    """Return what tells a plain `1.5` from a text, by the rules of the safe loader."""
    return yaml.resolver.Resolver()
