"""What pydantic says to a guess: the value it makes of it, or why it refuses.

Validators are made from parts of a type's schema, so a guess is refused where it is wrong and not
at the far end, where nobody can tell which field to guess again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic_core import SchemaValidator, ValidationError, to_json

from ntro_testkit.fakes.leaves import LEAVES
from ntro_testkit.fakes.place import Place, Schema

_MOST_CHECKS = 30_000
_MOST_REFUSALS = 1000
# leaves are checked for their constraints, except those whose validator is the author's own
_CONSTRAINED = LEAVES.keys() - {"any", "function-plain", "is-instance"}


class Validator(Protocol):
    """What pydantic's SchemaValidator and TypeAdapter have in common."""

    def validate_python(self, value: Any, /) -> Any:
        """Validate a Python object."""

    def validate_json(self, value: bytes, /) -> Any:
        """Validate a JSON text."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The value a validator made of a guess, unless `error` says why there is none."""

    value: Any = None
    error: Exception | None = None

    @property
    def reason(self) -> str:
        """The refusal in one line."""
        if not isinstance(self.error, ValidationError):
            return f"{type(self.error).__name__}: {self.error}"
        first = _details(self.error)[0]
        where = ".".join(str(step) for step in first["loc"])
        return f"{where}: {first['msg']}" if where else str(first["msg"])

    @property
    def blamed(self) -> set[Any]:
        """The keys of a record that the refusal names; none for one that is about the whole."""
        if not isinstance(self.error, ValidationError):
            return set()
        return {detail["loc"][0] for detail in _details(self.error) if detail["loc"]}


def verdict(validator: Validator, guess: Any, as_json: bool = True) -> Verdict:
    """Ask a validator about a guess.

    As JSON too: what arrives in production is JSON, and it is how strict models and validators
    that expect the text of a number or a date can be satisfied.
    """
    try:
        return Verdict(validator.validate_python(guess))
    except Exception as error:  # noqa: BLE001 -- authors' validators may raise anything
        if not as_json:
            return Verdict(error=error)
        try:
            return Verdict(validator.validate_json(to_json(guess)))
        except Exception:  # noqa: BLE001 -- the first refusal is the one to tell
            return Verdict(error=error)


@dataclass(slots=True)
class Checker:
    """Checks guesses against parts of one type.

    A careless checker looks at constraints only and takes the rest at its word, which is nearly
    always right; a careful one also runs every validator that an author wrote, at most
    `most_checks` times, so that a search that finds nothing has an end.
    """

    careful: bool
    definitions: dict[str, Schema] = field(default_factory=dict)
    most_checks: float = _MOST_CHECKS
    _validators: dict[int, tuple[Schema, SchemaValidator]] = field(default_factory=dict)
    _checks: int = 0

    def accepted(self, schema: Schema, place: Place, guesses: Iterable[Any]) -> Iterator[Any]:
        """Yield the guesses that the schema's validator takes, or raise if there is none."""
        if not self.careful and schema["type"] not in _CONSTRAINED:
            yield from guesses
            return
        first_refusal, refused, found = None, 0, False
        for guess in guesses:
            answer = self.verdict(schema, place, guess)
            if answer.error is None:
                found = True
                yield guess
                continue
            first_refusal = first_refusal or answer
            refused += 1
            if refused > _MOST_REFUSALS:
                break
        if first_refusal and not found:
            raise place.unavailable(
                f"validation refuses each of {refused} values tried, the first because: "
                f"{first_refusal.reason}"
            ) from first_refusal.error

    def verdict(self, schema: Schema, place: Place, guess: Any) -> Verdict:
        """Ask the validator of a part of the type about a guess."""
        validator = self._validator(schema, place)
        if schema["type"] in _CONSTRAINED:
            return verdict(validator, guess, as_json=False)
        self._checks += 1
        if self._checks > self.most_checks:
            raise place.unavailable("too many values were tried in vain")
        answer = verdict(validator, guess)
        if not isinstance(answer.error, ValidationError) and _looks_around(schema):
            return Verdict(guess)
        return answer

    def _validator(self, schema: Schema, place: Place) -> SchemaValidator:
        # the schema is kept beside its validator: an id is only unique while its object lives
        known = self._validators.get(id(schema))
        if known is None:
            # Any, because pydantic types schemas more narrowly in some versions than in others
            whole: Any = self._with_definitions(schema)
            config: Any = place.config
            known = schema, SchemaValidator(whole, config)
            self._validators[id(schema)] = known
        return known[1]

    def _with_definitions(self, schema: Schema) -> Schema:
        if not self.definitions:
            return schema
        name = schema.get("ref")
        if name in self.definitions:
            schema = {"type": "definition-ref", "schema_ref": name}
        definitions = list(self.definitions.values())
        return {"type": "definitions", "schema": schema, "definitions": definitions}


def _looks_around(schema: Schema) -> bool:
    """Tell whether a validator may read the other fields, which are missing outside its record."""
    return bool(
        schema["type"].startswith("function-") and schema["function"]["type"] == "with-info"
    )


def _details(error: ValidationError) -> list[Any]:
    return list(error.errors(include_url=False, include_context=False, include_input=False))
