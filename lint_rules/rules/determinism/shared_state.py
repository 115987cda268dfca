"""Changing state that outlives one run: of a module, a class, or a default argument.

Without the sandbox all runs of a worker share such state: one run sees what another left, and a
replay sees what the run itself left. In the sandbox each run has its own copy, so the same code
does something else in tests, in production, and in modules that are passed through.

Bad:

    SEEN: set[str] = set()

    class NavWorkflow(NtroWorkflow):
        async def _book(self, line: Line) -> None:
            SEEN.add(line.id)

Good:

    class NavWorkflow(NtroWorkflow):
        def __init__(self) -> None:
            super().__init__()
            self._seen: set[str] = set()

        async def _book(self, line: Line) -> None:
            self._seen.add(line.id)

Reading constants is fine, and so is changing a copy.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Call, Expression, Name
from lint_rules.facts.records import Binding
from lint_rules.program import (
    External,
    Instance,
    Module,
    ProjectClass,
    ProjectFunction,
    ProjectModule,
)
from lint_rules.program.classes import instance_values, own
from lint_rules.program.reach import Reached
from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.mutations import bindings_of, mutations, root
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode

_BY_NAME = named_hazards("NTR114", "changes state that all runs of a worker share")
_OBJECTS = ("assign", "walrus", "for", "with")
_CONTEXTS = ("decimal.getcontext", "logging.getLogger", "asyncio.get_event_loop_policy")
"""Calls that give the one object everybody gets."""


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report writes to state of modules, classes, functions and default arguments."""
    yield from _BY_NAME(workflow)
    for reached, module, _, scopes in workflow.functions:
        yield from _rebound(module, scopes, reached)
        for mutation in mutations(workflow.program, module, scopes):
            what = _shared(workflow, module, mutation.target, mutation.at)
            if what is not None:
                yield _observation(module, mutation.at, what, reached)


def _rebound(module: Module, scopes: tuple[int, ...], reached: Reached) -> Iterator[Observation]:
    """`global name` and an assignment to it."""
    if not module.declared:
        return
    for binding in (b for s in scopes for b in module.view.bindings_by_scope.get(s, ())):
        if binding.kind in ("import", "parameter"):
            continue
        owner = module.declared.get((binding.scope, binding.name))
        if owner == "global":
            yield Observation(
                module=module,
                span=binding.span,
                message=f"`{binding.name}` belongs to the module: all runs of a worker share it",
                alternative="an attribute of self, set in __init__",
                via=reached,
                impact="sequence",
                sandbox="silent",
            )


def _shared(
    workflow: WorkflowCode, module: Module, target: Expression, at: Expression
) -> str | None:
    """Return what is shared about the object that is changed, None when it is the run's own."""
    name, path = root(module, target)
    if name is None:
        return _made_by_call(workflow, module, target)
    for binding in bindings_of(module, name):
        found = _binding(workflow, module, binding)
        if found is not None:
            return found
    if path:
        return _through(workflow, module, name, path)
    for meaning in workflow.program.resolve(module, name):
        match meaning:
            case External(outside, origin) if origin != "builtin":
                return f"`{outside}` is shared by all runs of a worker"
            case ProjectClass():
                return f"`{name.name}` is a class: all runs of a worker share its attributes"
            case ProjectFunction(owner, number):
                function = workflow.program.modules[owner].facts.functions[number]
                scope = workflow.program.modules[owner].facts.blocks[function.block].scope
                if workflow.program.modules[owner].facts.scopes[scope].kind == "module":
                    return f"`{name.name}` is a function of the module: all runs share it"
            case ProjectModule():
                return f"`{name.name}` is a module: all runs of a worker share it"
    return None


def _made_by_call(workflow: WorkflowCode, module: Module, target: Expression) -> str | None:
    """`type(self).count += 1`, `decimal.getcontext().prec = 10`."""
    for meaning in workflow.program.resolve(module, target):
        if isinstance(meaning, ProjectClass):
            name = workflow.program.qualified_name(meaning)
            return f"`{name}` is a class: all runs of a worker share its attributes"
    if isinstance(target, Call):
        called = workflow.program.name(module, target.function)
        if called in _CONTEXTS:
            return f"`{called}()` is shared by all runs of a worker"
    return None


def _binding(
    workflow: WorkflowCode, module: Module, binding: Binding, seen: frozenset[Binding] = frozenset()
) -> str | None:
    scope = module.facts.scopes[module.facts.blocks[binding.block].scope]
    if binding.kind == "parameter":
        default = binding.value
        if default is None or not module.view.runs_at_import(default):
            return None
        if _is_container(workflow, module, default):
            return f"the default of `{binding.name}` is one object for all calls"
        return None
    if binding.kind == "import" and binding.definition is not None:
        found = module.facts.imports[binding.definition]
        source = module.absolute(found)
        other = workflow.program.modules.get(source) if source else None
        if other is not None and found.name is not None:
            for original in other.bindings.get((0, found.name), ()):
                if original not in seen:
                    return _binding(workflow, other, original, seen | {binding})
        return None
    if binding.kind in _OBJECTS and module.view.function_of(scope) is None:
        return f"`{binding.name}` belongs to the module: all runs of a worker share it"
    return None


def _is_container(workflow: WorkflowCode, module: Module, default: Expression) -> bool:
    return not isinstance(default, Name) and type(default).__name__ in (
        "Display",
        "Mapping",
        "Comprehension",
        "Call",
    )


def _through(
    workflow: WorkflowCode, module: Module, name: Name, path: tuple[str, ...]
) -> str | None:
    """Attributes on the way: `models.CACHE`, `cls.seen`, `self.log` of the class body."""
    program = workflow.program
    for meaning in program.resolve(module, name):
        match meaning:
            case External(outside, origin) if origin != "builtin":
                return f"`{outside}.{path[0]}` is shared by all runs of a worker"
            case ProjectModule(owner):
                return f"`{path[0]}` belongs to the module `{owner}`: all runs share it"
            case ProjectClass():
                return f"`{name.name}.{path[0]}` belongs to the class: all runs share it"
            case Instance(ProjectClass() as kind):
                if path[0] == "__class__":
                    return "the class is shared by all runs of a worker"
                if _is_of_class(workflow, kind, path[0]):
                    return f"`{path[0]}` is made once, in the class body: all runs share it"
    return None


def _is_of_class(workflow: WorkflowCode, kind: ProjectClass, name: str) -> bool:
    program = workflow.program
    if instance_values(program, kind, name):
        return False
    for base in program.mro(kind) or (kind,):
        if not isinstance(base, ProjectClass):
            # Pydantic and others make an object of their own from such a default.
            return False
        if own(program, base, name):
            module = program.modules[base.module]
            facts = module.facts.classes[base.number]
            bound = module.bindings.get((facts.scope, name), [])
            values = [b.value for b in bound if b.kind == "assign" and b.value is not None]
            plain = not facts.decorators or kind in workflow.workflows
            return plain and any(_is_container(workflow, module, value) for value in values)
    return False


def _observation(module: Module, at: Expression, what: str, reached: Reached) -> Observation:
    return Observation(
        module=module,
        span=module.facts.span(at),
        message=what,
        alternative="an attribute of self, set in __init__",
        via=reached,
        impact="sequence",
        sandbox="silent",
    )


RULE = Rule(
    code="NTR114",
    name="shared-state",
    summary="state shared by all runs is changed; use an attribute of self",
    explanation=__doc__,
    check=check,
)
