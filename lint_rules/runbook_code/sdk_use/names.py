"""What modules import from ntro, which attributes they ask of it, and how they call it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lint_rules.facts.expressions import Attribute, Call, Expression, Name, Starred
from lint_rules.facts.records import Import, Span
from lint_rules.program import External, Module, Program
from lint_rules.program.ntro_classes import BASES
from lint_rules.sdk.chosen import Chosen
from lint_rules.sdk.surface import Entry

_TOP = "ntro."
_BASE = "ntro.workflow.NtroWorkflow"


@dataclass(frozen=True, slots=True)
class SdkImport:
    """An import of the SDK; `qualified` is what it names."""

    module: Module
    statement: Import
    qualified: str


@dataclass(frozen=True, slots=True)
class SdkAttribute:
    """`value.name` where the value is part of the SDK; `owner` is that part."""

    module: Module
    expression: Attribute
    owner: str

    @property
    def qualified(self) -> str:
        """The dotted name of the attribute."""
        return f"{self.owner}.{self.expression.name}"

    @property
    def span(self) -> Span:
        """The range of the dotted name."""
        return self.module.facts.span(self.expression)


@dataclass(frozen=True, slots=True)
class SdkCall:
    """A call of something in the SDK, or a decorator of it that is not called itself."""

    module: Module
    expression: Expression
    qualified: str
    entry: Entry

    @property
    def arguments(self) -> tuple[Expression, ...] | None:
        """What it is given by position; None when that cannot be counted."""
        if not isinstance(self.expression, Call):
            return (self.expression,)
        given = self.expression.arguments
        return None if any(isinstance(each, Starred) for each in given) else given

    @property
    def keywords(self) -> tuple[tuple[str, Expression], ...]:
        """What it is given by name."""
        given = self.expression.keywords if isinstance(self.expression, Call) else ()
        return tuple((each.name, each.value) for each in given if each.name is not None)

    @property
    def is_whole(self) -> bool:
        """Whether everything it is given can be seen."""
        if not isinstance(self.expression, Call):
            return True
        hidden = any(each.name is None for each in self.expression.keywords)
        return self.arguments is not None and not hidden


class SdkNames:
    """Looks through modules once, when the first rule asks."""

    def __init__(self, program: Program, modules: Sequence[Module], sdk: Chosen) -> None:
        self._program = program
        self._modules = modules
        self._sdk = sdk

    @cached_property
    def imports(self) -> tuple[SdkImport, ...]:
        """The imports that run whenever their module or function does, in order."""
        return tuple(found for module in self._modules for found in _imports(module))

    @cached_property
    def attributes(self) -> tuple[SdkAttribute, ...]:
        """The attributes that are read of the SDK's modules, classes and objects."""
        return tuple(found for module in self._modules for found in self._attributes(module))

    @cached_property
    def calls(self) -> tuple[SdkCall, ...]:
        """The calls and bare decorators that come to something the SDK has."""
        return tuple(found for module in self._modules for found in self._calls(module))

    def _attributes(self, module: Module) -> Iterator[SdkAttribute]:
        ours: dict[str, bool] = {}
        known: dict[int, str] = {}
        for expression in module.view.every(Attribute):
            value = expression.value
            owner = known.get(value.number)
            if owner is None and isinstance(value, Name):
                if value.name not in ours:
                    ours[value.name] = self._is_ours(module, value.name)
                owner = self._external(module, value) if ours[value.name] else None
            if owner is None:
                continue
            known[expression.number] = f"{owner}.{expression.name}"
            if not module.view.is_target(expression):
                yield SdkAttribute(module, expression, owner)

    def _is_ours(self, module: Module, name: str) -> bool:
        """Tell whether a name may stand for something in the SDK wherever it is read."""
        if name not in module.outer_names:
            return False
        imported = (found for found in module.facts.imports if found.bound == name)
        if any(found.scope != 0 and _is_of_sdk(found) for found in imported):
            return True
        return any(_is_external(meaning) for meaning in self._program.outer_name(module, name))

    def _external(self, module: Module, expression: Expression) -> str | None:
        match self._program.resolve(module, expression):
            case (External(name),) if f"{name}.".startswith(_TOP):
                return name
            case _:
                return None

    def _calls(self, module: Module) -> Iterator[SdkCall]:
        named = {
            found.expression.number: found.qualified
            for found in self.attributes
            if found.module is module
        }
        members = self._base_members
        for call in module.view.every(Call):
            name = self._called(module, call.function, named, members)
            yield from self._call(module, call, name)
        for decorator in _decorators(module):
            if not isinstance(decorator, Call):
                name = self._called(module, decorator, named, frozenset())
                yield from self._call(module, decorator, name)

    def _called(
        self, module: Module, function: Expression, named: dict[int, str], members: frozenset[str]
    ) -> str | None:
        if function.number in named:
            return named[function.number]
        if isinstance(function, Name) and function.name in module.outer_names:
            return self._external(module, function)
        if isinstance(function, Attribute) and function.name in members:
            name = self._external(module, function)
            return name if name and name.rpartition(".")[0] in BASES else None
        return None

    def _call(self, module: Module, expression: Expression, name: str | None) -> Iterator[SdkCall]:
        entry = None if name is None else self._sdk.surface.look_up(name)
        if name is not None and isinstance(entry, Entry):
            yield SdkCall(module, expression, name, entry)

    @cached_property
    def _base_members(self) -> frozenset[str]:
        return frozenset(self._sdk.surface.members(_BASE))


def _imports(module: Module) -> Iterable[SdkImport]:
    for found in module.facts.imports:
        if found.conditional or found.typing_only or found.name == "*":
            continue
        if _is_of_sdk(found):
            name = found.module if found.name is None else f"{found.module}.{found.name}"
            yield SdkImport(module, found, name)


def _is_of_sdk(found: Import) -> bool:
    return not found.level and f"{found.module}.".startswith(_TOP)


def _is_external(meaning: object) -> bool:
    return isinstance(meaning, External) and f"{meaning.name}.".startswith(_TOP)


def _decorators(module: Module) -> Iterator[Expression]:
    for function in module.facts.functions:
        yield from function.decorators
    for kind in module.facts.classes:
        yield from kind.decorators
