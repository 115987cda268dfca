"""Swallowing a cancellation around an await.

Temporal cancels a workflow, evicts it from memory and continues it as new by raising exceptions
that are no `Exception`: a bare `except`, `except BaseException`, `suppress(BaseException)` and a
`return`, `break` or `continue` in `finally` catch them all. The run goes on where it should have
ended.

Bad:

    try:
        await self._collect(ctx)
    except BaseException:
        runbook.logger.warning("collect failed")

Good:

    try:
        await self._collect(ctx)
    except Exception:
        runbook.logger.warning("collect failed")

A handler with a path that raises it again is fine, and so is waiting for a task that was cancelled
just before.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Attribute, Await, Call, Name
from lint_rules.facts.records import Block, Handler, Span, Try
from lint_rules.program import Module, Program
from lint_rules.program.reach import Reached
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code import blocks
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode

_CANCELLED = frozenset(
    {
        "asyncio.CancelledError",
        "asyncio.exceptions.CancelledError",
        "concurrent.futures.CancelledError",
    }
)
_ALL = frozenset({"builtins.BaseException"})


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report the handlers, exits and suppressions that swallow a cancellation."""
    for reached, module, _, scopes in workflow.functions:
        view = module.view
        for shape in (t for scope in scopes for t in view.tries_by_scope.get(scope, ())):
            if shape.awaits:
                yield from _handlers(workflow.program, module, shape, reached)
                yield from _exits(module, shape, reached)
        for block in (b for scope in scopes for b in view.blocks_by_scope.get(scope, ())):
            if block.kind == "with":
                yield from _suppressed(workflow.program, module, block, reached)


def _handlers(
    program: Program, module: Module, shape: Try, reached: Reached
) -> Iterator[Observation]:
    for handler in shape.handlers:
        swallowed = _swallows(program, module, handler)
        if swallowed is None:
            continue
        if handler.reraises:
            # What is raised again here does not come to the handlers below.
            return
        if swallowed != "CancelledError" or not _was_cancelled_here(module, shape):
            span = module.facts.blocks[handler.block].span
            message = f"`{_spelt(swallowed)}` swallows the cancellation of the workflow"
            yield _observation(module, span, message, reached)


def _swallows(program: Program, module: Module, handler: Handler) -> str | None:
    if not handler.types:
        return ""
    for caught in handler.types:
        name = program.name(module, caught)
        if name in _ALL:
            return "BaseException"
        if name in _CANCELLED:
            return "CancelledError"
    return None


def _spelt(swallowed: str) -> str:
    return f"except {swallowed}" if swallowed else "except:"


def _was_cancelled_here(module: Module, shape: Try) -> bool:
    """Tell whether the try only waits for tasks that the same function cancels."""
    tried = blocks.inside(module, shape.block)
    waited = [e.value for e in blocks.expressions(module, tried) if isinstance(e, Await)]
    scope = module.facts.blocks[shape.block].scope
    cancelled = {
        call.function.value.name
        for call in module.view.by_scope.get(scope, ())
        if isinstance(call, Call) and isinstance(call.function, Attribute)
        if call.function.name == "cancel" and isinstance(call.function.value, Name)
    }
    return all(isinstance(task, Name) and task.name in cancelled for task in waited)


def _exits(module: Module, shape: Try, reached: Reached) -> Iterator[Observation]:
    for number in shape.overrides:
        leave = module.facts.leaves[number]
        message = f"`{leave.kind}` in `finally` drops the cancellation of the workflow"
        yield _observation(module, leave.span, message, reached)


def _suppressed(
    program: Program, module: Module, block: Block, reached: Reached
) -> Iterator[Observation]:
    head = block.head
    if not isinstance(head, Call) or program.name(module, head.function) != "contextlib.suppress":
        return
    wide = [a for a in head.arguments if program.name(module, a) in _ALL | _CANCELLED]
    inner = blocks.inside(module, block.number)
    if wide and any(isinstance(e, Await) for e in blocks.expressions(module, inner)):
        message = "`suppress` swallows the cancellation of the workflow"
        yield _observation(module, module.facts.span(head), message, reached)


def _observation(module: Module, span: Span, message: str, reached: Reached) -> Observation:
    return Observation(
        module=module,
        span=span,
        message=message,
        alternative="except Exception, or raise it again",
        via=reached,
        impact="sequence",
        sandbox="silent",
    )


RULE = Rule(
    code="NTR120",
    name="swallowed-cancellation",
    summary="a cancellation is swallowed around an await; use except Exception",
    explanation=__doc__,
    check=check,
)
