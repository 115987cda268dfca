"""Using the identity of an object as if it were data.

`id(x)` is a memory address, `hash(text)` changes with `PYTHONHASHSEED`, and the default `repr`
shows the address. None of them is the same on replay, and the sandbox says nothing.

Bad:

    child_id = f"{ctx.period}-{hash(ctx.entity_slug)}"

Good:

    child_id = f"{ctx.period}-{hashlib.sha256(ctx.entity_slug.encode()).hexdigest()[:8]}"

`hash` of an int is fine, and so is a class that writes its own `__repr__`, as dataclasses, pydantic
models and enums do.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Call, Expression, FormattedString, Name
from lint_rules.program import External, Instance, Module, ProjectClass
from lint_rules.program.classes import search
from lint_rules.rules.hazard_rule import named_hazards, of_sink
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode

_BY_NAME = named_hazards("NTR113", "is the identity of an object, which differs on replay")
_TEXTS = ("__str__", "__repr__", "__format__")
_WRITERS = {
    "builtins.str": _TEXTS[:2],
    "builtins.repr": ("__repr__",),
    "builtins.format": _TEXTS,
}
"""What writes an object out, and the methods it asks for the text."""

Written = tuple[Expression, tuple[str, ...]]


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report identities used as data: by name, and through the default text of an object."""
    yield from _BY_NAME(workflow)
    for reached, module, _, scopes in workflow.functions:
        for expression in _writers(module, scopes):
            for shown, asked in _written_out(workflow, module, expression):
                kind = _without_text(workflow, module, shown, asked)
                if kind is None:
                    continue
                impact, sink = of_sink(workflow.flow.worst(module, expression))
                yield Observation(
                    module=module,
                    span=module.facts.span(shown),
                    message=f"`{kind}` has no __repr__, so its text shows a memory address",
                    alternative="a field of the object, or write a __repr__",
                    via=reached,
                    impact=impact,
                    sandbox="silent",
                    sink=sink,
                )


def _writers(module: Module, scopes: tuple[int, ...]) -> Iterator[Expression]:
    yield from module.view.of_kind(scopes, FormattedString)
    for call in module.view.of_kind(scopes, Call):
        if isinstance(call.function, Name) and call.arguments:
            yield call


def _written_out(
    workflow: WorkflowCode, module: Module, expression: Expression
) -> Iterator[Written]:
    match expression:
        case FormattedString(_, fields):
            for field in fields:
                yield field.value, ("__repr__",) if field.conversion == "r" else _TEXTS
        case Call(_, function, (argument, *_), _):
            asked = _WRITERS.get(workflow.program.name(module, function) or "")
            if asked is not None:
                yield argument, asked


def _without_text(
    workflow: WorkflowCode, module: Module, shown: Expression, asked: tuple[str, ...]
) -> str | None:
    """Return the name of the class whose objects have only Python's own text."""
    for meaning in workflow.program.resolve(module, shown):
        match meaning:
            case Instance(ProjectClass() as kind) if _is_plain(workflow, kind, asked):
                return workflow.program.qualified_name(kind)
            case Instance(External("builtins.object")) if isinstance(shown, Call):
                return "object"
    return None


def _is_plain(workflow: WorkflowCode, kind: ProjectClass, asked: tuple[str, ...]) -> bool:
    program = workflow.program
    order = program.mro(kind)
    if order is None or any(search(program, kind, name) for name in asked):
        return False
    for base in order:
        if isinstance(base, External):
            if base.name not in ("builtins.object", "typing.Generic", "abc.ABC"):
                return False
        elif program.modules[base.module].facts.classes[base.number].decorators:
            # `@dataclass` and its likes write one.
            return False
    return True


RULE = Rule(
    code="NTR113",
    name="identity",
    summary="id(), hash() or a default repr used as data in workflow code",
    explanation=__doc__,
    check=check,
)
