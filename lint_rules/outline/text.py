"""Outlines as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lint_rules.outline.outline import ClassOutline, GateOutline, Outline, Spot, StepOutline
from lint_rules.outline.tables import Row, listing, table
from lint_rules.report.colours import Colours
from lint_rules.report.printable import printable


def render_text(outlines: Sequence[Outline], *, colour: bool) -> str:
    """Return all outlines; what is empty is left out. Places are within the bundle."""
    colours = Colours(colour)
    texts = ["".join(f"{line}\n" for line in _Shown(o, colours).lines()) for o in outlines]
    return "\n".join(texts) or "no bundle was found\n"


class _Shown:
    """One outline on its way to lines."""

    def __init__(self, outline: Outline, colours: Colours) -> None:
        self.outline = outline
        self.colours = colours

    def lines(self) -> Iterator[str]:
        outline = self.outline
        version = f" {outline.version}" if outline.version else ""
        name = printable((outline.bundle or "loose modules") + version)
        yield f"{self.colours.paint(name, 'strong')}  ({printable(outline.path)})"
        for drawn in outline.classes:
            yield f"  class {printable(drawn.name)}  {self._at(drawn.at)}"
            if drawn.context:
                yield f"  input {printable(drawn.context)}"
            yield from self._class(drawn)
        yield from table(
            "Registered activities",
            ("name", "function", "at"),
            [(a.name, a.function, self._at(a.at)) for a in outline.activities],
            self.colours,
        )
        yield from table(
            "Configuration",
            ("key", "of", "type", "default"),
            [(c.key, c.step or "the run", c.type, c.default) for c in outline.config],
            self.colours,
        )
        yield from listing("Requirements", outline.requirements, self.colours)
        yield from listing("Notes", outline.notes, self.colours)

    def _class(self, drawn: ClassOutline) -> Iterator[str]:
        everything = (*drawn.steps, drawn.outside)
        yield from table(
            "Steps",
            ("step", "title", "component", "gates", "activities", "children", "at"),
            [self._step(step) for step in drawn.steps],
            self.colours,
        )
        yield from table(
            "Gates",
            ("kind", "step", "component", "signal", "timeout", "a rejection", "at"),
            [self._gate(step, gate) for step in everything for gate in step.gates],
            self.colours,
        )
        yield from table(
            "Activities",
            ("name", "step", "start to close", "schedule to close", "at"),
            [
                (use.name, step.name, use.start_to_close, use.schedule_to_close, self._at(use.at))
                for step in everything
                for use in step.activities
            ],
            self.colours,
        )
        yield from table(
            "Children",
            ("slug", "step", "started by", "bundle", "at"),
            [
                (child.slug, step.name, child.how, _found(child.found), self._at(child.at))
                for step in everything
                for child in step.children
            ],
            self.colours,
        )
        yield from table(
            "Handlers",
            ("kind", "name", "method", "at"),
            [(h.kind, h.name, h.function, self._at(h.at)) for h in drawn.handlers],
            self.colours,
        )

    def _step(self, step: StepOutline) -> Row:
        return (
            step.name,
            step.title,
            step.component,
            _several(gate.kind for gate in step.gates),
            _several(use.name or "?" for use in step.activities),
            _several(child.slug or "?" for child in step.children),
            self._at(step.at),
        )

    def _gate(self, step: StepOutline, gate: GateOutline) -> Row:
        rejection = f"goes on with {gate.reject_to}" if gate.reject_to else gate.on_reject
        shown = (gate.component, gate.signal, gate.timeout)
        return (gate.kind, step.name, *shown, rejection, self._at(gate.at))

    def _at(self, spot: Spot) -> str:
        inside = spot.path.removeprefix(self.outline.path).lstrip("/\\")
        return f"{printable(inside or spot.path)}:{spot.line}"


def _several(names: Iterable[str]) -> str | None:
    return ", ".join(dict.fromkeys(names)) or None


def _found(found: bool | None) -> str | None:
    return None if found is None else "found" if found else "not found"
