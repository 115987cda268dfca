"""What cannot be faked: one kind of error, which names the place, the type and the way out."""

import contextlib
import dataclasses
import pickle
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal, NoReturn

import pytest
from pydantic import (
    AfterValidator,
    AliasPath,
    BaseModel,
    ConfigDict,
    Field,
    create_model,
    field_validator,
    model_validator,
)

from ntro_testkit.fakes import MockUnavailable, generate_fake


class Connection:
    pass


class Line(BaseModel):
    amount: Callable[..., int]


class NavInput(BaseModel):
    lines: list[Line]


class Mixed(BaseModel):
    by_key: dict[str, Line] = Field(min_length=1)


class Paired(BaseModel):
    pair: tuple[int, Line]


class Endless(BaseModel):
    inner: "Endless"


class Chicken(BaseModel):
    egg: "Egg"


class Egg(BaseModel):
    chicken: Annotated[list[Chicken], Field(min_length=1)]


class Connected(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    connection: Connection


@dataclasses.dataclass
class Described:
    connections: "list[Connection]"


class Stubborn(BaseModel):
    code: str

    @field_validator("code")
    @classmethod
    def _never(cls, code: str) -> str:
        raise ValueError("never good enough")


class Broken(BaseModel):
    number: int

    @model_validator(mode="after")
    def _broken(self) -> "Broken":
        raise RuntimeError("a bug in the validator")


class Tangled(BaseModel):
    raw: str = Field(alias="data")
    amount: int = Field(validation_alias=AliasPath("data", "amount"))


class Unfinished(BaseModel):
    missing: "NobodyDefinedThis"  # noqa: F821


def _refuse(_: Any) -> NoReturn:
    raise KeyError("boom")


UNAVAILABLE: list[tuple[Any, str]] = [
    (NavInput, "`NavInput.lines[].amount: Callable[..., int]`: a function"),
    (Mixed, "`Mixed.by_key{}.amount: Callable[..., int]`: a function"),
    (Paired, "`Paired.pair[1].amount: Callable[..., int]`: a function"),
    (list[NavInput], "`list[NavInput][].lines[].amount: Callable[..., int]`: a function"),
    (Callable[[int], str], "`Callable[[int], str]`: a function"),
    (type[int], "`type[int]`: a class"),
    (Iterator[int], "`Iterator[int]`: "),
    (Endless, "`Endless.inner: Endless`: the type requires itself"),
    (Chicken, "`Chicken.egg.chicken[]: Chicken`: the type requires itself"),
    (Connection, "`Connection`: pydantic cannot build this class from data"),
    (Connected, "`Connected.connection: Connection`: pydantic cannot build"),
    (Described, "`Described.connections[]: Connection`: pydantic cannot build"),
    (list[Connection], "`list[Connection][]: Connection`: pydantic cannot build"),
    (BaseModel, "`BaseModel`: `BaseModel` itself has no fields"),
    (Stubborn, "`Stubborn.code: str`: validation refuses each of"),
    (Stubborn, "never good enough"),
    (Broken, "`Broken`: validation refuses each of"),
    (Broken, "RuntimeError: a bug in the validator"),
    (Tangled, "`Tangled.amount: int`: its alias leads into another"),
    (Unfinished, "`Unfinished`: "),
    ("NavInput", "`'NavInput'`: the annotation is text; resolve it with `typing.get_type_hints`"),
    (list["Nobody"], "`list['Nobody']`: "),  # noqa: F821
    (42, "`42`: pydantic cannot describe it"),
    (Annotated[int, Field(gt=3, lt=4)], "`int`: validation refuses"),
    (Annotated[date, Field(lt=date.min)], "`date`: validation refuses"),
    (Annotated[str, Field(pattern="^a$", min_length=3)], "`str`: validation refuses"),
    (Annotated[str, Field(pattern=r"^\p{Greek}{3}$")], "`str`: validation refuses"),
    (Annotated[str, Field(pattern="^[[:cntrl:]]{2}$")], "`str`: validation refuses"),
    (Annotated[list[int], Field(min_length=3, max_length=2)], "`list[int]`: validation refuses"),
    (Annotated[set[bool], Field(min_length=3)], "`set[bool]`: it needs 3 different elements"),
    (Annotated[dict[Endless, int], Field(min_length=1)], "`dict[Endless, int]{key}.inner"),
    (Annotated[str, AfterValidator(_refuse)], "KeyError: 'boom'"),
]


@pytest.mark.parametrize("annotation, told", UNAVAILABLE)
def test_the_error_names_the_place_the_type_and_the_way_out(annotation: Any, told: str) -> None:
    with pytest.raises(MockUnavailable) as caught:
        generate_fake(annotation)
    message = str(caught.value)
    assert told in message
    assert message.startswith("no fake for `")
    assert "mocks={...}" in message
    assert "--input" in message
    assert "\n" not in message


@pytest.mark.parametrize("annotation", [Callable[[], int] | None, Endless | None])
def test_none_stands_in_where_it_may(annotation: Any) -> None:
    assert generate_fake(annotation) is None


def test_a_union_skips_members_that_cannot_be_faked() -> None:
    assert generate_fake(Callable[[], int] | Endless | Literal["last"]) == "last"


def test_unfakeable_fields_with_a_default_do_no_harm() -> None:
    model = create_model("Model", hook=(Callable[[], int] | None, None), line=(Line | None, None))
    assert generate_fake(model) == model()


@pytest.mark.parametrize("depth", [100, 1000, 5000])
def test_deep_nesting_never_ends_in_a_recursion_error(depth: int) -> None:
    annotation: Any = int
    for _ in range(depth):
        annotation = list[annotation]
    with contextlib.suppress(MockUnavailable):
        generate_fake(annotation)


def test_types_that_all_require_each_other_are_refused_at_once() -> None:
    namespace: dict[str, Any] = {}
    fields = {f"f{number}": (f"Web{number}", ...) for number in range(15)}
    for number in range(15):
        namespace[f"Web{number}"] = create_model(f"Web{number}", **fields)
    for model in list(namespace.values()):
        model.model_rebuild(_types_namespace=namespace)
    with pytest.raises(MockUnavailable, match="requires itself"):
        generate_fake(namespace["Web0"])


def test_the_error_can_travel_between_processes() -> None:
    with pytest.raises(MockUnavailable) as caught:
        generate_fake(Endless)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
