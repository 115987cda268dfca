"""Outlines as a Mermaid flowchart: steps in order, gates as diamonds, what they use beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lint_rules.outline.outline import ClassOutline, GateOutline, Outline, StepOutline
from lint_rules.report.printable import printable

_PLAIN = frozenset(" _-.,:/")
_LONGEST = 80


def render_mermaid(outlines: Sequence[Outline]) -> str:
    """Return one flowchart, with a frame around each workflow class."""
    lines = ["flowchart TD"]
    number = 0
    for outline in outlines:
        for each in outline.classes:
            lines += _Chart(f"w{number}").lines(outline, each)
            number += 1
    return "".join(f"{line}\n" for line in lines)


def escaped(text: str) -> str:
    """Return text that is nothing but text between the quotes of Mermaid.

    Whatever is no letter, digit or plain sign becomes an entity, so that no name can close the
    quotes, begin markup, or be taken for a directive.
    """
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
    return "".join(
        sign if sign.isalnum() or sign in _PLAIN else f"#{ord(sign)};" for sign in printable(short)
    )


class _Chart:
    """Draws one class; every node has an id of its own, whatever it is called."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.count = 0
        self.nodes: list[str] = []
        self.edges: list[str] = []
        self.rejected: list[tuple[str, str | None]] = []

    def lines(self, outline: Outline, drawn: ClassOutline) -> Iterator[str]:
        title = f"{outline.bundle}: {drawn.name}" if outline.bundle else drawn.name
        start = self.node('(["', "run", '"])')
        end = f"{self.prefix}end"
        last, label = start, None
        places: dict[str, str] = {}
        self._beside(start, drawn.outside)
        for gate in drawn.outside.gates:
            self.edge(start, self._diamond(gate), None, dotted=True)
        for step in drawn.steps:
            named = step.name or ""
            words = f"{named}: {step.title}" if step.title else named
            here = self.node('["', words, '"]')
            self.edge(last, here, label)
            self._beside(here, step)
            places.setdefault(named, here)
            last, label = here, None
            for gate in step.gates:
                last, label = self._gate(last, label, gate)
        self.nodes.append(f'{end}(["end"])')
        self.edge(last, end, label)
        for gate_node, name in self.rejected:
            self.edge(gate_node, places.get(name, end) if name else end, "reject")
        yield f'    subgraph {self.prefix}["{escaped(title)}"]'
        yield from (f"        {line}" for line in (*self.nodes, *self.edges))
        yield "    end"

    def node(self, opening: str, text: str, closing: str) -> str:
        """Declare a node and return its id."""
        name = f"{self.prefix}n{self.count}"
        self.count += 1
        self.nodes.append(f"{name}{opening}{escaped(text)}{closing}")
        return name

    def edge(self, source: str, target: str, label: str | None, *, dotted: bool = False) -> None:
        """Draw an arrow."""
        arrow = "-.->" if dotted else "-->"
        said = f'|"{escaped(label)}"|' if label else ""
        self.edges.append(f"{source} {arrow}{said} {target}")

    def _gate(self, last: str, label: str | None, gate: GateOutline) -> tuple[str, str | None]:
        here = self._diamond(gate)
        self.edge(last, here, label)
        if gate.on_reject not in (None, "unclear"):
            # The step it goes on with is drawn later.
            self.rejected.append((here, gate.reject_to))
            return here, "approve"
        return here, gate.signal if gate.kind == "signal" else None

    def _diamond(self, gate: GateOutline) -> str:
        words = [gate.kind, gate.component, f"within {gate.timeout}" if gate.timeout else None]
        return self.node('{"', ", ".join(word for word in words if word), '"}')

    def _beside(self, here: str, step: StepOutline) -> None:
        """Draw the activities and children of a step, each name once."""
        names = dict.fromkeys(use.name or "an activity" for use in step.activities)
        for name in names:
            self.edge(here, self.node('[/"', name, '"/]'), None, dotted=True)
        slugs = {child.slug or "a child": child.found for child in step.children}
        for slug, found in slugs.items():
            words = f"{slug}, not found" if found is False else slug
            self.edge(here, self.node('[["', words, '"]]'), None, dotted=True)
