"""Whether the conditions of a hazard hold for one use of it."""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Constant,
    Display,
    Expression,
    Name,
    Starred,
)
from lint_rules.hazards import Condition, Hazard
from lint_rules.program import External, Instance, Module, Program, Written
from lint_rules.program.names import lookup
from lint_rules.workflow_code.classify import Classifier
from lint_rules.workflow_code.taint import is_tainted

_NAIVE = {
    "datetime.datetime.now": 0,
    "datetime.datetime.fromtimestamp": 1,
    "datetime.datetime": 7,
    "datetime.datetime.utcnow": None,
    "datetime.datetime.today": None,
    "datetime.datetime.strptime": None,
    "datetime.datetime.utcfromtimestamp": None,
}
"""What gives a datetime without a zone, unless an argument at that position (or `tz`) has one."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a callable is given: by a call, or, where it is passed on, only how much."""

    call: Call | None
    given: int = 0

    @property
    def is_open(self) -> bool:
        """Whether `*args` or `**kwargs` may bring anything."""
        if self.call is None:
            return False
        starred = any(isinstance(argument, Starred) for argument in self.call.arguments)
        return starred or any(keyword.name is None for keyword in self.call.keywords)

    def find(self, condition: Condition) -> Expression | None:
        """Return the argument a condition speaks of."""
        if self.call is None:
            return None
        if condition.keyword is not None:
            found = self.call.keyword(condition.keyword)
            if found is not None:
                return found
        position = condition.position
        if position is None or position >= len(self.call.arguments):
            return None
        return self.call.arguments[position]


class Conditions:
    """Answers the conditions of hazards in the light of a program."""

    def __init__(self, program: Program, classifier: Classifier) -> None:
        self.program = program
        self.classifier = classifier

    def chosen(
        self, module: Module, variants: tuple[Hazard, ...], arguments: Arguments, use: str
    ) -> Hazard | None:
        """Return the first variant that holds."""
        for hazard in variants:
            if hazard.use == use and all(
                self._holds(module, condition, arguments) for condition in hazard.when
            ):
                return hazard
        return None

    def _holds(self, module: Module, condition: Condition, arguments: Arguments) -> bool:
        if condition.test == "naive-receiver":
            function = arguments.call.function if arguments.call else None
            return isinstance(function, Attribute) and self._is_naive(module, function.value, 0)
        if condition.test == "any-calls":
            return self._any_calls(module, condition, arguments)
        argument = arguments.find(condition)
        if isinstance(argument, Starred) or (argument is None and arguments.is_open):
            # Anything may be passed; in doubt nothing is said.
            return False
        if argument is None and condition.position is not None and arguments.given:
            return condition.test in ("given", "type-is-not", "is-not")
        is_given = argument is not None and not self._is_none(module, argument)
        if condition.test in ("missing", "given"):
            return is_given == (condition.test == "given")
        if condition.test in ("is", "is-not"):
            found = argument is not None and self._is_one_of(module, argument, condition)
            return found == (condition.test == "is")
        if condition.test in ("type-is", "type-is-not"):
            found = argument is not None and self._has_type(module, argument, condition)
            return found == (condition.test == "type-is")
        if condition.test == "contains":
            return argument is not None and self._contains(argument, condition)
        return argument is not None and is_tainted(self.program, self.classifier, module, argument)

    def _is_none(self, module: Module, argument: Expression) -> bool:
        if isinstance(argument, Constant):
            return argument.kind == "none"
        return isinstance(argument, Name) and self.program.name(module, argument) == "builtins.None"

    def _is_one_of(self, module: Module, argument: Expression, condition: Condition) -> bool:
        if isinstance(argument, Constant):
            return str(argument.value) in condition.values
        name = self.program.name(module, argument)
        return name is not None and self.classifier.table.canonical(name) in condition.values

    def _has_type(self, module: Module, argument: Expression, condition: Condition) -> bool:
        if isinstance(argument, Display) and argument.kind == "tuple" and argument.elements:
            # A tuple is as stable as its elements.
            return all(self._has_type(module, each, condition) for each in argument.elements)
        found = self.program.resolve(module, argument)
        return bool(found) and all(self._type_matches(each, condition.values) for each in found)

    def _type_matches(self, meaning: object, values: tuple[str, ...]) -> bool:
        match meaning:
            case Instance(External(name)):
                return name in values or any(
                    base in values for base in self.classifier.table.lineage(name)
                )
            case Written(module, number):
                expression = self.program.modules[module].facts.expressions[number]
                kind = getattr(expression, "kind", "dict")
                return f"builtins.{kind}" in values
            case External(name):
                return name in values
            case _:
                return False

    def _contains(self, argument: Expression, condition: Condition) -> bool:
        match argument:
            case Constant(_, "str", str(text)):
                return any(value in text for value in condition.values)
            case _:
                return False

    def _any_calls(self, module: Module, condition: Condition, arguments: Arguments) -> bool:
        for argument in arguments.call.arguments if arguments.call else ():
            inner = argument.value if isinstance(argument, Starred) else argument
            parts = inner.elements if isinstance(inner, Display) else (inner,)
            for part in parts:
                if isinstance(part, Call):
                    name = self.program.name(module, part.function)
                    if name in condition.values:
                        return True
        return False

    def _is_naive(self, module: Module, receiver: Expression, depth: int) -> bool:
        match receiver:
            case Call(_, function, arguments, _):
                name = self.program.name(module, function) or ""
                if name.endswith(".replace") and isinstance(function, Attribute):
                    zone = receiver.keyword("tzinfo")
                    if zone is not None:
                        return self._is_none(module, zone)
                    return self._is_naive(module, function.value, depth)
                if name not in _NAIVE:
                    return False
                position = _NAIVE[name]
                zone = receiver.keyword("tz") or receiver.keyword("tzinfo")
                if zone is None and position is not None and len(arguments) > position:
                    zone = arguments[position]
                return zone is None or self._is_none(module, zone)
            case Name(_, name) if depth < 8:
                bindings = lookup(module, name, module.facts.scope_of(receiver), receiver)
                values = [b.value for b in bindings if b.kind == "assign" and not b.path]
                return bool(values) and all(
                    value is not None and self._is_naive(module, value, depth + 1)
                    for value in values
                )
            case _:
                return False
