"""All pairs of a hazard and a shape that make sense, and why the others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.lint_corpus import (
    activity_shapes,
    dunder_shapes,
    entry_shapes,
    function_shapes,
    idle_shapes,
    inheritance_shapes,
    model_shapes,
    module_shapes,
    namesake_shapes,
    object_shapes,
    spelling_shapes,
    wrapping_shapes,
)
from benchmarks.lint_corpus.hazards import HAZARDS, Hazard
from benchmarks.lint_corpus.program import Kind, Program, program
from benchmarks.lint_corpus.shape import Shape, misfit

SHAPES: Mapping[Kind, tuple[Shape, ...]] = {
    "hidden": (
        *spelling_shapes.SHAPES,
        *function_shapes.SHAPES,
        *wrapping_shapes.SHAPES,
        *module_shapes.SHAPES,
        *object_shapes.SHAPES,
        *inheritance_shapes.SHAPES,
        *model_shapes.SHAPES,
        *dunder_shapes.SHAPES,
        *entry_shapes.SHAPES,
    ),
    "harmless": (
        *activity_shapes.SHAPES,
        *idle_shapes.SHAPES,
        *namesake_shapes.SHAPES,
    ),
}


@dataclass(frozen=True, slots=True)
class Corpus:
    """The programs, and the pairs left out: how many for which reason."""

    programs: tuple[Program, ...]
    left_out: Mapping[str, int]


def corpus(shapes: Sequence[str] = (), hazards: Sequence[str] = ()) -> Corpus:
    """Return the programs of the shapes and hazards named, of all when none are."""
    programs: list[Program] = []
    left_out: Counter[str] = Counter()
    for kind, shape, hazard, facade in _pairs():
        if (shapes and shape.name not in shapes) or (hazards and hazard.name not in hazards):
            continue
        reason = misfit(shape, hazard)
        if reason is None:
            programs.append(program(kind, shape, hazard, facade=facade))
        else:
            left_out[reason] += 1
    return Corpus(tuple(programs), dict(left_out))


def _pairs() -> Iterator[tuple[Kind, Shape, Hazard, str]]:
    """Yield all pairs; where a shape does not care, bundles and packages take turns."""
    for kind, shapes in SHAPES.items():
        for row, shape in enumerate(shapes):
            for column, hazard in enumerate(HAZARDS):
                turn = "runbook" if (row + column) % 2 == 0 else "workflow"
                yield kind, shape, hazard, turn if shape.facade == "either" else shape.facade
