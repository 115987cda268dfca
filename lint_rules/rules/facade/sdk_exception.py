"""An `except` around an activity that means something else on Temporal than locally.

On Temporal whatever an activity raises reaches workflow code as an `ActivityError` whose `cause` is
an `ApplicationError`. Under LocalRuntime nothing is wrapped: the raised error itself arrives, and
`ActivityError` and `ApplicationError` of `ntro.workflow.exceptions` are `Exception` (D33). So

* `except WorkflowError`, `except ApplicationError` and `except` of a class of the bundle work
  locally and catch nothing in production: the run fails where it was meant to go on;
* `err.type` and `err.non_retryable` of a caught `ActivityError` raise AttributeError in
  production, and the run hangs;
* a clause that raises nothing again swallows locally every mistake in the code it guards, the same
  mistakes that hang the run in production (D44). Where the activity is run by a step or helper that
  the clause guards, as is usual in `run`, that is only noted.

Bad:

    try:
        return await runbook.execute_activity(post, slip, start_to_close_timeout=ATTEMPT)
    except WorkflowError as err:
        return None if err.type == "DUPLICATE" else slip

Good:

    try:
        return await runbook.execute_activity(post, slip, start_to_close_timeout=ATTEMPT)
    except ActivityError as err:
        if getattr(err.cause or err, "type", None) != "DUPLICATE":
            raise
        return None
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Attribute, Call, Expression, Name
from lint_rules.facts.records import Handler, Try
from lint_rules.program import External, Module, ProjectClass, ProjectFunction
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code import blocks
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import Running

_FACADE = "ntro.workflow.exceptions."
_ACTIVITY = frozenset({f"{_FACADE}ActivityError", "temporalio.exceptions.ActivityError"})
_APPLICATION = frozenset({f"{_FACADE}ApplicationError", "temporalio.exceptions.ApplicationError"})
_RAISED = _APPLICATION | {f"{_FACADE}WorkflowError", "ntro.workflow.WorkflowError"}
_WIDER = _ACTIVITY | {
    "builtins.BaseException",
    "builtins.Exception",
    "temporalio.exceptions.FailureError",
    "temporalio.exceptions.TemporalError",
}
_PLAIN = frozenset({"builtins.Exception", "builtins.ValueError", "builtins.RuntimeError"})
_ONLY_OF_CAUSE = ("type", "non_retryable", "details", "category", "next_retry_delay")
"""What an `ApplicationError` has and an `ActivityError` lacks."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report the clauses of workflow code, each for one reason."""
    started = {
        (call.module.name, call.call.number)
        for runbook in contract.runbooks
        for call in runbook.activity_calls
    }
    if not started:
        return
    through = _Through(contract)
    for running in contract.workflow.functions:
        tries = running.module.view.tries_by_scope
        for shape in (each for scope in running.scopes for each in tries.get(scope, ())):
            body = _Body(contract, running, shape, started, through)
            if body.has_activity:
                yield from body.observations()


class _Through:
    """Which functions of the project run an activity, by themselves or through others."""

    def __init__(self, contract: Contract) -> None:
        self._walks = contract.workflow.walks
        calls = (call for runbook in contract.runbooks for call in runbook.activity_calls)
        self._direct = {call.via.function for call in calls}

    def runs_activity(self, function: ProjectFunction) -> bool:
        """Tell whether calling a function may run an activity."""
        seen, waiting = {function}, [function]
        while waiting:
            current = waiting.pop()
            if current in self._direct:
                return True
            if self._walks.is_activity(current):
                continue
            for edge in self._walks.edges(current):
                if isinstance(edge.target, ProjectFunction) and edge.target not in seen:
                    seen.add(edge.target)
                    waiting.append(edge.target)
        return False


