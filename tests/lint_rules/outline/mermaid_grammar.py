"""The small part of Mermaid's grammar that a chart may use; whatever else stands in it is refused.

Mermaid itself is a program for browsers. What matters for a name of somebody's making is that it
stays between its quotes: so a label here is made of plain signs and entities alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LABEL = r'"((?:[^\W_]|[ _.,:/-]|#\d+;)*)"'
NODE = re.compile(
    r" {8}(?P<id>w\d+(?:n\d+|end))(?:"
    + "|".join(
        f"{re.escape(opening)}{LABEL}{re.escape(closing)}"
        for opening, closing in (("([", "])"), ("[/", "/]"), ("[[", "]]"), ("[", "]"), ("{", "}"))
    )
    + ")"
)
EDGE = re.compile(rf" {{8}}(?P<source>w\d+\w+) (?:-->|-\.->)(?:\|{LABEL}\|)? (?P<target>w\d+\w+)")
FRAME = re.compile(rf" {{4}}subgraph (?P<id>w\d+)\[{LABEL}\]")


@dataclass(frozen=True, slots=True)
class Chart:
    """What a text draws: nodes with their labels, arrows with theirs."""

    frames: dict[str, str]
    nodes: dict[str, str]
    edges: list[tuple[str, str, str]]


def read(text: str) -> Chart:
    """Read a chart; raises AssertionError for anything that is none."""
    first, *lines = text.splitlines()
    assert first == "flowchart TD"
    chart = Chart({}, {}, [])
    is_open = False
    for line in lines:
        if frame := FRAME.fullmatch(line):
            assert not is_open, "a frame in a frame"
            assert frame["id"] not in chart.frames, "a frame twice"
            is_open = True
            chart.frames[frame["id"]] = _plain(frame[2])
        elif line == "    end":
            assert is_open, "an end without a frame"
            is_open = False
        elif node := NODE.fullmatch(line):
            assert is_open, "a node outside of its frame"
            assert node["id"] not in chart.nodes, "a node twice"
            label = next(group for group in node.groups()[1:] if group is not None)
            chart.nodes[node["id"]] = _plain(label)
        else:
            edge = EDGE.fullmatch(line)
            assert edge is not None, f"neither node nor edge: {line!r}"
            chart.edges.append((edge["source"], _plain(edge[2] or ""), edge["target"]))
    assert not is_open, "a frame without an end"
    for source, _, target in chart.edges:
        assert {source, target} <= chart.nodes.keys(), "an arrow to nowhere"
    return chart


def _plain(label: str) -> str:
    """Return a label as a browser shows it."""
    return re.sub(r"#(\d+);", lambda entity: chr(int(entity[1])), label)
