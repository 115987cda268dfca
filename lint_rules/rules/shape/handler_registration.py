"""Handlers that Temporal cannot register.

Two methods for one signal, query or update, or an override of a decorated method that is not
decorated itself, make Temporal raise ValueError when the class is decorated: `Multiple signal
methods found`, `not on the override`. The worker cannot import the bundle, and the validator
reports WORKFLOW_PY_IMPORT_ERROR. LocalRuntime checks none of it.

Bad:

    @runbook.signal
    def document_submitted(self, event: DocumentSubmitted) -> None: ...

    @runbook.signal(name="document_submitted")
    def on_document(self, event: DocumentSubmitted) -> None: ...

Good:

    @runbook.signal
    def document_submitted(self, event: DocumentSubmitted) -> None: ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro
from lint_rules.facts.expressions import Call
from lint_rules.facts.records import Function
from lint_rules.program import Module, Program, ProjectClass
from lint_rules.program.decorators import decorator_names
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.read import facade_member
from lint_rules.runbook_code.runbook import Runbook
from lint_rules.runbook_code.written import written
from lint_rules.workflow_code.observation import Observation

_KINDS = ("signal", "query", "update")

Registered = tuple[str, str]
"""The kind of a handler and the name it answers to."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report the handlers that come second, and the overrides that are none."""
    for runbook in runbooks_of_ntro(contract):
        first: dict[Registered, Function] = {}
        for module, function in _visible(contract.program, runbook):
            for registered in _registered(contract.program, module, function):
                other = first.setdefault(registered, function)
                if other is not function:
                    yield _second(module, function, other, registered)
        yield from _overrides(contract.program, runbook, frozenset(first))


def _visible(program: Program, runbook: Runbook) -> Iterator[tuple[Module, Function]]:
    """Yield the methods that objects of a class have, the bases' first."""
    found: dict[str, tuple[Module, Function]] = {}
    for module, function in reversed(list(_all_methods(program, runbook.kind))):
        found[function.name] = (module, function)
    yield from found.values()


def _all_methods(program: Program, kind: ProjectClass) -> Iterator[tuple[Module, Function]]:
    """Yield the methods of a class and its bases; of two with one name only the last is there."""
    for base in program.mro(kind) or ():
        if isinstance(base, ProjectClass):
            module = program.modules[base.module]
            last = {f.name: f for f in module.view.methods_by_class.get(base.number, ())}
            yield from ((module, function) for function in reversed(last.values()))


def _registered(program: Program, module: Module, function: Function) -> Iterator[Registered]:
    for decorator in function.decorators:
        for name in decorator_names(program, module, [decorator]):
            kind = facade_member(name)
            if kind not in _KINDS:
                continue
            if not isinstance(decorator, Call):
                yield kind, function.name
            elif all(each.name not in (None, "dynamic") for each in decorator.keywords):
                given = decorator.keyword("name")
                text = function.name if given is None else written(program, module, given).text
                if text is not None:
                    yield kind, text


def _overrides(
    program: Program, runbook: Runbook, known: frozenset[Registered]
) -> Iterator[Observation]:
    """Report the methods without a decorator that hide a handler of a base of the project."""
    nearest: dict[str, tuple[Module, Function]] = {}
    for module, function in _all_methods(program, runbook.kind):
        here, override = nearest.setdefault(function.name, (module, function))
        if override is function or override.decorators:
            continue
        for kind, name in _registered(program, module, function):
            if (kind, name) not in known:
                yield Observation(
                    module=here,
                    span=override.span,
                    message=f"`{override.qualname}` overrides the {kind} `{function.qualname}`"
                    " without being decorated: Temporal refuses the class",
                    alternative=f"put `@runbook.{kind}` on it too"
                    if kind != "update"
                    else "put `@workflow.update` on it too",
                    severity="error",
                )


def _second(
    module: Module, function: Function, other: Function, registered: Registered
) -> Observation:
    kind, name = registered
    return Observation(
        module=module,
        span=function.span,
        message=f"the {kind} `{name}` already has a handler, `{other.qualname}`:"
        " Temporal refuses the class",
        alternative=f"one handler for each {kind}, or another name",
        severity="error",
    )


RULE = Rule(
    code="NTR417",
    name="handler-registration",
    summary="two handlers for one signal, or an undecorated override of one",
    explanation=__doc__,
    contract=check,
)