class _Body:
    """A try whose body runs an activity."""

    def __init__(
        self,
        contract: Contract,
        running: Running,
        shape: Try,
        started: set[tuple[str, int]],
        through: _Through,
    ) -> None:
        self._program = contract.program
        self._module: Module = running.module
        self._running = running
        self._shape = shape
        module = running.module
        tried = blocks.inside(module, shape.block)
        calls = [e for e in blocks.expressions(module, tried) if isinstance(e, Call)]
        others = [call for call in calls if (module.name, call.number) not in started]
        self._directly = len(others) < len(calls)
        self.has_activity = self._directly or any(
            isinstance(meaning, ProjectFunction) and through.runs_activity(meaning)
            for call in others
            for meaning in self._program.resolve(module, call.function)
        )
        self._unsure = next((call for call in others if self._may_raise(call)), None)
        self._raises = any(
            leave.kind in ("raise", "assert")
            for number in tried
            for leave in module.view.leaves_by_block.get(number, ())
        )

    def observations(self) -> Iterator[Observation]:
        """Yield what is wrong with its clauses."""
        covered = any(
            not handler.types or any(map(self._may_cover, handler.types))
            for handler in self._shape.handlers
        )
        for handler in self._shape.handlers:
            names = {self._name(kind) for kind in handler.types}
            if not names.isdisjoint(_ACTIVITY):
                found = self._cause_only(handler) or self._swallowing(handler, names)
            else:
                found = None if covered else self._never(handler)
            if found is not None:
                yield found

    def _never(self, handler: Handler) -> Observation | None:
        if self._unsure is not None or self._raises:
            return None
        kind = next((each for each in handler.types if self._is_raised(each)), None)
        if kind is None:
            return None
        short = (self._name(kind) or "").rpartition(".")[2]
        return Observation(
            module=self._module,
            span=self._module.facts.span(kind),
            message=f"an activity's failure arrives as `ActivityError` on Temporal: `{short}` is"
            " never caught here",
            alternative="`except ActivityError as err`, and look at `err.cause`",
            via=self._running.reached,
            severity="error",
        )

    def _cause_only(self, handler: Handler) -> Observation | None:
        if handler.name is None:
            return None
        handled = blocks.inside(self._module, handler.block)
        inside = list(blocks.expressions(self._module, handled))
        if any(_tells_apart(each, handler.name) for each in inside):
            return None
        for each in inside:
            match each:
                case Attribute(_, Name(_, name), attribute) if (
                    name == handler.name and attribute in _ONLY_OF_CAUSE
                ):
                    return Observation(
                        module=self._module,
                        span=self._module.facts.span(each),
                        message=f"an `ActivityError` has no `{attribute}`: AttributeError on"
                        " Temporal, and the run hangs",
                        alternative=f'`getattr({name}.cause or {name}, "{attribute}", None)`',
                        via=self._running.reached,
                        severity="error",
                    )
        return None

    def _swallowing(self, handler: Handler, names: set[str | None]) -> Observation | None:
        of_ntro = sorted(name for name in names if name and name.startswith(_FACADE))
        if self._unsure is None or handler.reraises or not of_ntro:
            return None
        short = of_ntro[0].rpartition(".")[2]
        kind = next(each for each in handler.types if self._name(each) == of_ntro[0])
        return Observation(
            module=self._module,
            span=self._module.facts.span(kind),
            message=f"under LocalRuntime `{short}` is `Exception`: mistakes in this `try` are"
            " swallowed there and hang the run in production",
            alternative="only the activity call in the `try`, or `raise` what the clause is not"
            " about",
            via=self._running.reached,
            severity="warning" if self._directly else "info",
        )

    def _may_raise(self, call: Call) -> bool:
        """Tell whether a call may run code of the project that raises what it likes."""
        for meaning in self._program.resolve(self._module, call.function):
            if not isinstance(meaning, External | ProjectClass):
                return True
            if isinstance(meaning, External) and meaning.name in _RAISED:
                return True
        return False

    def _is_raised(self, kind: Expression) -> bool:
        """Tell whether activities raise a class, and Temporal wraps it."""
        match self._program.resolve(self._module, kind):
            case (External(name),):
                return name in _RAISED
            case (ProjectClass() as own,):
                order = self._program.mro(own) or ()
                outside = {base.name for base in order if isinstance(base, External)}
                return bool(outside) and outside <= _RAISED | _PLAIN
            case _:
                return False

    def _may_cover(self, kind: Expression) -> bool:
        """Tell whether a clause for a class may catch an `ActivityError`."""
        name = self._name(kind) or ""
        known = name.startswith(("builtins.", "asyncio.")) and name not in _WIDER
        return not known and not self._is_raised(kind)

    def _name(self, kind: Expression) -> str | None:
        return self._program.name(self._module, kind)


def _tells_apart(expression: Expression, name: str) -> bool:
    """Tell whether the clause itself asks what it has caught."""
    match expression:
        case Call(_, Name(_, "isinstance" | "hasattr"), (Name(_, asked), *_)):
            return asked == name
        case _:
            return False


RULE = Rule(
    code="NTR210",
    name="sdk-exception",
    summary="an except clause that means something else on Temporal",
    explanation=__doc__,
    contract=check,
)
