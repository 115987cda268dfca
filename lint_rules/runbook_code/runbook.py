"""What a workflow class written with ntro consists of, as plain data with places in the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lint_rules.facts.expressions import Call, Expression
from lint_rules.facts.records import Class, Function, Span
from lint_rules.program import External, Module, ProjectClass, ProjectFunction
from lint_rules.program.reach import Reached
from lint_rules.runbook_code.written import Value

GateKind = Literal["review", "signal", "documents"]
ChildHow = Literal["run_child_workflow", "run_child_workflows", "collect_documents", "facade"]
HandlerKind = Literal["signal", "query", "update"]


@dataclass(frozen=True, slots=True)
class Step:
    """A method decorated as a step; `own` is False for one that a base class defines.

    `name` and `title` are None where they are missing or not written out; `name_value` is where
    the name is written.
    """

    name: str | None
    title: str | None
    module: Module
    function: Function
    decorator: Expression
    name_value: Value | None
    own: bool

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other function."""
        return self.module.name, self.function.number

    @property
    def span(self) -> Span:
        """Where its name is written, else where the method is."""
        value = self.name_value
        return value.span if value and value.module is self.module else self.function.span


@dataclass(frozen=True, slots=True)
class Site:
    """A call in workflow code: where it stands, what reaches it, in which steps it happens."""

    module: Module
    call: Call
    via: Reached
    steps: tuple[Step, ...]

    @property
    def span(self) -> Span:
        """The range of the call."""
        return self.module.facts.span(self.call)


@dataclass(frozen=True, slots=True)
class Gate(Site):
    """A place where the run waits for a person or a signal."""

    kind: GateKind


@dataclass(frozen=True, slots=True)
class ActivityCall(Site):
    """A call that runs an activity.

    `activity` is what it names, None where that cannot be followed; `arguments` are those for the
    activity. `named` is the expression that names it.
    """

    activity: ProjectFunction | External | None
    named: Expression | None
    arguments: tuple[Expression, ...]
    through_run_step: bool


@dataclass(frozen=True, slots=True)
class ChildCall(Site):
    """A call that starts child runbooks; `slug` is None where it is not written out.

    `inputs` is the input of one child, or the list of those of several.
    """

    how: ChildHow
    slug: Value | None
    step_id: Value | None
    inputs: Expression | None


@dataclass(frozen=True, slots=True)
class Handler:
    """A signal, query or update handler by the name it answers to."""

    kind: HandlerKind
    name: str
    module: Module
    function: Function


@dataclass(frozen=True, slots=True)
class Activity:
    """A function decorated as an activity; `name` is the one it is registered by."""

    name: str
    module: Module
    function: Function


@dataclass(frozen=True, slots=True)
class Runbook:
    """One workflow class. Steps and handlers are in the order of the code, bases last."""

    kind: ProjectClass
    module: Module
    definition: Class
    runs: tuple[tuple[Module, Function], ...]
    steps: tuple[Step, ...]
    handlers: tuple[Handler, ...]
    gates: tuple[Gate, ...]
    activity_calls: tuple[ActivityCall, ...]
    children: tuple[ChildCall, ...]
    reached: Mapping[tuple[str, int], Reached]

    def signal(self, name: str) -> Handler | None:
        """Return the handler of a signal."""
        found = (h for h in self.handlers if h.kind == "signal" and h.name == name)
        return next(found, None)

    @property
    def context(self) -> tuple[Module, Expression] | None:
        """The annotation of what `run` is given, with its module."""
        for module, function in self.runs:
            if len(function.parameters) > 1 and function.parameters[1].annotation is not None:
                return module, function.parameters[1].annotation
        return None
