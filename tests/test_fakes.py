"""Fakes by type: what each annotation gives, and that it is the same everywhere."""

import dataclasses
import enum
import ipaddress
import json
import os
import subprocess
import sys
import typing
import uuid
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    NamedTuple,
    NewType,
    NotRequired,
    Optional,
    TypeVar,
    Union,
)

import pydantic
import pytest
from pydantic import (
    AliasChoices,
    AliasPath,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    FutureDate,
    HttpUrl,
    JsonValue,
    NaiveDatetime,
    PastDate,
    PostgresDsn,
    RootModel,
    SecretStr,
    StringConstraints,
    TypeAdapter,
    conint,
    constr,
)
from typing_extensions import TypeAliasType, TypedDict

from ntro_testkit.fakes import generate_fake

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
Element = TypeVar("Element")
Whole = TypeVar("Whole", bound=int)
Slug = NewType("Slug", str)
Numbers = TypeAliasType("Numbers", list[int])


class Colour(str, enum.Enum):  # noqa: UP042
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Permission(enum.Flag):
    READ = 1
    WRITE = 2


class Line(BaseModel):
    amount: Decimal = Field(gt=0, max_digits=8, decimal_places=2)
    memo: str = "left alone"


class NavInput(BaseModel):
    period: str = Field(pattern=r"^\d{4}-\d{2}$")
    lines: list[Line] = Field(min_length=2)
    tags: list[str] = Field(default_factory=lambda: ["made by the factory"])


class Node(BaseModel):
    name: str
    parent: Optional["Node"]
    children: list["Node"]
    by_name: dict[str, "Node"]
    path: tuple["Node", ...]


class Fund(BaseModel):
    code: str
    classes: list["ShareClass"]
    main: Optional["ShareClass"]


class ShareClass(BaseModel):
    fund: Fund
    isin: str = Field(pattern="^[A-Z]{2}[A-Z0-9]{9}[0-9]$")


class Page(BaseModel, Generic[Element]):
    items: list[Element]
    total: int
    following: Optional["Page[Element]"]


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    name: str


class Owner(BaseModel):
    pet: Annotated[Cat | Dog, Field(discriminator="kind")]


class Row(TypedDict):
    amount: int
    memo: NotRequired[str]


class LooseRow(TypedDict, total=False):
    amount: int


@dataclasses.dataclass
class Position:
    quantity: int
    tags: list[str] = dataclasses.field(default_factory=list)
    checked: bool = dataclasses.field(init=False, default=False)


@dataclasses.dataclass
class Team:
    members: "list[Team]"
    lead: "Team | None"


@pydantic.dataclasses.dataclass
class Priced:
    price: Annotated[int, Field(ge=5)]


class Point(NamedTuple):
    x: int
    y: str = "default"


class Aliased(BaseModel):
    one: int = Field(alias="One")
    two: str = Field(validation_alias=AliasChoices("Two", "zwei"))
    three: int = Field(validation_alias=AliasPath("deep", 1, "x"))
    four: int = Field(validation_alias=AliasPath("deep", 0))


