"""What a value is on its way between workflows and activities: JSON, read by an annotation.

The data converter of the worker writes models, dicts and simple values as JSON, and reads them as
what the receiver's annotation says (contract 3.5). Only what is certain about either side is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Comprehension,
    Display,
    Expression,
    Mapping,
    Name,
    Subscript,
    parts,
)
from lint_rules.program import External, Instance, Module, Program, ProjectClass, Written
from lint_rules.program.annotations import annotated
from lint_rules.runbook_code.classes.derived import bases_in
from lint_rules.runbook_code.models import Field, Model
from lint_rules.runbook_code.payloads.model_input import converts_values, takes_its_fields
from lint_rules.runbook_code.written import written

Shape = Literal["array", "object", "scalar", "null"]

_ANNOTATED = ("typing.Annotated", "typing_extensions.Annotated")
_SHAPES: dict[str, Shape] = {
    **dict.fromkeys(("builtins.list", "builtins.tuple", "builtins.set"), "array"),
    **dict.fromkeys(("builtins.frozenset", "collections.deque"), "array"),
    **dict.fromkeys(("collections.abc.Sequence", "collections.abc.Set"), "array"),
    **dict.fromkeys(("builtins.dict", "collections.abc.Mapping"), "object"),
    **dict.fromkeys(("collections.OrderedDict", "collections.defaultdict"), "object"),
    **dict.fromkeys(("builtins.str", "builtins.int", "builtins.float", "builtins.bool"), "scalar"),
    **dict.fromkeys(("decimal.Decimal", "uuid.UUID", "datetime.datetime"), "scalar"),
    **dict.fromkeys(("datetime.date", "datetime.time", "datetime.timedelta"), "scalar"),
}
"""What values of common types are as JSON. Strings and numbers turn into each other too often to
tell them apart."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of what is sent, under every name it may have; `at` is where a dict has it."""

    names: frozenset[str]
    shape: Shape | None
    word: str
    at: Expression | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent; `keys` are all there are when it is `closed`. `word` is for people."""

    word: str
    shape: Shape
    model: Model | None = None
    keys: tuple[Key, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What an annotation takes; `model` is None unless it is one that takes its fields as such."""

    word: str
    shape: Shape
    model: Model | None
    takes_none: bool


