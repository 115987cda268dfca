"""Whether a value comes from a hazard: looks backwards from an expression to what made it."""

from __future__ import annotations

from lint_rules.facts.expressions import Attribute, Call, Expression, Name, children
from lint_rules.hazards import Hazards
from lint_rules.program import External, Module, Program
from lint_rules.program.names import lookup
from lint_rules.workflow_code.classify import Classifier

_FAR = 12
"""How many bindings a value is followed back through; longer ways are not worth the time."""


def is_tainted(
    program: Program, classifier: Classifier, module: Module, expression: Expression, depth: int = 0
) -> bool:
    """Tell whether a part of an expression is a call, or a reading, of a hazard."""
    match expression:
        case Call(_, function, _, _):
            if _is_hazard(program, classifier, module, function, "call"):
                return True
        case Attribute():
            if _is_hazard(program, classifier, module, expression, "read"):
                return True
        case Name(_, name):
            bindings = lookup(module, name, module.facts.scope_of(expression), expression)
            return depth < _FAR and any(
                is_tainted(program, classifier, module, binding.value, depth + 1)
                for binding in bindings
                if binding.value is not None and binding.kind != "parameter"
            )
    return any(
        is_tainted(program, classifier, module, child, depth) for child in children(expression)
    )


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
