"""Whether a plain exception raised somewhere leaves workflow code: then the run hangs (D44).

Handlers around the place are looked at, then those around every call of the function, and so on.
What cannot be followed (a context manager or decorator of the author's, a task nobody awaits)
counts as a handler.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Attribute, Await, Call, Expression
from lint_rules.facts.records import Block, Function, Handler, Try
from lint_rules.program import External, Module, Program, ProjectFunction
from lint_rules.program.decorators import decorator_names
from lint_rules.program.reach import Reach
from lint_rules.program.workflow_names import CONSTRUCTORS, HOOKS, VALIDATORS
from lint_rules.runbook_code.classes.wrappers import may_wrap
from lint_rules.runbook_code.failing.failures import Failure, all_plain, canonical
from lint_rules.runbook_code.read import facade_member

_HANGING = frozenset({"run", "signal", "update", "init"})
"""Entry points whose exceptions fail the workflow task; those of a query only fail the query."""

_TURNED = frozenset({"builtins.ValueError", "builtins.AssertionError"})
"""What pydantic turns into a ValidationError when a validator raises it."""


class Escapes:
    """Follows exceptions through one program, outwards."""

    def __init__(self, program: Program, reach: Reach) -> None:
        self.program = program
        self._callers = reach.callers
        self._known: dict[tuple[Failure, str, int], bool] = {}

    def leaves(self, module: Module, block: int, failure: Failure) -> bool:
        """Tell whether an exception raised in a block surely gets out of workflow code."""
        first = self._passed_through(module, block, failure)
        return first is not None and self._leaves_function(module, first, failure)

    def _leaves_function(self, module: Module, function: Function, failure: Failure) -> bool:
        """Tell whether what a function raises gets out; callers are asked before their callees."""
        start = (failure, module.name, function.number)
        if start in self._known:
            return self._known[start]
        waiting, seen = [(module, function)], {start}
        while waiting:
            here, raising = waiting.pop()
            if self._known.get((failure, here.name, raising.number)) or self._hangs(here, raising):
                self._known[start] = True
                return True
            for caller, block in self._calls_of(here, raising):
                outer = self._passed_through(caller, block, failure)
                if outer is not None and (failure, caller.name, outer.number) not in seen:
                    seen.add((failure, caller.name, outer.number))
                    waiting.append((caller, outer))
        # None of those that were come by leads out either.
        self._known.update(dict.fromkeys(seen, False))
        return False

    def _passed_through(self, module: Module, block: int, failure: Failure) -> Function | None:
        """Return the function that an exception raised in a block gets out of."""
        if any(self._catches(module, around, failure) for around in _around(module, block)):
            return None
        scope = module.facts.scopes[module.facts.blocks[block].scope]
        function = module.view.function_of(scope)
        if function is None or self._handles(module, function, failure):
            return None
        return function

    # --- inside one function -------------------------------------------------------------------

    def _catches(self, module: Module, block: Block, failure: Failure) -> bool:
        if block.kind == "with":
            return self._manager_catches(module, block, failure)
        if block.kind != "try":
            return False
        shapes = module.view.tries_by_scope.get(block.scope, ())
        shape = next((each for each in shapes if each.block == block.number), None)
        return shape is not None and self._try_catches(module, shape, failure)

    def _try_catches(self, module: Module, shape: Try, failure: Failure) -> bool:
        if shape.overrides:
            return True
        for handler in shape.handlers:
            if self._is_caught_by(module, handler.types, failure):
                # What it raises again is judged there, where it is plainly such.
                return not handler.reraises or self._is_plain(module, handler)
        return False

    def _is_plain(self, module: Module, handler: Handler) -> bool:
        return all_plain(self.program, module, handler.types) is not None

    def _is_caught_by(
        self, module: Module, types: tuple[Expression, ...], failure: Failure
    ) -> bool:
        if not types:
            return True
        for each in types:
            name = self.program.name(module, each)
            if name is None or not _is_class_name(name):
                return True
            if canonical(name) in failure.ancestors:
                return True
            if not failure.complete and name.startswith("builtins."):
                return True
        return False

    def _manager_catches(self, module: Module, block: Block, failure: Failure) -> bool:
        manager = block.head.function if isinstance(block.head, Call) else block.head
        if manager is None:
            return True
        for meaning in self.program.resolve(module, manager):
            if not isinstance(meaning, External):
                return True
            if meaning.name == "contextlib.suppress" and isinstance(block.head, Call):
                types = block.head.arguments
                return bool(types) and self._is_caught_by(module, types, failure)
            if meaning.origin == "third party" and not meaning.name.startswith("temporalio."):
                return True
        return False

    # --- out of a function ---------------------------------------------------------------------

    def _handles(self, module: Module, function: Function, failure: Failure) -> bool:
        """Tell whether what is around a function takes its exceptions."""
        names = decorator_names(self.program, module, function.decorators)
        validates = VALIDATORS & names or function.name == "model_post_init"
        if validates and _TURNED & failure.ancestors:
            return True
        if any(_is_validator(decorator) for decorator in function.decorators):
            return True
        plain = [each for each in function.decorators if not _is_setter(each)]
        return may_wrap(self.program, module, plain)

    def _hangs(self, module: Module, function: Function) -> bool:
        """Tell whether the runtime calls a function, and retries the task when it raises."""
        names = decorator_names(self.program, module, function.decorators)
        if function.name in HOOKS or any(facade_member(name) in _HANGING for name in names):
            return True
        callers = self._callers.get(ProjectFunction(module.name, function.number), ())
        return not callers and function.name in CONSTRUCTORS

    def _calls_of(self, module: Module, function: Function) -> Iterator[tuple[Module, int]]:
        """Yield the blocks in which calls of a function raise what it raises."""
        for edge in self._callers.get(ProjectFunction(module.name, function.number), ()):
            caller = self.program.modules[edge.module]
            at = caller.facts.expressions[edge.at]
            is_coroutine = function.is_async and not function.is_generator
            if edge.how in ("wrapper", "factory") or (is_coroutine and not _is_awaited(caller, at)):
                continue
            yield caller, caller.facts.blocks_of[edge.at]


def _around(module: Module, block: int) -> Iterator[Block]:
    """Yield the blocks around one, out of comprehensions, up to the body of its function."""
    found: Block = module.facts.blocks[block]
    while True:
        yield found
        is_body = found.kind == "body"
        inner = module.facts.scopes[found.scope].kind in ("comprehension", "class")
        if found.parent is None or (is_body and not inner):
            return
        found = module.facts.blocks[found.parent]


def _is_validator(decorator: Expression) -> bool:
    """Tell whether `@change.validator` makes it the validator of an update, which may raise."""
    called = decorator.function if isinstance(decorator, Call) else decorator
    return isinstance(called, Attribute) and called.name == "validator"


def _is_setter(decorator: Expression) -> bool:
    return isinstance(decorator, Attribute) and decorator.name == "setter"


def _is_class_name(name: str) -> bool:
    """Tell whether a name is spelt as a class; others may be tuples of exceptions."""
    last = name.rpartition(".")[2]
    return last[:1].isupper() and not last.isupper()


def _is_awaited(module: Module, at: Expression) -> bool:
    """Tell whether what a call gives is awaited in the same expression."""
    around: Expression | None = at
    while around is not None:
        if isinstance(around, Await):
            return True
        if isinstance(around, Call) and around.keyword("return_exceptions") is not None:
            return False
        around = module.view.parents.get(around.number)
    return False