class Conversion:
    """Reads both sides in one program; `model` gives its models."""

    def __init__(self, program: Program, model: Callable[[ProjectClass], Model | None]) -> None:
        self.program = program
        self._model = model
        self._known: dict[ProjectClass, Model | None] = {}

    @cached_property
    def _bases(self) -> frozenset[ProjectClass]:
        return bases_in(self.program, self.program.modules.loaded)

    def _plain_model(self, kind: ProjectClass) -> Model | None:
        """Return a class as a model, if it takes its fields and nothing else."""
        if kind not in self._known:
            model = self._model(kind)
            plain = model is not None and takes_its_fields(self.program, model)
            self._known[kind] = model if plain else None
        return self._known[kind]

    def sent(self, module: Module, expression: Expression, *, whole: bool = True) -> Sent | None:
        """Return what an expression is when it is sent; None when that is not certain.

        Its keys are left out unless the `whole` is asked for.
        """
        match self.program.resolve(module, expression):
            case (Instance(ProjectClass() as kind),):
                return self._model_sent(kind, isinstance(expression, Call), whole)
            case (Instance(External(name)),) if name in _SHAPES:
                return Sent(f"a `{name.rpartition('.')[2]}`", _SHAPES[name])
            case (External("builtins.None"),):
                return Sent("None", "null")
            case (Written() as found,):
                return self._written(found, module, expression, whole)
            case _:
                return None

    def taken(self, module: Module, annotation: Expression) -> Taken | None:
        """Return what an annotation takes; None when that is not certain."""
        if self._has_metadata(module, annotation):
            # A validator in it may read something else.
            return None
        takes_none = not isinstance(annotation, Name | Attribute)
        match annotated(self.program, module, annotation):
            case [Instance(ProjectClass() as kind)]:
                model = self._plain_model(kind)
                if model is None:
                    return None
                return Taken(f"`{model.name}`", "object", model, takes_none)
            case [Instance(External(name))] if name in _SHAPES:
                return Taken(f"`{name.rpartition('.')[2]}`", _SHAPES[name], None, takes_none)
            case _:
                return None

    def _has_metadata(self, module: Module, annotation: Expression) -> bool:
        return any(
            isinstance(part, Subscript) and self.program.name(module, part.value) in _ANNOTATED
            for part in parts(annotation)
        )

    def is_one_of(self, sent: Sent, taken: Taken) -> bool:
        """Tell whether a model is sent where it, or a base class of it, is taken."""
        if sent.model is None or taken.model is None:
            return False
        return taken.model.kind in (self.program.mro(sent.model.kind) or (sent.model.kind,))

    def _model_sent(self, kind: ProjectClass, made_here: bool, whole: bool) -> Sent | None:
        model = self._plain_model(kind)
        if model is None:
            return None
        if not whole:
            return Sent(f"`{model.name}`", "object", model)
        converts = converts_values(self.program, model)
        keys = tuple(self._key(field, converts) for field in model.fields.values())
        closed = model.extra != "allow" and (made_here or kind not in self._bases)
        return Sent(f"`{model.name}`", "object", model, keys, closed)

    def _key(self, field: Field, converts: bool) -> Key:
        found = None if converts else self.taken(field.module, field.annotation)
        names = frozenset({field.name, *field.aliases})
        return Key(names, found.shape if found else None, found.word if found else "", None)

    def _written(
        self, found: Written, module: Module, expression: Expression, whole: bool
    ) -> Sent | None:
        other = self.program.modules[found.module]
        at = other.facts.expressions[found.expression]
        match at:
            case Display(_, kind) | Comprehension(_, "list" | "set" as kind):
                return Sent(f"a {kind}", "array")
            case Comprehension(_, "dict"):
                return Sent("a dict", "object")
            case Mapping() | Call() if whole and at is expression and other is module:
                return self._dict(module, expression)
            case Mapping() | Call():
                # It may have been changed since it was written.
                return Sent("a dict", "object")
            case _:
                return None

    def _dict(self, module: Module, expression: Expression) -> Sent:
        value = written(self.program, module, expression)
        keys = []
        closed = value.complete
        for entry in value.entries:
            if not isinstance(entry.key, str):
                closed = False
                continue
            inner = self.sent(entry.value.module, entry.value.expression, whole=False)
            shape = inner.shape if inner is not None else None
            word = inner.word if inner is not None else ""
            keys.append(Key(frozenset({entry.key}), shape, word, entry.value.expression))
        return Sent("a dict", "object", None, tuple(keys), closed)


def refused(sent: Sent, taken: Taken) -> bool:
    """Tell whether the receiver certainly cannot read what is sent, whatever its fields."""
    if sent.shape == "null":
        return not taken.takes_none
    return sent.shape != taken.shape


def missing(sent: Sent, taken: Taken) -> tuple[str, ...]:
    """Return the required fields of the receiver that are certainly not sent."""
    if taken.model is None or sent.shape != "object" or not sent.closed:
        return ()
    there = frozenset(name for key in sent.keys for name in key.names)
    required = taken.model.required
    return tuple(f.name for f in required if there.isdisjoint({f.name, *f.aliases}))


def unread(sent: Sent, taken: Taken) -> tuple[Key, ...]:
    """Return the keys for which the receiver has no field."""
    model = taken.model
    if model is None or sent.shape != "object":
        return ()
    return tuple(key for key in sent.keys if not any(model.accepts(name) for name in key.names))


def forbids(taken: Taken) -> bool:
    """Tell whether the receiver refuses keys it has no field for; data classes drop them."""
    return taken.model is not None and taken.model.is_pydantic and taken.model.extra == "forbid"


def clashes(sent: Sent, taken: Taken, receiver: Conversion) -> Iterator[tuple[Key, Field, str]]:
    """Yield the keys whose value the receiver's field cannot read, and what the field takes."""
    if taken.model is None or converts_values(receiver.program, taken.model):
        return
    fields = {n: f for f in taken.model.fields.values() for n in (f.name, *f.aliases)}
    for key in sent.keys:
        field = next((fields[name] for name in sorted(key.names) if name in fields), None)
        if key.shape is None or field is None:
            continue
        found = receiver.taken(field.module, field.annotation)
        if found is None:
            continue
        if key.shape != found.shape and not (key.shape == "null" and found.takes_none):
            yield key, field, found.word
