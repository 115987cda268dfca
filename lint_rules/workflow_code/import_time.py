"""Hazards that importing a module sets off, and the workflow code that reads what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeGuard

from lint_rules.facts.expressions import Attribute, Call, Expression, Name, children
from lint_rules.facts.records import Binding
from lint_rules.hazards import Hazards
from lint_rules.program import (
    External,
    Instance,
    Module,
    Program,
    ProjectClass,
    ProjectFunction,
    ProjectModule,
)
from lint_rules.program.edges import Edge
from lint_rules.program.names import live, lookup
from lint_rules.program.reach import Exit, Reach, Reached, Walks, given_fields
from lint_rules.workflow_code.uses import Use, UseFinder


@dataclass(frozen=True, slots=True)
class ImportedHazard:
    """A hazard at import time, and the expression in reached code that reads its value."""

    use: Use
    name: str
    reader_module: Module
    reader: Expression
    via: Reached


class ImportTime:
    """Follows names that workflow code reads back to what the import of their module evaluated."""

    def __init__(self, program: Program, walks: Walks, finder: UseFinder) -> None:
        self.program = program
        self.walks = walks
        self.finder = finder
        self._of_binding: dict[tuple[str, Binding], tuple[Use, ...]] = {}
        self._members: dict[tuple[str, str], tuple[tuple[Module, Binding], ...]] = {}

    def read_by(
        self, reached: Reached, module: Module, scopes: tuple[int, ...]
    ) -> Iterator[ImportedHazard]:
        """Yield the import-time hazards whose values one function reads."""
        view = module.view
        names: Iterator[Expression] = view.of_kind(scopes, Name)
        read = chain(names, view.of_kind(scopes, Attribute))
        for expression in read:
            name, found = self._origins(module, expression)
            for origin, binding in found:
                for use in self._uses(origin, binding, reached):
                    yield ImportedHazard(use, name, module, expression, reached)
        yield from self._defaults(reached, module)

    def read_by_making(self, exit_: Exit) -> Iterator[ImportedHazard]:
        """Yield the import-time hazards in the defaults of the fields of an object that is made."""
        if not isinstance(exit_.edge.target, ProjectClass):
            return
        reader_module = self.program.modules[exit_.edge.module]
        reader = reader_module.facts.expressions[exit_.edge.at]
        given = given_fields(self.program, exit_.edge, exit_.edge.target)
        for base in self.program.mro(exit_.edge.target) or ():
            if not isinstance(base, ProjectClass):
                continue
            module = self.program.modules[base.module]
            scope = module.facts.classes[base.number].scope
            for binding in module.view.bindings_of_scope.get(scope, ()):
                if binding.annotation is not None and binding.name not in given:
                    for use in self._uses(module, binding, exit_.via):
                        name = f"{module.facts.classes[base.number].name}.{binding.name}"
                        yield ImportedHazard(use, name, reader_module, reader, exit_.via)

    def _defaults(self, reached: Reached, module: Module) -> Iterator[ImportedHazard]:
        """Defaults of a function that is not made anew inside another one."""
        function = module.facts.functions[reached.function.number]
        for parameter in function.parameters:
            default = parameter.default
            if default is not None and module.view.runs_at_import(default):
                for use in self._uses_in(module, default, reached, set()):
                    yield ImportedHazard(use, parameter.name, module, default, reached)

    def _origins(
        self, module: Module, expression: Expression
    ) -> tuple[str, tuple[tuple[Module, Binding], ...]]:
        """Return the bindings at import time that an expression of a function reads."""
        match expression:
            case Name(_, name) if name in module.outer_names:
                return name, self._of_name(module, expression)
            case Attribute(_, owner, name):
                return name, tuple(self._of_attribute(module, owner, name))
            case _:
                return "", ()

    def _of_name(self, module: Module, name: Name) -> tuple[tuple[Module, Binding], ...]:
        found = lookup(module, name.name, module.facts.scope_of(name), name)
        return tuple(self._resolved(module, found))

    def _resolved(self, module: Module, found: list[Binding]) -> Iterator[tuple[Module, Binding]]:
        for binding in found:
            if binding.kind == "import" and binding.definition is not None:
                imported = module.facts.imports[binding.definition]
                source = module.absolute(imported)
                if source is not None and imported.name is not None:
                    yield from self._member(source, imported.name)
            elif self._is_at_import(module, binding):
                yield module, binding

    def _member(self, module_name: str, name: str) -> tuple[tuple[Module, Binding], ...]:
        key = (module_name, name)
        if key not in self._members:
            self._members[key] = ()
            module = self.program.modules.get(module_name)
            if module is not None:
                found = module.bindings.get((0, name), [])
                self._members[key] = tuple(self._resolved(module, live(module, found, 0, None)))
                if not found:
                    self._members[key] = tuple(self._starred(module, name))
        return self._members[key]

    def _starred(self, module: Module, name: str) -> Iterator[tuple[Module, Binding]]:
        for star in module.stars:
            source = module.absolute(star)
            if source is not None:
                yield from self._member(source, name)

    def _of_attribute(
        self, module: Module, owner: Expression, name: str
    ) -> Iterator[tuple[Module, Binding]]:
        for meaning in self.program.resolve(module, owner):
            if isinstance(meaning, ProjectModule):
                yield from self._member(meaning.name, name)
                continue
            kind = meaning.of if isinstance(meaning, Instance) else meaning
            if isinstance(kind, ProjectClass):
                yield from self._of_class(kind, name)

    def _of_class(self, kind: ProjectClass, name: str) -> Iterator[tuple[Module, Binding]]:
        for base in self.program.mro(kind) or (kind,):
            if isinstance(base, ProjectClass):
                module = self.program.modules[base.module]
                scope = module.facts.classes[base.number].scope
                found = module.bindings.get((scope, name), [])
                if found:
                    yield from ((module, b) for b in found if self._is_at_import(module, b))
                    return

    def _is_at_import(self, module: Module, binding: Binding) -> bool:
        scope = module.facts.scopes[module.facts.blocks[binding.block].scope]
        return module.view.function_of(scope) is None

    def _uses(self, module: Module, binding: Binding, via: Reached) -> tuple[Use, ...]:
        key = (module.name, binding)
        if key not in self._of_binding:
            self._of_binding[key] = ()
            self._of_binding[key] = tuple(self._uses_of_binding(module, binding, via, {binding}))
        return self._of_binding[key]

    def _uses_of_binding(
        self, module: Module, binding: Binding, via: Reached, seen: set[Binding]
    ) -> Iterator[Use]:
        if binding.kind in ("function", "class", "import", "parameter"):
            return
        if _is_dotted(binding.value):
            # Another name for a thing is no use of it.
            yield from self._behind(module, binding.value, via, seen)
        elif binding.value is not None:
            yield from self._uses_in(module, binding.value, via, seen)
        for block in module.view.enclosing_blocks(module.facts.blocks[binding.block]):
            if block.head is not None and block.kind in ("if", "while", "for", "match", "case"):
                yield from self._uses_in(module, block.head, via, seen)
            elif block.kind == "else" and block.partner is not None:
                head = module.facts.blocks[block.partner].head
                if head is not None:
                    yield from self._uses_in(module, head, via, seen)

    def _uses_in(
        self, module: Module, expression: Expression, via: Reached, seen: set[Binding]
    ) -> Iterator[Use]:
        """Yield the hazards that evaluating an expression at import sets off."""
        waiting = [expression]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Call):
                yield from self._called(module, part, via)
            elif isinstance(part, Attribute | Name):
                use = self._read(module, part, via)
                if use is not None:
                    yield use
                    continue
                yield from self._behind(module, part, via, seen)
            waiting += children(part)

    def _behind(
        self, module: Module, expression: Expression, via: Reached, seen: set[Binding]
    ) -> Iterator[Use]:
        _, origins = self._origins(module, expression)
        for origin, binding in origins:
            if binding not in seen:
                seen.add(binding)
                yield from self._uses_of_binding(origin, binding, via, seen)

    def _called(self, module: Module, call: Call, via: Reached) -> Iterator[Use]:
        for meaning in self.program.resolve(module, call.function):
            match meaning:
                case External() as outside:
                    edge = Edge(module.name, call.number, outside, "call")
                    use = self.finder.judge(edge, via)
                    if use is not None:
                        yield use
                case ProjectFunction() as function:
                    yield from self._through(function)
                case ProjectClass() as kind:
                    for method in self.program.attribute(kind, "__init__"):
                        if isinstance(method, ProjectFunction):
                            yield from self._through(method)

    def _through(self, function: ProjectFunction) -> Iterator[Use]:
        found = self.walks.from_functions([function])
        answering = self._answering(function, found)
        for use in self.finder.all(found).hazards:
            owner = use.via.function if use.via is not None else function
            is_used = not _is_discarded(use.module, use.expression)
            if is_used and (owner.module, owner.number) in answering:
                yield use

    def _answering(self, function: ProjectFunction, found: Reach) -> set[tuple[str, int]]:
        """Return the functions whose results somebody uses, up to the one that is asked.

        What a logger does on the way has no part in the value.
        """
        answering = {(function.module, function.number)}
        before = 0
        while before < len(answering):
            before = len(answering)
            for target, edges in found.callers.items():
                if any(self._asks(edge, answering) for edge in edges):
                    answering.add((target.module, target.number))
        return answering

    def _asks(self, edge: Edge, answering: set[tuple[str, int]]) -> bool:
        module = self.program.modules[edge.module]
        at = module.facts.expressions[edge.at]
        caller = module.view.function_of(module.facts.scope_of(at))
        if caller is None or (module.name, caller.number) not in answering:
            return False
        return not _is_discarded(module, at)

    def _read(self, module: Module, expression: Expression, via: Reached) -> Use | None:
        for meaning in self.program.resolve(module, expression):
            if isinstance(meaning, External) and self._is_hazard(meaning.name):
                edge = Edge(module.name, expression.number, meaning, "read")
                return self.finder.judge(edge, via)
        return None

    def _is_hazard(self, name: str) -> bool:
        return isinstance(self.finder.classifier.lookup(name), Hazards)


def _is_discarded(module: Module, expression: Expression) -> bool:
    return expression.number in module.facts.discarded


def _is_dotted(expression: Expression | None) -> TypeGuard[Attribute | Name]:
    """Tell whether an expression is a name, or names with dots between them."""
    inner = expression
    while isinstance(inner, Attribute):
        inner = inner.value
    return isinstance(inner, Name)
