"""What a workflow class and an activity declare: names, handlers, parameter and result types.

Read from the markers the decorators leave, ours and temporalio's alike, so a bundle may be written
on the facade or on `temporalio.workflow`.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# Markers are read and written by string, because a name with two leading underscores inside a
# class body would be mangled.
SIGNAL_MARKER = "__ntro_testkit_signal__"
QUERY_MARKER = "__ntro_testkit_query__"
RUN_MARKER = "__ntro_testkit_run__"
WORKFLOW_MARKER = "__ntro_testkit_workflow__"
ACTIVITY_NAME_MARKER = "__ntro_testkit_activity__"
ACTIVITY_MARKER = "__ntro_activity_defn"  # the SDK's own, which `run_step` looks for


class DefinitionError(TypeError):
    """A workflow class or activity that Temporal would refuse to register."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The declared types of a callable, `self` left out.

    `parameters` holds (name, type, required); a type is `Any` where none is declared.
    """

    parameters: tuple[tuple[str, Any, bool], ...]
    result: Any
    has_result: bool
    variadic: bool = False

    @property
    def required(self) -> int:
        """How many arguments a call must give."""
        return sum(required for _, _, required in self.parameters)

    def accepts(self, count: int) -> bool:
        """Tell whether a call with `count` positional arguments can be made."""
        return self.required <= count and (self.variadic or count <= len(self.parameters))

    def type_of(self, index: int) -> Any:
        """Return the declared type of one positional argument."""
        return self.parameters[index][1] if index < len(self.parameters) else Any


@dataclass(frozen=True, slots=True)
class ActivityDefinition:
    """One activity: its wire name and its types; no function when only the name is known."""

    name: str
    function: Callable[..., Any] | None
    signature: Signature


@dataclass(frozen=True, slots=True)
class WorkflowDefinition:
    """One workflow class: its slug, its entry point and its handlers by wire name."""

    workflow_class: type
    slug: str
    run_name: str
    run: Signature
    signals: Mapping[str, str]
    queries: Mapping[str, str]

    @property
    def name(self) -> str:
        """The workflow type as Temporal knows it."""
        return self.workflow_class.__name__


def signature_of(function: Callable[..., Any], *, skip_self: bool = False) -> Signature:
    """Read a callable's declared types, string annotations included.

    Raises `DefinitionError` when an annotation names something that does not exist.
    """
    try:
        hints = typing.get_type_hints(function, include_extras=True)
    except NameError as error:
        raise DefinitionError(
            f"{_where(function)}: annotation cannot be resolved: {error}"
        ) from error
    parameters: list[tuple[str, Any, bool]] = []
    variadic = False
    for position, parameter in enumerate(inspect.signature(function).parameters.values()):
        if skip_self and position == 0:
            continue
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            variadic = True
        elif parameter.kind in (
            inspect.Parameter.POSITIONAL_ONLY,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
        ):
            required = parameter.default is inspect.Parameter.empty
            parameters.append((parameter.name, hints.get(parameter.name, Any), required))
    return Signature(
        parameters=tuple(parameters),
        result=hints.get("return", Any),
        has_result="return" in hints,
        variadic=variadic,
    )


def activity_name(function: Any) -> str | None:
    """Return the wire name of a decorated activity, None for anything else."""
    name = getattr(function, ACTIVITY_NAME_MARKER, None)
    if isinstance(name, str):
        return name
    temporal = getattr(function, "__temporal_activity_definition", None)
    if temporal is not None:
        return str(temporal.name)
    if getattr(function, ACTIVITY_MARKER, False) or _is_bare_sdk_activity(function):
        return str(function.__name__)
    return None


def _is_bare_sdk_activity(function: Any) -> bool:
    """Recognise the one activity the SDK leaves undecorated where temporalio is not installed."""
    return (
        getattr(function, "__module__", None) == "ntro.capabilities.checks"
        and getattr(function, "__name__", None) == "run_quality_check"
    )


@lru_cache(maxsize=4096)
def activity_definition(function: Callable[..., Any]) -> ActivityDefinition:
    """Read an activity; an undecorated function counts under its own name.

    Raises `DefinitionError` when an annotation names something that does not exist.
    """
    name = activity_name(function) or str(getattr(function, "__name__", repr(function)))
    is_method = inspect.isfunction(function) and "self" in inspect.signature(function).parameters
    return ActivityDefinition(name, function, signature_of(function, skip_self=is_method))


def is_workflow_class(candidate: Any) -> bool:
    """Tell whether a class itself (not a base of it) carries a workflow decorator."""
    return isinstance(candidate, type) and (
        WORKFLOW_MARKER in vars(candidate) or "__temporal_workflow_definition" in vars(candidate)
    )


@lru_cache(maxsize=1024)
def workflow_definition(workflow_class: type) -> WorkflowDefinition:
    """Read a workflow class.

    Raises `DefinitionError` when it has no asynchronous `@runbook.run` method.
    """
    signals: dict[str, str] = {}
    queries: dict[str, str] = {}
    runs: list[str] = []
    for attribute, member in inspect.getmembers(workflow_class, inspect.isfunction):
        if (
            name := _handler_name(member, SIGNAL_MARKER, "__temporal_signal_definition")
        ) is not None:
            signals[name] = attribute
        if (name := _handler_name(member, QUERY_MARKER, "__temporal_query_definition")) is not None:
            queries[name] = attribute
        if hasattr(member, RUN_MARKER) or hasattr(member, "__temporal_workflow_run"):
            runs.append(attribute)
    if len(runs) != 1:
        found = ", ".join(runs) or "none"
        raise DefinitionError(
            f"{_where(workflow_class)}: {workflow_class.__name__} needs exactly one method "
            f"decorated with `@runbook.run`, found {found}"
        )
    run = getattr(workflow_class, runs[0])
    if not inspect.iscoroutinefunction(run):
        raise DefinitionError(f"{_where(run)}: `{runs[0]}` must be `async def`")
    return WorkflowDefinition(
        workflow_class=workflow_class,
        slug=slug_of(workflow_class),
        run_name=runs[0],
        run=signature_of(run, skip_self=True),
        signals=signals,
        queries=queries,
    )


@lru_cache(maxsize=1024)
def steps_of(workflow_class: type) -> tuple[str, ...]:
    """Return the steps a class declares, in definition order, inherited ones included (D48)."""
    steps: dict[str, None] = {}
    for cls in reversed(workflow_class.__mro__):
        for member in vars(cls).values():
            declared = getattr(member, "__ntro_ui_step__", None)
            if isinstance(declared, dict) and declared.get("name"):
                steps[str(declared["name"])] = None
    return tuple(steps)


def slug_of(workflow_class: type) -> str:
    """Return the slug the loader set, else the one the class name spells (`NavMonthlyWorkflow`)."""
    explicit = getattr(workflow_class, "__ntro_slug__", None)
    if explicit:
        return str(explicit)
    name = workflow_class.__name__.removesuffix("Workflow")
    return "".join(f"-{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


@lru_cache(maxsize=4096)
def handler_signature(workflow_class: type, attribute: str) -> Signature:
    """Read the types of a signal or query handler."""
    return signature_of(getattr(workflow_class, attribute), skip_self=True)


def payload_type(definition: WorkflowDefinition, signal: str) -> Any:
    """Return the type that the handler of a signal declares for its payload."""
    attribute = definition.signals[signal]
    return handler_signature(definition.workflow_class, attribute).type_of(0)


def signal_name(handler: Any) -> str:
    """Return the wire name of a signal handler."""
    name = _handler_name(handler, SIGNAL_MARKER, "__temporal_signal_definition")
    return name or str(handler.__name__)


def _handler_name(member: Any, ours: str, temporals: str) -> str | None:
    name = getattr(member, ours, None)
    if isinstance(name, str):
        return name
    definition = getattr(member, temporals, None)
    # A dynamic handler has no name; it answers whatever no named one does.
    return str(definition.name) if definition is not None and definition.name else None


def _where(code: Any) -> str:
    try:
        file = inspect.getsourcefile(code)
        line = inspect.getsourcelines(code)[1]
    except (OSError, TypeError):
        return getattr(code, "__qualname__", repr(code))
    return f"{file}:{line}"
