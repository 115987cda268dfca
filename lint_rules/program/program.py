"""Expressions to meanings: follows names, attributes, calls and subscripts through a project.

Nothing is guessed: what cannot be followed is `Unknown` with its reason. Meanings are remembered
per expression; an expression that leads back to itself is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Comprehension,
    Conditional,
    Constant,
    Display,
    Expression,
    FormattedString,
    Lambda,
    Mapping,
    Name,
    Operation,
    Slice,
    Subscript,
    Walrus,
)
from lint_rules.facts.records import Function, Scope
from lint_rules.program import attributes, bindings, calls, classes
from lint_rules.program.constants import constant_text
from lint_rules.program.meaning import (
    External,
    Instance,
    Meaning,
    Meanings,
    Namespace,
    ProjectClass,
    ProjectFunction,
    ProjectModule,
    Unknown,
    Written,
)
from lint_rules.program.modules import Loader, Module, Modules, external

ResultType = Callable[[str], str | None]
"""Qualified name of an outside callable -> qualified name of the class of what it returns."""


def unknown_result(_name: str) -> None:
    """Know no results."""


class Program:
    """A project whose modules are loaded when something in them is asked for."""

    def __init__(self, load: Loader, result_type: ResultType = unknown_result) -> None:
        self.modules = Modules(load)
        self.result_type = result_type
        self._known: dict[str, dict[int, Meanings]] = defaultdict(dict)
        self._busy: set[tuple[str, int]] = set()
        self._calling: set[Meaning] = set()
        self._outer_names: dict[str, dict[str, Meanings]] = defaultdict(dict)
        self._importing: set[tuple[str, str]] = set()
        self._mro: dict[ProjectClass, tuple[ProjectClass | External, ...] | None] = {}

    def resolve(self, module: Module, expression: Expression) -> Meanings:
        """Return every meaning an expression of a module can have; never empty."""
        known = self._known[module.name]
        if expression.number in known:
            return known[expression.number]
        key = (module.name, expression.number)
        if key in self._busy:
            return (_CIRCLE,)
        if len(self._busy) >= _FAR:
            return (_TOO_FAR,)
        self._busy.add(key)
        try:
            found = distinct(self._resolve(module, expression))
        finally:
            self._busy.discard(key)
        # Inside a circle, or at the end of a long chain, the answer depends on where it was
        # entered, so only whole ones are kept.
        if not self._busy or (_CIRCLE not in found and _TOO_FAR not in found):
            known[expression.number] = found
        return found

    def name(self, module: Module, expression: Expression) -> str | None:
        """Return the qualified name of an expression if it has exactly one meaning."""
        match self.resolve(module, expression):
            case (single,):
                return self.qualified_name(single)
            case _:
                return None

    def qualified_name(self, meaning: Meaning) -> str | None:
        """Return the dotted name of something outside, or of a definition or module inside."""
        match meaning:
            case External(name) | ProjectModule(name):
                return name
            case ProjectFunction(module, number):
                return f"{module}.{self.modules[module].facts.functions[number].qualname}"
            case ProjectClass(module, number):
                return f"{module}.{self.modules[module].facts.classes[number].qualname}"
            case _:
                return None

    def attribute(self, meaning: Meaning, name: str) -> Meanings:
        """Return what an attribute of something means."""
        return distinct(attributes.attribute(self, meaning, name))

    def call(self, meaning: Meaning) -> Meanings:
        """Return what calling something without regard to its arguments gives."""
        if meaning in self._calling:
            # An object whose `__call__` is made by calling it.
            return (_CIRCLE,)
        self._calling.add(meaning)
        try:
            return distinct(calls.result(self, meaning))
        finally:
            self._calling.discard(meaning)

    def mro(self, kind: ProjectClass) -> tuple[ProjectClass | External, ...] | None:
        """Return the method resolution order; None when a base is unknown or the order invalid."""
        if kind not in self._mro:
            self._mro[kind] = None  # a class that is its own base has no order
            self._mro[kind] = classes.linearize(self, kind)
        return self._mro[kind]

    def member(self, module_name: str, name: str) -> Meanings:
        """Return what a name of a module means to other modules."""
        key = (module_name, name)
        if key in self._importing:
            # Modules that import a name from each other.
            return (_CIRCLE,)
        if len(self._importing) >= _FAR:
            return (_TOO_FAR,)
        self._importing.add(key)
        try:
            return distinct(bindings.module_member(self, module_name, name))
        finally:
            self._importing.discard(key)

    def outer_name(self, module: Module, name: str) -> Meanings:
        """Return what a name of the top level means; asked for once."""
        known = self._outer_names[module.name]
        if name not in known:
            found = self.name_in_scope(module, name, module.facts.scopes[0])
            if _CIRCLE in found or _TOO_FAR in found:
                return found
            known[name] = found
        return known[name]

    def name_in_scope(self, module: Module, name: str, scope: Scope) -> Meanings:
        """Return what a name means in a scope once all its code has run."""
        return distinct(bindings.name_in_scope(self, module, name, scope))

    def module(self, name: str) -> Meaning:
        """Return what the full name of a module means."""
        return ProjectModule(name) if self.modules.get(name) is not None else external(name)

    def function(self, meaning: ProjectFunction) -> tuple[Module, Function]:
        """Return the facts of a function."""
        module = self.modules[meaning.module]
        return module, module.facts.functions[meaning.number]

    def _resolve(self, module: Module, expression: Expression) -> Iterable[Meaning]:
        match expression:
            case Name(_, name):
                return bindings.read_name(self, module, name, expression)
            case Attribute(_, value, name):
                return self._each_attribute(module, value, name)
            case Call():
                return calls.call(self, module, expression)
            case Subscript(_, value, key):
                return self._subscript(module, value, key)
            case Await(_, value) | Walrus(_, _, value):
                return self.resolve(module, value)
            case Conditional(_, _, then, otherwise):
                return [*self.resolve(module, then), *self.resolve(module, otherwise)]
            case Operation(_, ("or" | "and",), operands):
                return [found for each in operands for found in self.resolve(module, each)]
            case Operation(_, ("/",), (left, _)):
                return self._path_division(module, left)
            case Lambda(_, function):
                return [ProjectFunction(module.name, function)]
            case Constant(_, kind):
                return [_literal(kind)]
            case Display() | Mapping() | Comprehension():
                return [Written(module.name, expression.number)]
            case FormattedString():
                return [_literal("str")]
            case Operation():
                return self._operation(module, expression)
            case _:
                return [Unknown(f"a {type(expression).__name__.lower()}")]

    def _each_attribute(self, module: Module, value: Expression, name: str) -> Iterable[Meaning]:
        for meaning in self.resolve(module, value):
            yield from self.attribute(meaning, name)

    def relative(self, module: Module, name: str) -> Meaning:
        """Return the module that a name with dots in front stands for, seen from another."""
        rest = name.lstrip(".")
        parts = module.name.split(".")
        drop = len(name) - len(rest) - module.is_package
        if drop > len(parts):
            return Unknown("a relative import that leaves the project")
        return self.module(".".join([*parts[: len(parts) - drop], rest]))

    def _subscript(self, module: Module, value: Expression, key: Expression) -> Iterable[Meaning]:
        name = constant_text(module, key)
        for meaning in self.resolve(module, value):
            if isinstance(meaning, Namespace) and name is not None:
                yield from self.attribute(meaning.of, name)
            elif isinstance(meaning, Written):
                yield from self._entries(meaning, key, name)
            else:
                yield Unknown("an element of a container")

    def entries(
        self, module: Module, table: Expression, asked: tuple[Expression, ...]
    ) -> Iterable[Meaning]:
        """Return what `table.get(key, default)` can give."""
        for meaning in self.resolve(module, table):
            if isinstance(meaning, Written) and asked:
                yield from self._entries(meaning, asked[0], constant_text(module, asked[0]))
        for default in asked[1:]:
            yield from self.resolve(module, default)

    def _entries(self, written: Written, key: Expression, name: str | None) -> Iterable[Meaning]:
        """Yield what a key can mean: one entry if it is written out, else any of them."""
        module = self.modules[written.module]
        match module.facts.expressions[written.expression]:
            case Mapping(_, keys, values):
                pairs = list(zip(keys, values, strict=True))
                exact = [v for k, v in pairs if isinstance(k, Constant) and k.value == name]
                for value in exact if name is not None and exact else values:
                    yield from self.resolve(module, value)
            case Call(_, _, (), keywords):
                named = [each.value for each in keywords if each.name == name]
                for value in named or [each.value for each in keywords]:
                    yield from self.resolve(module, value)
            case Display(_, "list" | "tuple", elements) if not isinstance(key, Slice):
                place = key.value if isinstance(key, Constant) else None
                one = isinstance(place, int) and -len(elements) <= place < len(elements)
                for element in (elements[place],) if one else elements:  # type: ignore[index]
                    yield from self.resolve(module, element)
            case _:
                yield Unknown("an element of a container")

    def _operation(self, module: Module, operation: Operation) -> Iterable[Meaning]:
        operators = operation.operators
        if operators[0] in _TRUTHS:
            return [_literal("bool")]
        if len(operators) == 1 and operators[0] in _SET_OPERATORS:
            for operand in operation.operands:
                if self.is_set(self.resolve(module, operand)):
                    return [_literal("set")]
                if _is_dict_view(operand):
                    return [_literal("set")]
        return [Unknown("the result of an operation")]

    def is_set(self, meanings: Meanings) -> bool:
        """Tell whether one of several meanings is a built-in set."""
        return any(self._is_set(meaning) for meaning in meanings)

    def _is_set(self, meaning: Meaning) -> bool:
        match meaning:
            case Instance(External("builtins.set" | "builtins.frozenset")):
                return True
            case Written(module, number):
                kind = getattr(self.modules[module].facts.expressions[number], "kind", "dict")
                return kind == "set"
            case _:
                return False

    def _path_division(self, module: Module, left: Expression) -> Iterable[Meaning]:
        for meaning in self.resolve(module, left):
            match meaning:
                case Instance(External(name)) if name.startswith("pathlib."):
                    yield meaning
                case _:
                    yield Unknown("the result of an operation")


_CIRCLE = Unknown("refers to itself")
_TOO_FAR = Unknown("too long a chain of names")
_FAR = 40
"""Names in a row that are followed; a module may have to be read at the end, on the same stack."""

_SET_OPERATORS = ("|", "&", "-", "^")
_TRUTHS = ("==", "!=", "<", ">", "<=", ">=", "in", "not in", "is", "is not", "not")


def _is_dict_view(operand: Expression) -> bool:
    match operand:
        case Call(_, Attribute(_, _, "keys" | "items"), (), ()):
            return True
        case _:
            return False


def distinct(meanings: Iterable[Meaning]) -> Meanings:
    """Return meanings once each, in order; nothing at all is unknown."""
    meanings = tuple(meanings)
    if len(meanings) == 1:
        return meanings
    return tuple(dict.fromkeys(meanings)) or (Unknown("bound nowhere"),)


def _literal(kind: str) -> Meaning:
    if kind in ("none", "ellipsis"):
        return External(f"builtins.{'None' if kind == 'none' else 'Ellipsis'}", "builtin")
    return Instance(external(f"builtins.{kind}"))
