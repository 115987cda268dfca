"""Two classes of one name in the same class or module.

The second silently takes the place of the first. Of two `class ObserverMeta` only the last is read,
so the event is emitted under the wrong type, or under none; of two models the activities above use
the first and everything else the second.

Bad:

    class Slip(ObservableResult):
        class ObserverMeta:
            event_type = "slip.read"

        payee: str

        class ObserverMeta:
            source = "petty-cash"

Good:

    class Slip(ObservableResult):
        class ObserverMeta:
            event_type = "slip.read"
            source = "petty-cash"

        payee: str
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Name, parts
from lint_rules.facts.records import Class
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report classes that replace one above them."""
    for module in contract.templates:
        for first, second in _pairs(module):
            inside = module.facts.scopes[module.facts.blocks[second.block].scope]
            where = f"`{inside.qualname}`" if inside.kind == "class" else "this module"
            yield Observation(
                module=module,
                span=second.span,
                message=f"{where} has a class `{second.name}` in line {first.span.line} already:"
                " this one takes its place",
                alternative="one class with what both say, or another name",
                severity="error",
            )


def _pairs(module: Module) -> Iterator[tuple[Class, Class]]:
    """Yield the classes of one name that follow each other in a block, whatever happens there."""
    found: dict[tuple[int, str], list[Class]] = defaultdict(list)
    for each in module.facts.classes:
        if module.facts.scopes[module.facts.blocks[each.block].scope].kind != "function":
            found[each.block, each.name].append(each)
    for (block, name), several in found.items():
        if len(several) < 2 or not _only_classes(module, block, name):
            continue
        for first, second in pairwise(several):
            if not second.decorators and not _refers_to(second, name):
                yield first, second


def _only_classes(module: Module, block: int, name: str) -> bool:
    scope = module.facts.blocks[block].scope
    bindings = module.bindings.get((scope, name), ())
    return all(binding.kind == "class" for binding in bindings)


def _refers_to(second: Class, name: str) -> bool:
    """Tell whether a class is made of the one it replaces."""
    bases: Iterable[object] = (part for base in second.bases for part in parts(base))
    return any(isinstance(part, Name) and part.name == name for part in bases)


RULE = Rule(
    code="NTR431",
    name="duplicate-nested-class",
    summary="a class that silently replaces another of its name",
    explanation=__doc__,
    contract=check,
)
