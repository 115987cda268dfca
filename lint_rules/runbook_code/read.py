"""Reads a workflow class: from what workflow code reaches to steps, gates, activities, children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from lint_rules.facts.expressions import Call, Expression
from lint_rules.facts.records import Function
from lint_rules.program import External, Module, Program, ProjectClass, ProjectFunction
from lint_rules.program.decorators import decorator_names
from lint_rules.program.ntro_classes import BASES
from lint_rules.program.reach import Reach, Reached
from lint_rules.program.workflow_names import ACTIVITIES, STEPS
from lint_rules.runbook_code.runbook import (
    Activity,
    ActivityCall,
    ChildCall,
    ChildHow,
    Gate,
    GateKind,
    Handler,
    HandlerKind,
    Runbook,
    Site,
    Step,
)
from lint_rules.runbook_code.written import Value, written
from lint_rules.workflow_code.workflow_code import WorkflowCode

FACADES = ("ntro.workflow.runbook.", "temporalio.workflow.")
_GATES: Mapping[str, GateKind] = {
    "wait_for_action": "review",
    "await_signal_with_action": "signal",
    "collect_documents": "documents",
}
_CHILDREN: Mapping[str, ChildHow] = {
    "run_child_workflow": "run_child_workflow",
    "run_child_workflows": "run_child_workflows",
    "collect_documents": "collect_documents",
}
_DEFAULT_SLUG = "document-ingest"
"""What `collect_documents` starts when no slug is given (`ntro/workflow/_base.py:255`)."""


def base_method(name: str) -> str | None:
    """Return which method of `NtroWorkflow` a qualified name is; None when it is none."""
    owner, _, method = name.rpartition(".")
    return method if owner in BASES else None


def facade_member(name: str) -> str | None:
    """Return which name of the workflow facade, or of `temporalio.workflow`, a name is."""
    for facade in FACADES:
        if name.startswith(facade):
            return name.removeprefix(facade)
    return None


def read_runbook(workflow: WorkflowCode, kind: ProjectClass) -> Runbook:
    """Return what one workflow class consists of."""
    return _Reader(workflow, kind).runbook()


def activities_of(program: Program, module: Module) -> tuple[Activity, ...]:
    """Return the activities a module defines."""
    return tuple(
        Activity(_registered_name(program, module, function), module, function)
        for function in module.facts.functions
        if not ACTIVITIES.isdisjoint(decorator_names(program, module, function.decorators))
    )


def activity_of(program: Program, found: ProjectFunction) -> Activity:
    """Return a function that is known to be an activity."""
    module, function = program.function(found)
    return Activity(_registered_name(program, module, function), module, function)


def _registered_name(program: Program, module: Module, function: Function) -> str:
    for decorator in function.decorators:
        if isinstance(decorator, Call):
            name = decorator.keyword("name")
            text = written(program, module, name).text if name is not None else None
            if text:
                return text
    return function.name


class _Reader:
    def __init__(self, workflow: WorkflowCode, kind: ProjectClass) -> None:
        self.workflow = workflow
        self.program = workflow.program
        self.kind = kind
        self.module = workflow.program.modules[kind.module]

    def runbook(self) -> Runbook:
        reached = {(r.function.module, r.function.number): r for r in self.reach.functions}
        return Runbook(
            kind=self.kind,
            module=self.module,
            definition=self.module.facts.classes[self.kind.number],
            runs=tuple(self._runs()),
            steps=self.steps,
            handlers=tuple(self._handlers()),
            gates=tuple(self._gates()),
            activity_calls=tuple(self._activity_calls()),
            children=tuple(self._children()),
            reached=reached,
        )

    @cached_property
    def reach(self) -> Reach:
        if self.workflow.workflows == (self.kind,):
            return self.workflow.reach
        return self.workflow.walks.from_workflows([self.kind])

    # --- methods -----------------------------------------------------------------------------

    def _methods(self) -> Iterator[tuple[Module, Function, frozenset[str]]]:
        """Yield the methods of the class and then of its bases, overridden ones left out."""
        seen: set[str] = set()
        for base in self.program.mro(self.kind) or (self.kind,):
            if not isinstance(base, ProjectClass):
                continue
            module = self.program.modules[base.module]
            own = [*module.view.methods_by_class.get(base.number, ())]
            for function in own:
                if function.name not in seen:
                    names = decorator_names(self.program, module, function.decorators)
                    yield module, function, names
            seen.update(function.name for function in own)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps, in the order of the code."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[Step]:
        for module, function, _ in self._methods():
            for decorator in function.decorators:
                if not STEPS.isdisjoint(decorator_names(self.program, module, [decorator])):
                    name = self._keyword(module, decorator, "name")
                    title = self._keyword(module, decorator, "title")
                    own = (module.name, function.owner_class) == (
                        self.kind.module,
                        self.kind.number,
                    )
                    yield Step(
                        name=name.text if name else None,
                        title=title.text if title else None,
                        module=module,
                        function=function,
                        decorator=decorator,
                        name_value=name,
                        own=own,
                    )

    def _keyword(self, module: Module, call: Expression, name: str) -> Value | None:
        given = call.keyword(name) if isinstance(call, Call) else None
        return None if given is None else written(self.program, module, given)

    def _runs(self) -> Iterator[tuple[Module, Function]]:
        for module, function, names in self._methods():
            if any(facade_member(name) == "run" for name in names):
                yield module, function

    def _handlers(self) -> Iterator[Handler]:
        kinds: tuple[HandlerKind, ...] = ("signal", "query", "update")
        for module, function, names in self._methods():
            for kind in kinds:
                if any(facade_member(name) == kind for name in names):
                    said = _registered_name(self.program, module, function)
                    yield Handler(kind, said, module, function)

    # --- calls -------------------------------------------------------------------------------

    @cached_property
    def _owners(self) -> dict[tuple[str, int], tuple[Step, ...]]:
        """The steps in which each function runs: reached without going through another step."""
        found: dict[tuple[str, int], list[Step]] = {}
        keys = {step.key for step in self.steps}
        for step in self.steps:
            waiting = [self.program_function(step)]
            seen = {step.key}
            while waiting:
                function = waiting.pop()
                found.setdefault((function.module, function.number), []).append(step)
                for edge in self.workflow.walks.edges(function):
                    target = edge.target
                    if not isinstance(target, ProjectFunction):
                        continue
                    key = (target.module, target.number)
                    if key not in seen and key not in keys:
                        seen.add(key)
                        if not self.workflow.walks.is_activity(target):
                            waiting.append(target)
        return {key: tuple(steps) for key, steps in found.items()}

    def program_function(self, step: Step) -> ProjectFunction:
        """Return a step as the function that objects of this class have."""
        return ProjectFunction(step.module.name, step.function.number, self.kind)

    @cached_property
    def _calls(self) -> tuple[tuple[str, Module, Call, Reached], ...]:
        """The calls of outside names in workflow code, each place once."""
        found: dict[tuple[str, int, str], tuple[str, Module, Call, Reached]] = {}
        for exit_ in self.reach.outside:
            target = exit_.edge.target
            if exit_.edge.how != "call" or not isinstance(target, External):
                continue
            module = self.program.modules[exit_.edge.module]
            call = _call_at(module, module.facts.expressions[exit_.edge.at])
            if call is not None:
                key = (module.name, call.number, target.name)
                found.setdefault(key, (target.name, module, call, exit_.via))
        return tuple(found.values())

    @cached_property
    def _whole_calls(self) -> tuple[tuple[str, Module, Call, Reached], ...]:
        """Those of them that show all their arguments; `functools.partial` gives some before."""
        prepared = {
            (edge.module, edge.at)
            for edge in (exit_.edge for exit_ in self.reach.outside)
            if edge.prepared is not None
        }
        return tuple(each for each in self._calls if (each[1].name, each[2].number) not in prepared)

    def _site(self, module: Module, call: Call, via: Reached) -> Site:
        key = (via.function.module, via.function.number)
        return Site(module, call, via, self._owners.get(key, ()))

    def _gates(self) -> Iterator[Gate]:
        for name, module, call, via in self._calls:
            method = base_method(name) or ""
            if method == "run_step" and len(call.arguments) > 1:
                passed = self.program.name(module, call.arguments[1])
                method = base_method(passed or "") or ""
            if method in _GATES:
                site = self._site(module, call, via)
                yield Gate(module, call, via, site.steps, _GATES[method])

    def _activity_calls(self) -> Iterator[ActivityCall]:
        for name, module, call, via in self._whole_calls:
            member = facade_member(name) or ""
            direct = member.startswith(("execute_", "start_")) and "activity" in member
            stepwise = base_method(name) == "run_step"
            place = 1 if stepwise else 0
            if not (direct or stepwise) or len(call.arguments) <= place:
                continue
            named = call.arguments[place]
            activity = self._activity(module, named)
            if stepwise and activity is None:
                continue
            rest = call.arguments[place + 1 :]
            site = self._site(module, call, via)
            yield ActivityCall(module, call, via, site.steps, activity, named, rest, stepwise)

    def _activity(self, module: Module, named: Expression) -> ProjectFunction | External | None:
        for meaning in self.program.resolve(module, named):
            if isinstance(meaning, ProjectFunction) and self.workflow.walks.is_activity(meaning):
                return meaning
            if isinstance(meaning, External) and base_method(meaning.name) is None:
                return meaning
        return None

    def _children(self) -> Iterator[ChildCall]:
        for name, module, call, via in self._whole_calls:
            method = base_method(name) or ""
            site = self._site(module, call, via)
            if method in _CHILDREN:
                word = "runbook_slug" if method == "collect_documents" else "slug"
                inputs = call.keyword("input" if method == "run_child_workflow" else "inputs")
                yield ChildCall(
                    module,
                    call,
                    via,
                    site.steps,
                    _CHILDREN[method],
                    self._keyword(module, call, word),
                    self._keyword(module, call, "step_id"),
                    inputs,
                )
            elif "child_workflow" in (facade_member(name) or ""):
                first = call.arguments[0] if call.arguments else None
                slug = None if first is None else written(self.program, module, first)
                second = call.arguments[1] if len(call.arguments) > 1 else None
                yield ChildCall(module, call, via, site.steps, "facade", slug, None, second)


def child_slug(child: ChildCall) -> str | None:
    """Return the slug of the runbook a call starts; None where it is not written out."""
    if child.slug is None:
        return _DEFAULT_SLUG if child.how == "collect_documents" else None
    return child.slug.text


def _call_at(module: Module, expression: Expression) -> Call | None:
    """Return a call, or the one an expression is the function of."""
    if isinstance(expression, Call):
        return expression
    around = module.view.parents.get(expression.number)
    return around if isinstance(around, Call) and around.function is expression else None