class ByName(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    one: int = Field(alias="One")


class Tags(RootModel[list[str]]):
    pass


class StrictModel(BaseModel):
    model_config = ConfigDict(strict=True)
    day: date
    price: Decimal
    keys: set[int]
    line: Line
    reference: uuid.UUID
    pair: tuple[int, str]


class Configured(BaseModel):
    model_config = ConfigDict(str_max_length=4, str_to_upper=True, extra="forbid")
    code: str


class Deferred(BaseModel):
    model_config = ConfigDict(defer_build=True)
    number: int


# annotation -> the fake; the first block is what `ntro.testing` gives, and must stay
EXPECTED: dict[str, tuple[Any, Any]] = {
    "str": (str, "auto-mock"),
    "int": (int, 0),
    "float": (float, 0.0),
    "bool": (bool, True),
    "bytes": (bytes, b""),
    "Decimal": (Decimal, Decimal(0)),
    "UUID": (uuid.UUID, uuid.UUID(int=0)),
    "datetime": (datetime, NEW_YEAR),
    "date": (date, date(2026, 1, 1)),
    "Any": (Any, None),
    "None": (None, None),
    "NoneType": (type(None), None),
    "Optional": (Optional[int], 0),  # noqa: UP045
    "X or None": (str | None, "auto-mock"),
    "Union": (Union[int, str], 0),  # noqa: UP007
    "None first": (None | int, 0),
    "list": (list[int], [0]),
    "set": (set[str], {"auto-mock"}),
    "tuple": (tuple[int], (0,)),
    "open tuple": (tuple[int, ...], (0,)),
    "dict": (dict[str, int], {}),
    "list of anything": (list[Any], [None]),
    # what it gets wrong or cannot do
    "tuple of two": (tuple[int, str], (0, "auto-mock")),
    "empty tuple": (tuple[()], ()),
    "rows": (list[dict], []),
    "typed rows": (list[dict[str, Any]], []),
    "optional rows": (list[dict[str, Any] | None], []),
    "tuple of rows": (tuple[dict[str, Any], ...], ()),
    "bare list": (list, []),
    "bare dict": (dict, {}),
    "bare set": (set, set()),
    "bare tuple": (tuple, ()),
    "object": (object, None),
    "JsonValue": (JsonValue, None),
    "time": (time, time(0)),
    "timedelta": (timedelta, timedelta(0)),
    "complex fields": (Line, Line(amount=Decimal(1))),
    "frozenset": (frozenset[int], frozenset({0})),
    "Sequence": (Sequence[int], [0]),
    "Mapping": (Mapping[str, int], {}),
    "deque": (deque[int], deque([0])),
    "Counter": (Counter[str], Counter()),
    "defaultdict": (defaultdict[str, int], defaultdict(int)),
    "OrderedDict": (OrderedDict[str, int], OrderedDict()),
    "Literal": (Literal["b", "a"], "b"),
    "str enum": (Colour, Colour.RED),
    "int enum": (Level, Level.LOW),
    "flag": (Permission, Permission.READ),
    "NewType": (Slug, "auto-mock"),
    "TypeVar": (Whole, 0),
    "alias of a type": (Numbers, [0]),
    "Final": (typing.Final[int], 0),
    "model": (
        NavInput,
        NavInput(period="2026-01", lines=[Line(amount=Decimal(1)), Line(amount=Decimal(1))]),
    ),
    "recursive": (Node, Node(name="auto-mock", parent=None, children=[], by_name={}, path=())),
    "recursive dataclass": (Team, Team([], None)),
    "generic": (Page[Line], Page[Line](items=[Line(amount=Decimal(1))], total=0, following=None)),
    "discriminated": (Owner, Owner(pet=Cat(lives=0))),
    "discriminated alone": (Annotated[Dog | Cat, Field(discriminator="kind")], None),
    "TypedDict": (Row, {"amount": 0}),
    "TypedDict, not total": (LooseRow, {}),
    "dataclass": (Position, Position(0)),
    "pydantic dataclass": (Priced, Priced(5)),
    "NamedTuple": (Point, Point(0)),
    "aliases": (Aliased, Aliased(One=0, Two="auto-mock", deep=[0, {"x": 0}])),
    "alias or name": (ByName, ByName(one=0)),
    "root model": (Tags, Tags(["auto-mock"])),
    "strict": (StrictModel, None),
    "configured": (Configured, Configured(code="AUTO")),
    "deferred": (Deferred, Deferred(number=0)),
    "default in Annotated": (Annotated[int, Field(default=3)], 0),
    "Path": (Path, Path("auto-mock")),
    "HttpUrl": (HttpUrl, HttpUrl("https://example.com/")),
    "dsn": (PostgresDsn, PostgresDsn("postgres://example.com/")),
    "IPv4": (ipaddress.IPv4Address, ipaddress.IPv4Address("192.0.2.1")),
    "IPv6": (ipaddress.IPv6Address, ipaddress.IPv6Address("2001:db8::1")),
    "network": (ipaddress.IPv4Network, None),
    "aware": (AwareDatetime, NEW_YEAR),
    "naive": (NaiveDatetime, NEW_YEAR.replace(tzinfo=None)),
    "past": (PastDate, date(2000, 1, 1)),
    "future": (FutureDate, date(2100, 1, 1)),
    "secret": (SecretStr, SecretStr("auto-mock")),
    "uuid of a version": (pydantic.UUID4, uuid.UUID("00000000-0000-4000-8000-000000000000")),
    "json text": (pydantic.Json[list[int]], [0]),
}

CONSTRAINED: dict[str, tuple[Any, Any]] = {
    "period": (Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")], "2026-01"),
    "currency": (Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")], "EUR"),
    "invoice": (Annotated[str, Field(pattern="^INV-[A-F0-9]{6}(/[a-z]+)?$")], "INV-000000"),
    "pattern and length": (Annotated[str, Field(pattern="^x[A-Z]+$", min_length=6)], "xAAAAA"),
    "short": (Annotated[str, Field(max_length=4)], "auto"),
    "empty": (Annotated[str, Field(max_length=0)], ""),
    "long": (Annotated[str, Field(min_length=12)], "auto-mock-au"),
    "upper case": (constr(to_upper=True), "AUTO-MOCK"),
    "bytes": (Annotated[bytes, Field(min_length=2)], b"auto-mock"),
    "above": (Annotated[int, Field(gt=10)], 11),
    "at least": (conint(ge=3), 3),
    "below zero": (Annotated[int, Field(lt=0)], -1),
    "multiple": (Annotated[int, Field(gt=10, multiple_of=7)], 14),
    "fraction": (Annotated[float, Field(gt=0, lt=0.001)], 0.0001),
    "float multiple": (Annotated[float, Field(gt=0.3, multiple_of=0.1)], 0.4),
    "neighbour": (Annotated[float, Field(gt=1.0, lt=1.0000000000000004)], 1.0000000000000002),
    "decimal": (Annotated[Decimal, Field(gt=0, max_digits=4, decimal_places=2)], Decimal(1)),
    "narrow decimal": (Annotated[Decimal, Field(gt=0, lt=1, decimal_places=2)], Decimal("0.1")),
    "decimal multiple": (
        Annotated[Decimal, Field(gt=Decimal("0.3"), multiple_of=Decimal("0.05"))],
        Decimal("0.35"),
    ),
    "date from": (Annotated[date, Field(ge=date(2030, 5, 5))], date(2030, 5, 5)),
    "date after": (Annotated[date, Field(gt=date(2030, 5, 5))], date(2030, 5, 6)),
    "last date": (Annotated[date, Field(ge=date.max)], date.max),
    "datetime before": (
        Annotated[datetime, Field(lt=datetime(2000, 1, 1, tzinfo=UTC))],
        datetime(1999, 12, 31, tzinfo=UTC),
    ),
    "past before": (Annotated[PastDate, Field(lt=date(1990, 1, 1))], date(1989, 12, 31)),
    "time after": (Annotated[time, Field(gt=time(12))], time(12, 0, 0, 1)),
    "timedelta": (Annotated[timedelta, Field(ge=timedelta(hours=2))], timedelta(hours=2)),
    "two elements": (Annotated[list[str], Field(min_length=2)], ["auto-mock", "auto-mock"]),
    "no element": (Annotated[list[str], Field(max_length=0)], []),
    "rows demanded": (Annotated[list[dict[str, int]], Field(min_length=1)], [{}]),
    "different elements": (Annotated[set[int], Field(min_length=3)], {0, 1, -1}),
    "different members": (Annotated[set[Colour], Field(min_length=2)], set(Colour)),
    "entries": (Annotated[dict[str, int], Field(min_length=1)], {"auto-mock": 0}),
    "tuple": (Annotated[tuple[int, ...], Field(min_length=2)], (0, 0)),
    "optional": (Annotated[str | None, Field(pattern="^a$")], "a"),
    "sequence": (Annotated[Sequence[int], Field(min_length=1)], [0]),
}

TABLE = EXPECTED | CONSTRAINED


@pytest.mark.parametrize("name", TABLE)
def test_each_type_gives_its_fake(name: str) -> None:
    annotation, expected = TABLE[name]
    fake = generate_fake(annotation)
    if expected is not None:
        assert fake == expected
        assert type(fake) is type(expected)
    TypeAdapter(annotation).validate_python(fake if name != "json text" else "[0]")


@pytest.mark.parametrize("name", TABLE)
def test_a_second_call_gives_an_equal_value(name: str) -> None:
    annotation, _ = TABLE[name]
    assert generate_fake(annotation) == generate_fake(annotation)


def test_defaults_are_not_even_set() -> None:
    assert generate_fake(NavInput).model_fields_set == {"period", "lines"}


def test_two_fakes_share_nothing_mutable() -> None:
    first = generate_fake(NavInput)
    first.lines.clear()
    first.tags.append("changed")
    second = generate_fake(NavInput)
    assert len(second.lines) == 2
    assert second.tags == ["made by the factory"]


def test_mutual_recursion_ends_where_a_type_comes_round() -> None:
    fund = Fund(code="auto-mock", classes=[], main=None)
    assert generate_fake(Fund) == fund
    assert generate_fake(ShareClass) == ShareClass(fund=fund, isin="US0378331005")


def test_many_types_that_refer_to_each_other_stay_small() -> None:
    namespace: dict[str, Any] = {}
    names = [f"Web{number}" for number in range(20)]
    fields = {f"f{number}": (f"list[{name}] | int", ...) for number, name in enumerate(names)}
    for name in names:
        namespace[name] = pydantic.create_model(name, **fields)
    for name in names:
        namespace[name].model_rebuild(_types_namespace=namespace)
    assert len(generate_fake(namespace["Web0"]).model_dump_json()) < 1_000_000


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the syntax is new in 3.12")
def test_a_type_statement_is_followed() -> None:
    namespace: dict[str, Any] = {}
    exec("type Tree = list[Tree]\ntype Pair[T] = tuple[T, T]\ntype Row = dict[str, int]", namespace)
    assert generate_fake(namespace["Tree"]) == []
    assert generate_fake(namespace["Pair"][int]) == (0, 0)
    assert generate_fake(list[namespace["Row"]]) == []


@pytest.mark.skipif(sys.version_info < (3, 12), reason="pydantic wants typing_extensions' there")
def test_the_standard_typed_dict_works_where_pydantic_takes_it() -> None:
    class Standard(typing.TypedDict):
        amount: int

    assert generate_fake(Standard) == {"amount": 0}


def test_an_email_has_an_address() -> None:
    pytest.importorskip("email_validator")
    assert generate_fake(pydantic.EmailStr) == "auto-mock@example.com"


def _report() -> str:
    return json.dumps({name: _as_text(generate_fake(TABLE[name][0])) for name in TABLE})


def _as_text(fake: Any) -> str:
    return repr(sorted(fake, key=repr) if isinstance(fake, set | frozenset) else fake)


def test_every_process_gives_the_same_whatever_its_hash_seed() -> None:
    command = [sys.executable, "-c", "import test_fakes; print(test_fakes._report())"]
    here = Path(__file__).parent
    for seed in ("0", "1", "4711"):
        paths = os.pathsep.join([str(here), str(here.parent), os.environ.get("PYTHONPATH", "")])
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        process = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        )
        assert json.loads(process.stdout) == json.loads(_report())


def test_importing_the_package_imports_neither_pydantic_nor_rstr() -> None:
    code = (
        "import importlib.util, sys\n"
        "import ntro_testkit.fakes\n"
        "print(sorted({'pydantic', 'rstr', 'hypothesis'} & sys.modules.keys()))"
    )
    root = str(Path(__file__).parent.parent)
    environment = os.environ | {"PYTHONPATH": root}
    process = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert process.stdout.strip() == "[]"
