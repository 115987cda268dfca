"""Whether a value comes from a hazard: looks backwards from an expression to what made it."""

from __future__ import annotations

from lint_rules.facts.expressions import Attribute, Call, Expression, Name, parts
from lint_rules.hazards import Hazards
from lint_rules.program import External, Module, Program
from lint_rules.program.names import lookup
from lint_rules.workflow_code.classify import Classifier


def is_tainted(
    program: Program, classifier: Classifier, module: Module, expression: Expression
) -> bool:
    """Tell whether a part of an expression is a call, or a reading, of a hazard."""
    waiting = [expression]
    seen: set[int] = set()
    while waiting:
        for part in parts(waiting.pop()):
            if part.number in seen:
                continue
            seen.add(part.number)
            match part:
                case Call(_, function, _, _):
                    if _is_hazard(program, classifier, module, function, "call"):
                        return True
                case Attribute():
                    if _is_hazard(program, classifier, module, part, "read"):
                        return True
                case Name(_, name):
                    found = lookup(module, name, module.facts.scope_of(part), part)
                    waiting += [b.value for b in found if b.value and b.kind != "parameter"]
    return False


def _is_hazard(
    program: Program, classifier: Classifier, module: Module, expression: Expression, use: str
) -> bool:
    for meaning in program.resolve(module, expression):
        if isinstance(meaning, External):
            found = classifier.lookup(meaning.name)
            if isinstance(found, Hazards):
                return any(
                    hazard.use == use and hazard.impact == "value" for hazard in found.variants
                )
    return False
