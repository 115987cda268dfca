"""A predicate that nothing can change: the gate never opens, or is open from the start.

A wait ends when its predicate comes true, and only a signal handler, an update or another task can
make it so while the run waits. A predicate that is a constant, or that reads attributes which
`__init__` sets and nothing else ever touches, keeps the answer it has at the beginning: the signal
arrives, the handler notes it somewhere else, and the run waits for ever. The harness says no more
than `timed out`. A predicate that is no function but its answer (`predicate=bool(self._uploads)`)
raises TypeError, which hangs the run as well (D44).

Bad:

    def __init__(self) -> None:
        super().__init__()
        self._uploads: list[Document] = []
        self._documents: list[Document] = []

    @runbook.signal
    def document_submitted(self, event: Document) -> None:
        self._documents.append(event)

    @runbook.run
    async def run(self, ctx: NavContext) -> None:
        await runbook.wait_condition(lambda: bool(self._uploads))

Good:

    @runbook.run
    async def run(self, ctx: NavContext) -> None:
        await runbook.wait_condition(lambda: bool(self._documents))
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Call, Constant, Display, Expression, Operation
from lint_rules.facts.records import Function
from lint_rules.program import Module, Program
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.gates.predicates import functions_of, read_attributes
from lint_rules.runbook_code.gates.signals import advertised, handled_signals
from lint_rules.runbook_code.gates.unchanged import Mentions
from lint_rules.runbook_code.gates.waits import Wait, waits_of
from lint_rules.runbook_code.runbook import Runbook
from lint_rules.workflow_code.observation import Observation

_ANSWERS = frozenset(f"builtins.{name}" for name in ("all", "any", "bool", "isinstance", "len"))


def check(contract: Contract) -> Iterator[Observation]:
    """Report predicates that keep the answer they have at the beginning."""
    mentions = Mentions(contract.program)
    for runbook in contract.runbooks:
        handled = handled_signals(contract.program, runbook)
        for wait in waits_of(contract.workflow, runbook):
            if wait.predicate is None or (wait.gate is None and wait.may_end):
                # `wait_condition(lambda: False, timeout=...)` is a way to sleep.
                continue
            if not _is_mistaken(contract, wait, handled):
                yield from _judged(mentions, runbook, wait, wait.predicate)


def _is_mistaken(contract: Contract, wait: Wait, handled: frozenset[str] | None) -> bool:
    """Tell whether the gate asks for a signal nobody handles, which is NTR307's to report."""
    signal = advertised(contract.program, wait.gate) if wait.gate else None
    return bool(signal and signal.text and handled is not None and signal.text not in handled)


def _judged(
    mentions: Mentions, runbook: Runbook, wait: Wait, predicate: Expression
) -> Iterator[Observation]:
    if _is_computed(mentions.program, wait.module, predicate):
        message = "the predicate is computed once, before the wait: TypeError, and the run hangs"
        yield _told(wait, wait.module, predicate, message, "`lambda: ...` around it")
        return
    functions = functions_of(mentions.program, wait.module, predicate)
    if functions is None or len(functions) != 1:
        return
    [(module, function)] = functions
    constant = _constant(module, function)
    if constant is not None:
        effect = "the wait ends at once" if constant.value else "the wait never ends"
        yield _told(wait, module, constant, f"the predicate is always `{constant.value}`: {effect}")
        return
    read = read_attributes(mentions.program, module, function)
    if not read or not mentions.is_unchanged(runbook, read, (module, function)):
        return
    named = " and ".join(f"`{name}`" for name in sorted(read))
    message = f"nothing changes {named} after `__init__`: the predicate keeps its first answer"
    yield _told(wait, wait.module, predicate, message)


def _is_computed(program: Program, module: Module, predicate: Expression) -> bool:
    """Tell whether what is passed is an answer, and nothing that could be asked for one."""
    match predicate:
        case Operation(_, operators, _):
            return operators[0] not in ("and", "or")
        case Constant() | Display():
            return True
        case Call(_, called, _, _):
            return program.name(module, called) in _ANSWERS
        case _:
            return False


def _constant(module: Module, function: Function) -> Constant | None:
    if function.body is not None:
        return function.body if _is_truth(function.body) else None  # type: ignore[return-value]
    leaves = list(module.view.leaves_of_scope(function.scope))
    if len(leaves) == 1 and leaves[0].kind == "return" and _is_truth(leaves[0].value):
        return leaves[0].value  # type: ignore[return-value]
    return None


def _is_truth(expression: Expression | None) -> bool:
    return isinstance(expression, Constant) and expression.kind in ("bool", "int", "none")


def _told(
    wait: Wait,
    module: Module,
    at: Expression,
    message: str,
    alternative: str = "read what the signal handler writes",
) -> Observation:
    return Observation(
        module=module,
        span=module.facts.span(at),
        message=message,
        alternative=alternative,
        via=wait.via if module is wait.module else None,
        severity="error",
    )


RULE = Rule(
    code="NTR313",
    name="impossible-predicate",
    summary="a predicate that nothing can change while the run waits",
    explanation=__doc__,
    contract=check,
)
