"""From an annotation to its fake: guess, ask pydantic, and only then let the value out."""

import itertools
import warnings
from typing import TYPE_CHECKING, Any, ForwardRef

from ntro_testkit.fakes.place import Place, Schema, describe
from ntro_testkit.fakes.unavailable import MockUnavailable

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_MOST_GUESSES = 50


def generate_fake(annotation: Any) -> Any:
    """Return a legal value of a type, the same one in every process.

    Defaults are left alone, constraints and validators are met. Raises `MockUnavailable`, which
    names the field, when there is no such value or none can be found.
    """
    place = Place(path=describe(annotation), annotation=annotation)
    try:
        return _generated(annotation, place)
    except RecursionError:
        raise place.unavailable("the type is nested too deeply") from None


def _generated(annotation: Any, place: Place) -> Any:
    from ntro_testkit.fakes.checking import Checker, Verdict, verdict
    from ntro_testkit.fakes.walk import Walk

    adapter, schema = described(annotation, place)
    answer = Verdict()
    for careful in (False, True):
        guesses = Walk(Checker(careful)).guesses(schema, place)
        for guess in itertools.islice(guesses, _MOST_GUESSES if careful else 1):
            answer = verdict(adapter, guess)
            if answer.error is None:
                return answer.value
    raise place.unavailable(f"validation refuses every value tried: {answer.reason}")


def described(annotation: Any, place: Place) -> "tuple[TypeAdapter[Any], Schema]":
    """Return what pydantic makes of an annotation: its validator, and the schema that it runs.

    Raises `MockUnavailable`, which names the field, where pydantic cannot describe it.
    """
    from pydantic import TypeAdapter

    if isinstance(annotation, str | ForwardRef):
        raise place.unavailable("the annotation is text; resolve it with `typing.get_type_hints`")
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(annotation)
        schema: dict[str, Any] = {**adapter.core_schema}
    except Exception as error:
        _locate(annotation, place)
        raise place.unavailable(_undescribed(error)) from error
    return adapter, schema


def _undescribed(error: Exception) -> str:
    from pydantic import PydanticUserError

    if isinstance(error, PydanticUserError) and error.code == "class-not-fully-defined":
        return (
            "it refers to a name that is not defined yet; define that at module level, or call "
            "`model_rebuild()` once it is"
        )
    summary = str(error).partition("\n")[0].partition(". Set `arbitrary")[0]
    return f"pydantic cannot describe it: {summary or type(error).__name__}"


def _locate(annotation: Any, place: Place) -> None:
    """Raise the error of the very field that pydantic cannot describe, if it can be found."""
    from pydantic import ConfigDict, TypeAdapter

    from ntro_testkit.fakes.checking import Checker
    from ntro_testkit.fakes.walk import Walk

    try:
        with warnings.catch_warnings(action="ignore"):
            # the tuple makes room for a config, which pydantic refuses beside a bare dataclass
            loose: TypeAdapter[Any] = TypeAdapter(
                tuple[annotation], config=ConfigDict(arbitrary_types_allowed=True)
            )
        schema: dict[str, Any] = {**loose.core_schema}
        if schema["type"] == "definitions":
            schema["schema"] = schema["schema"]["items_schema"][0]
        else:
            schema = schema["items_schema"][0]
        next(Walk(Checker(careful=False)).guesses(schema, place))
    except MockUnavailable:
        raise
    except Exception:  # noqa: BLE001 -- then the error at hand is the best there is
        return
