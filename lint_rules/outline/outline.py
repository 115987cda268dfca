"""An outline: what a bundle consists of, as plain data that can be printed, compared and tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GateKind = Literal["review", "signal", "documents"]
OnReject = Literal["ends the run", "goes on with a step", "unclear"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, as people are shown it."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class GateOutline:
    """A place where the run waits; None for what is not written out, or for a wait without end.

    `on_reject` is told of reviews only; `reject_to` is the step that a rejection goes on with.
    """

    kind: GateKind
    component: str | None
    signal: str | None
    timeout: str | None
    on_reject: OnReject | None
    reject_to: str | None
    at: Spot


@dataclass(frozen=True, slots=True)
class ActivityUse:
    """A call of an activity; `name` is what it is registered under, if that can be told."""

    name: str | None
    start_to_close: str | None
    schedule_to_close: str | None
    at: Spot


@dataclass(frozen=True, slots=True)
class ChildOutline:
    """A call that starts children; `found` tells whether a bundle beside has that slug."""

    slug: str | None
    how: str
    found: bool | None
    at: Spot


@dataclass(frozen=True, slots=True)
class StepOutline:
    """A step and what happens in it; `name` is None for what happens outside of all steps.

    `component` is the one that the frontmatter declares.
    """

    name: str | None
    title: str | None
    component: str | None
    gates: tuple[GateOutline, ...]
    activities: tuple[ActivityUse, ...]
    children: tuple[ChildOutline, ...]
    at: Spot


@dataclass(frozen=True, slots=True)
class HandlerOutline:
    """A signal, query or update, by the name it answers to."""

    kind: str
    name: str
    function: str
    at: Spot


@dataclass(frozen=True, slots=True)
class ClassOutline:
    """A workflow class; `outside` is what happens outside of its steps."""

    name: str
    context: str | None
    steps: tuple[StepOutline, ...]
    outside: StepOutline
    handlers: tuple[HandlerOutline, ...]
    at: Spot


@dataclass(frozen=True, slots=True)
class ActivityOutline:
    """An activity of the bundle, or one of the SDK that it hands on to the worker."""

    name: str
    function: str
    at: Spot


@dataclass(frozen=True, slots=True)
class ConfigOutline:
    """A value that people configure; `step` is None for one of the whole run."""

    key: str
    step: str | None
    type: str | None
    default: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """What was understood of one bundle, or of loose workflow modules.

    `notes` say what could not be read, so that nobody takes the rest for the whole.
    """

    bundle: str | None
    path: str
    version: str | None
    classes: tuple[ClassOutline, ...]
    activities: tuple[ActivityOutline, ...]
    requirements: tuple[str, ...]
    config: tuple[ConfigOutline, ...]
    notes: tuple[str, ...]
