"""YAML text to nodes, from its events: in linear time, to a bounded size and depth, for any input.

PyYAML's own composer recurses, and its constructor expands merges without a bound; neither is fit
for text that anybody may have written. What is read is what `yaml.safe_load` makes of it, but for
what is beyond the bounds, and for what contains itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import yaml

from lint_rules.facts.records import Span
from lint_rules.files.source_text import Position
from lint_rules.manifest.collections import Open, entries
from lint_rules.manifest.errors import ComposeError
from lint_rules.manifest.nodes import Node
from lint_rules.manifest.scalars import TAG, scalar

DEEPEST = 100
"""Levels of nesting that are read, those behind aliases included."""

MOST = 100_000
"""Values that are read, each counted as often as aliases repeat it."""

LONGEST = 1_000_000
"""Characters that are read."""

_SLOW = 100_000
"""Characters that the slow reader is not asked about."""

_TAKEN_BY_THE_FAST_ONE = re.compile(
    "[\t\x85\u2028\u2029\ufeff]"  # tabs between words, rare line ends, marks
    r"|(?<!\w)!(?!\S)"  # a tag without a name
    r"|[\[{][^\[\]{}\n]*\?"  # a question mark between brackets
)
"""What the fast one makes more of than the slow one."""

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EXACT: Any = yaml.SafeLoader
_SET, _PAIRS = f"{TAG}set", (f"{TAG}omap", f"{TAG}pairs")
_SEQUENCES = ("", "!", f"{TAG}seq", *_PAIRS)
_MAPPINGS = ("", "!", f"{TAG}map", _SET)

Placing = Callable[[int, int], Position]
"""Gives the place in a file of a line and column of the text, both from 0."""


def compose(text: str, placing: Placing | None = None) -> Node | None:
    """Return the document of a text; None when there is nothing in it. Raises `ComposeError`."""
    placing = placing or _as_it_is
    if len(text) > LONGEST:
        raise ComposeError(f"longer than {LONGEST:,} characters", *placing(0, 0))
    odd = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start())
        column = odd.start() - (text.rfind("\n", 0, odd.start()) + 1)
        raise ComposeError(f"U+{ord(odd[0]):04X} is not allowed in it", *placing(line, column))
    # The validator reads with the slow one, and the two do not take quite the same.
    if len(text) > _SLOW:
        return _composed(text, placing, _FAST)
    if _TAKEN_BY_THE_FAST_ONE.search(text):
        return _composed(text, placing, _EXACT)
    try:
        return _composed(text, placing, _FAST)
    except ComposeError:
        return _composed(text, placing, _EXACT)


def _composed(text: str, placing: Placing, loader: Any) -> Node | None:
    composer = _Composer(placing)
    try:
        for event in yaml.parse(text, Loader=loader):
            composer.take(event)
    except ComposeError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context).split())
        raise composer.error(problem, mark) from error
    except (yaml.YAMLError, ValueError, LookupError) as error:
        # `%YAML` with a version that is no number; what a scanner does with a tag cut short.
        raise composer.error(" ".join(str(error).split()), None) from error
    return composer.root


def _as_it_is(line: int, column: int) -> Position:
    return line + 1, column + 1


class _Composer:
    """Takes events, holds what is open, and gives the finished document."""

    def __init__(self, placing: Placing) -> None:
        self._placing = placing
        self._open: list[Open] = []
        self._anchors: dict[str, tuple[Node, str] | None] = {}
        self._sizes: dict[Node, tuple[int, int]] = {}
        self._read = 0
        self._merged = [0]
        self._documents = 0
        self.root: Node | None = None

    def error(self, message: str, mark: Any) -> ComposeError:
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        return ComposeError(message, *self._placing(line, column))

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
                self._anchor(event)
                self._count(event)
                node, tag = self._scalar(event)
                self._finish(node, tag, event.anchor, (1, 0))
            case yaml.AliasEvent():
                self._count(event)
                node, tag = self._alias(event)
                self._finish(node, tag, None, self._sizes.get(node, (1, 0)))

    def _count(self, event: Any) -> None:
        self._read += 1
        if self._read > MOST:
            raise self.error(f"more than {MOST:,} values", event.start_mark)

    def _anchor(self, event: Any) -> None:
        if event.anchor is None:
            return
        if event.anchor in self._anchors:
            raise self.error(f"the anchor {event.anchor!r} is there twice", event.start_mark)
        self._anchors[event.anchor] = None

    def _start(self, event: Any) -> None:
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        tag = event.tag or ""
        if tag not in (_MAPPINGS if is_mapping else _SEQUENCES):
            what = "mapping" if is_mapping else "list"
            raise self.error(f"the tag {tag!r} does not fit a {what}", event.start_mark)
        if len(self._open) >= DEEPEST:
            raise self._too_deep(event)
        self._anchor(event)
        self._count(event)
        self._open.append(
            Open("mapping" if is_mapping else "sequence", event.start_mark, event.anchor, tag)
        )

    def _too_deep(self, event: Any) -> ComposeError:
        return self.error(f"nested more than {DEEPEST} levels deep", event.start_mark)

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        span = self._span(done.mark, event.end_mark)
        if done.kind == "sequence":
            node = Node("sequence", span, items=tuple(node for node, _ in done.children))
            if done.tag in _PAIRS and not all(_is_pair(item) for item in node.items):
                raise self.error(f"{done.tag!r} is a list of single entries", done.mark)
        else:
            node = Node("mapping", span, entries=entries(done, self._merged, self.error))
        self._finish(node, done.tag, done.anchor, self._measured(node, done.mark))

    def _measured(self, node: Node, mark: Any) -> tuple[int, int]:
        """Return how many values there are in a node, and how deep; raises for too many."""
        inside = [*node.items, *(entry.value for entry in node.entries)]
        sizes = [self._sizes.get(each, (1, 0)) for each in inside]
        size = 1 + sum(number for number, _ in sizes)
        depth = 1 + max((deep for _, deep in sizes), default=0)
        if size > MOST:
            raise self.error(f"repeats to more than {MOST:,} values", mark)
        if depth > DEEPEST:
            raise self.error(f"nested more than {DEEPEST} levels deep", mark)
        return size, depth

    def _alias(self, event: Any) -> tuple[Node, str]:
        if event.anchor not in self._anchors:
            raise self.error(f"undefined alias {event.anchor!r}", event.start_mark)
        found = self._anchors[event.anchor]
        if found is None:
            raise self.error(f"alias {event.anchor!r} refers to itself", event.start_mark)
        return found

    def _finish(self, node: Node, tag: str, anchor: str | None, size: tuple[int, int]) -> None:
        if size != (1, 0):
            self._sizes[node] = size
        if anchor is not None:
            self._anchors[anchor] = node, tag
        if self._open:
            self._open[-1].children.append((node, tag))
        else:
            self.root = node

    def _scalar(self, event: Any) -> tuple[Node, str]:
        tag = event.tag
        if tag is None or tag == "!":
            tag = _resolver().resolve(yaml.ScalarNode, event.value, event.implicit)
        is_key = self._expects_key()
        value = scalar(event, tag, is_key=is_key, error=self.error)
        span = self._span(event.start_mark, event.end_mark)
        return Node("scalar", span, value, event.value, event.style or None), tag

    def _expects_key(self) -> bool:
        around = self._open[-1] if self._open else None
        return around is not None and around.kind == "mapping" and len(around.children) % 2 == 0

    def _span(self, start: Any, end: Any) -> Span:
        return Span(*self._placing(start.line, start.column), *self._placing(end.line, end.column))


def _is_pair(node: Node) -> bool:
    return node.kind == "mapping" and len(node.entries) == 1


@cache
def _resolver() -> Any:
    """Return what tells a plain `1.5` from a text, by the rules of the safe loader."""
    return yaml.resolver.Resolver()
