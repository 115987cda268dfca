"""How `@runbook.step` is used, and what it does not take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import Call, Expression, Starred
from lint_rules.facts.records import Class, Function, Span
from lint_rules.program import Module, Program
from lint_rules.program.decorators import decorator_names
from lint_rules.program.workflow_names import STEPS
from lint_rules.runbook_code.written import written

_NEEDED = ("name", "title")
_TAKEN = frozenset({*_NEEDED, "icon", "config"})
_OTHER_KINDS = {
    "builtins.staticmethod": "a static method",
    "builtins.classmethod": "a class method",
    "builtins.property": "a property",
    "functools.cached_property": "a property",
}

EXAMPLE = '@runbook.step(name="...", title="...", icon="...") on an async method of the class'


@dataclass(frozen=True, slots=True)
class Misuse:
    """A decorator that fails, or that makes no step, and why."""

    span: Span
    text: str
    alternative: str = EXAMPLE


def step_decorators(
    program: Program, module: Module, record: Function | Class
) -> Iterator[Expression]:
    """Yield the step decorators of a function or class."""
    for decorator in record.decorators:
        if not STEPS.isdisjoint(decorator_names(program, module, [decorator])):
            yield decorator


def misuse(
    program: Program, module: Module, record: Function | Class, decorator: Expression
) -> Misuse | None:
    """Return what is wrong with one step decorator; None when it makes a step."""
    span = module.facts.span(decorator)
    if not isinstance(decorator, Call):
        return Misuse(span, "is not called: it raises TypeError when the module is imported")
    return (
        _of_arguments(program, module, decorator)
        or _of_target(module, record, span)
        or _of_kind(program, module, record, span)
    )


def _of_arguments(program: Program, module: Module, call: Call) -> Misuse | None:
    facts = module.facts
    raises = "it raises TypeError when the module is imported"
    if call.arguments and not isinstance(call.arguments[0], Starred):
        span = facts.span(call.arguments[0])
        return Misuse(span, f"takes keywords only: {raises}")
    given = {keyword.name: keyword.value for keyword in call.keywords}
    is_open = None in given or bool(call.arguments)
    missing = [name for name in _NEEDED if name not in given]
    if missing and not is_open:
        return Misuse(facts.span(call), f"lacks `{missing[0]}=`: {raises}")
    wrong = next((name for name in given if name is not None and name not in _TAKEN), None)
    if wrong is not None:
        takes = ", ".join(f"`{name}=`" for name in (*_NEEDED, "icon", "config"))
        return Misuse(
            facts.span(given[wrong]), f"takes no `{wrong}=`: {raises}", f"it takes {takes}"
        )
    name = given.get("name")
    if name is not None and written(program, module, name).text == "":
        text = "has an empty name: the step is in no breadcrumb and keeps no snapshot"
        return Misuse(facts.span(name), text, "a short name that tells the step from the others")
    return None


def _of_target(module: Module, record: Function | Class, span: Span) -> Misuse | None:
    if isinstance(record, Class):
        return Misuse(span, f"decorates the class `{record.name}`, which is no method")
    if record.owner_class is not None or _is_made_a_method(module, record):
        return None
    return Misuse(span, f"decorates `{record.name}`, which is no method: it is in no breadcrumb")


def _is_made_a_method(module: Module, function: Function) -> bool:
    """Tell whether a class body names the function, as in `_upload = upload`."""
    facts = module.facts
    return any(
        getattr(reference, "name", None) == function.name
        and facts.scope_of(reference).kind == "class"
        for reference in module.view.references
    )


def _of_kind(
    program: Program, module: Module, record: Function | Class, span: Span
) -> Misuse | None:
    for decorator in record.decorators:
        what = _OTHER_KINDS.get(program.name(module, decorator) or "")
        if what is not None:
            return Misuse(
                span, f"decorates {what}, `{record.name}`: the wrapper needs `self` and a call"
            )
    return None
