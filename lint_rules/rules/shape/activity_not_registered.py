"""An activity that the worker does not register, or cannot.

The worker takes the activities that are attributes of `templates/activities.py` and
`templates/workflow.py` (contract 3.5). One that lies in another module and is imported in neither,
or is defined inside a function or class, is `not registered on this worker`: it is retried for
ever, and the run hangs. Two with the same name keep the worker from starting (`More than one
activity named ...`). A function without `@activity.defn` raises TypeError in workflow code, which
hangs the run as well; LocalRuntime calls it all the same. An activity that is started by its name
is looked up on the worker too: a name that is spelt nearly like one of the bundle's leads nowhere.

Bad:

    # templates/slips.py, imported by neither module
    @activity.defn(name="petty_cash.read_slip")
    async def read_slip(payload: ReadSlipInput) -> Slip: ...

Good:

    # templates/activities.py
    from .slips import read_slip
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.registered import Attributes, looked_through
from lint_rules.declared.activities import registered
from lint_rules.facts.expressions import Call
from lint_rules.facts.records import Function
from lint_rules.nearest import nearest
from lint_rules.program import Module, ProjectFunction
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.read import activities_of
from lint_rules.runbook_code.runbook import Activity, ActivityCall
from lint_rules.runbook_code.written import written
from lint_rules.workflow_code.observation import Observation

_Key = tuple[str, int]


def check(contract: Contract) -> Iterator[Observation]:
    """Report activities that are called and not registered, and names that are there twice."""
    calls = [call for runbook in contract.runbooks for call in runbook.activity_calls]
    for call in calls:
        yield from _undecorated(contract, call)
    yield from _unknown_names(contract, calls)
    modules = looked_through(contract)
    if not modules:
        return
    seen: set[_Key] = set()
    for call in calls:
        found = call.activity
        if isinstance(found, ProjectFunction) and (found.module, found.number) not in seen:
            seen.add((found.module, found.number))
            yield from _out_of_sight(contract, modules, found)
    yield from _same_names(contract, modules)


def _undecorated(contract: Contract, call: ActivityCall) -> Iterator[Observation]:
    if call.activity is not None or call.named is None or call.through_run_step:
        return
    match contract.program.resolve(call.module, call.named):
        case (ProjectFunction() as found,):
            _, function = contract.program.function(found)
        case _:
            return
    if not function.decorators:
        name = f"`{function.name}`" if function.body is None else "a lambda"
        yield Observation(
            module=call.module,
            span=call.module.facts.span(call.named),
            message=f"{name} is no activity: it raises TypeError, and the run hangs",
            alternative="`@activity.defn` on it, or a plain call if it needs no activity",
            via=call.via,
            severity="error",
        )


def _unknown_names(contract: Contract, calls: list[ActivityCall]) -> Iterator[Observation]:
    """Report names of activities, written as text, that are meant to be the bundle's own."""
    named = [
        (call, written(contract.program, call.module, call.named))
        for call in calls
        if call.activity is None and call.named is not None and not call.through_run_step
    ]
    named = [(call, value) for call, value in named if value.text]
    known = registered(contract) if named else None
    if known is None:
        return
    for call, value in named:
        text = value.text or ""
        # Names of one bundle begin alike; what they say comes behind the dot.
        prefix, dot, verb = text.rpartition(".")
        verbs = {
            name.removeprefix(prefix + dot): name for name in known if name.startswith(prefix + dot)
        }
        close = verbs.get(nearest(verb, sorted(verbs)) or "")
        if close is not None and text not in known:
            yield Observation(
                module=value.module,
                span=value.span,
                message=f"no activity is registered as `{text}`: the run hangs",
                alternative=f"`{close}`",
                via=call.via if value.module is call.module else None,
                severity="error",
            )


def _out_of_sight(
    contract: Contract, modules: tuple[Attributes, ...], found: ProjectFunction
) -> Iterator[Observation]:
    module, function = contract.program.function(found)
    if any(each.has_function(found) for each in modules):
        return
    outer = module.facts.blocks[function.block].scope == 0
    yield Observation(
        module=module,
        span=function.span,
        message=(
            f"`{function.name}` is in neither `activities.py` nor `workflow.py`: the worker does"
            " not register it, and the run hangs"
            if outer
            else f"`{function.name}` is defined inside `{_around(module, function)}`: the worker"
            " does not find it, and the run hangs"
        ),
        alternative=(
            "import it in `templates/activities.py`"
            if outer
            else "define it at the top of `templates/activities.py`"
        ),
        severity="error",
    )


def _around(module: Module, function: Function) -> str:
    return module.facts.scopes[module.facts.blocks[function.block].scope].qualname


def _same_names(contract: Contract, modules: tuple[Attributes, ...]) -> Iterator[Observation]:
    first: dict[str, Activity] = {}
    for module in contract.templates:
        for activity in activities_of(contract.program, module):
            if not _is_named_plainly(contract, activity) or not _is_attribute(
                contract, modules, activity
            ):
                continue
            known = first.setdefault(activity.name, activity)
            if known is not activity:
                yield Observation(
                    module=module,
                    span=activity.function.span,
                    message=f"`{known.function.name}` is registered as `{activity.name}` too: the"
                    " worker does not start",
                    alternative="a name of its own",
                    severity="error",
                )


def _is_named_plainly(contract: Contract, activity: Activity) -> bool:
    """Tell whether the name is written out, or is that of the function."""
    for decorator in activity.function.decorators:
        if isinstance(decorator, Call):
            name = decorator.keyword("name")
            if any(keyword.name is None for keyword in decorator.keywords):
                return False
            if name is not None and not written(contract.program, activity.module, name).text:
                return False
    return True


def _is_attribute(contract: Contract, modules: tuple[Attributes, ...], activity: Activity) -> bool:
    module, function = activity.module, activity.function
    if module.facts.blocks[function.block].scope != 0:
        return False
    if len(module.bindings.get((0, function.name), ())) != 1:
        # Another function took its name, or may have.
        return False
    found = ProjectFunction(module.name, function.number)
    return any(each.has_function(found) for each in modules)


RULE = Rule(
    code="NTR426",
    name="activity-not-registered",
    summary="an activity that the worker does not find, or finds twice",
    explanation=__doc__,
    contract=check,
)
