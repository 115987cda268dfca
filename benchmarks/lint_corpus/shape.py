"""A shape: the text around a hazard, with places for it, and which hazards fit into it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from string import Template
from typing import Literal

from benchmarks.lint_corpus.hazards import Hazard

FOUND = "#!"
"""Stands at the end of the line that must be found; several lines mean: one of these."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Texts with `$` places: the body of `run`, what stands before the class, other members.

    `files` are more modules of the package, or stand beside it when they begin with `/`. `code` is
    what the hazard earns here when it is not its own code. Empty `imports` leave the import of the
    hazard to another module.
    """

    name: str
    run: str
    before: str = ""
    members: str = ""
    imports: str = "$import"
    bases: str = ""
    files: tuple[tuple[str, str], ...] = ()
    facade: Literal["either", "runbook", "workflow"] = "either"
    code: str | None = None

    def texts(self) -> Iterator[str]:
        """Yield everything that has places in it."""
        yield from (self.run, self.before, self.members, self.imports)
        yield from itertools.chain.from_iterable(self.files)

    def places(self) -> frozenset[str]:
        """Return the names of the places that are used."""
        return frozenset(
            itertools.chain.from_iterable(Template(text).get_identifiers() for text in self.texts())
        )


def misfit(shape: Shape, hazard: Hazard) -> str | None:
    """Say why a hazard cannot stand in a shape, None when it can.

    Each rule goes by the places the shape has, so a new shape cannot forget it.
    """
    places = shape.places()
    if hazard.awaited and places & {"call", "value"}:
        return "what must be awaited cannot stand where nothing can be awaited"
    if hazard.read and places & {"reference", "bare"}:
        return "what is only looked at cannot be handed on to be called"
    if hazard.arguments and "bare" in places:
        return "whoever calls it here gives no arguments"
    if "value" in places and not hazard.value:
        return "what gives nothing leaves nothing to read later"
    if "value" in places and hazard.loop:
        return "there is no event loop while a module is imported"
    if "plain" in places and (hazard.read or hazard.make or "." in hazard.path):
        return "only a function right in its module has a namesake that is a function"
    if "namesake" in places and hazard.module == "builtins":
        return "a builtin has no module to be named after"
    return None


def filling(hazard: Hazard, facade: str) -> dict[str, str]:
    """Return what goes into the places.

    `use` stands where awaiting is possible, `call` where it is not, `value` where modules and
    classes are made; `reference` is what to call, `bare` is that when nobody gives arguments.
    """
    below = hazard.path + hazard.make
    top = hazard.path.partition(".")[0]
    tail = hazard.tail or f"({hazard.arguments})"
    outside = "" if hazard.module == "builtins" else f"{hazard.module}."
    call = f"{outside}{below}{tail}"
    wait = "await " if hazard.awaited else ""
    reference = f"{outside}{below}"
    return {
        "module": hazard.module,
        "import": f"import {hazard.module}" if outside else "",
        "submodules": "".join(f".{part}" for part in hazard.module.split(".")[1:]),
        "top": top,
        "rest": below.removeprefix(top),
        "below": below,
        "path": hazard.path,
        "made": hazard.make,
        "tail": tail,
        "arguments": hazard.arguments,
        "more": f", {hazard.arguments}" if hazard.arguments else "",
        "wait": wait,
        "use": f"{wait}{call}",
        "call": call,
        "value": call,
        "reference": reference,
        "bare": reference,
        "plain": top,
        "name": call.partition(".")[0].partition("(")[0],
        "namesake": hazard.module.partition(".")[0],
        "facade": facade,
        "library": "ntro.workflow" if facade == "runbook" else "temporalio",
    }
