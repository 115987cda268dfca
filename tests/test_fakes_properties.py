"""Fakes of generated types: always legal, always the same, never another error than ours."""

import datetime
import hashlib
import os
import subprocess
import sys
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ConfigDict, Field, TypeAdapter, create_model

from ntro_testkit.fakes import MockUnavailable, generate_fake

SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]
PATTERNS = [
    r"^\d{4}-\d{2}$",
    "^[A-Z]{3}$",
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
    r"^INV-[A-F0-9]{6}(/[a-z]+)?$",
    r"^(?:[01]\d|2[0-3]):[0-5]\d$",
    r"^[^\s@]+@[^\s@]+$",
    r"^\S.{3,9}\S!$",
    "(red|green|blue)-x?",
]
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1))
MOMENTS = st.datetimes(timezones=st.just(datetime.UTC))
SIZES = st.integers(0, 6)


@st.composite
def ranges(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Bounds that leave at least one value: closed, or open and far enough apart."""
    low, high = sorted([draw(values), draw(values)])
    kinds = ["none", "ge", "le", "both"] + ([] if low == high else ["from", "until"])
    return {
        "none": {},
        "ge": {"ge": low},
        "le": {"le": high},
        "both": {"ge": low, "le": high},
        "from": {"gt": low, "le": high},
        "until": {"ge": low, "lt": high},
    }[draw(st.sampled_from(kinds))]


@st.composite
def lengths(draw: st.DrawFn) -> dict[str, int]:
    shortest, longest = sorted([draw(SIZES), draw(SIZES)])
    options = [{}, {"min_length": shortest}, {"max_length": longest}]
    return draw(st.sampled_from([*options, {"min_length": shortest, "max_length": longest}]))


def constrained(kind: Any, constraints: st.SearchStrategy[dict[str, Any]]) -> Any:
    return constraints.map(lambda chosen: Annotated[kind, Field(**chosen)])


MULTIPLES = st.tuples(st.integers(-50, 50), st.integers(1, 50)).map(
    lambda pair: {"ge": pair[0], "le": pair[0] + pair[1], "multiple_of": pair[1]}
)
CENTS = st.integers(-(10**6), 10**6).map(lambda cents: Decimal(cents) / 100)
DECIMALS = ranges(CENTS).map(lambda bounds: bounds | {"decimal_places": 2, "max_digits": 8})

HASHABLE_TYPES = st.one_of(
    st.just(bool),
    st.just(uuid.UUID),
    constrained(int, ranges(st.integers())),
    constrained(int, MULTIPLES),
    constrained(float, ranges(st.floats(allow_nan=False, allow_infinity=False))),
    constrained(Decimal, DECIMALS),
    constrained(str, lengths()),
    constrained(str, st.sampled_from(PATTERNS).map(lambda pattern: {"pattern": pattern})),
    constrained(bytes, lengths()),
    constrained(datetime.date, ranges(DAYS)),
    constrained(datetime.datetime, ranges(MOMENTS)),
    constrained(datetime.time, ranges(st.times())),
    constrained(datetime.timedelta, ranges(st.timedeltas())),
    st.sampled_from([Literal["b", "a"], Literal[3], Literal[None, "x"]]),
)
NAMES = st.sampled_from(["period", "amount", "currency", "lines", "booked_on", "code", "parent"])


@st.composite
def models(draw: st.DrawFn, types: st.SearchStrategy[Any]) -> Any:
    fields: dict[str, Any] = {}
    for name in draw(st.lists(NAMES, unique=True, max_size=5)):
        annotation = draw(types)
        alias = draw(st.sampled_from([{}, {"alias": name.upper()}]))
        fields[name] = draw(
            st.sampled_from([(annotation, Field(**alias)), (annotation | None, None)])
        )
    config = ConfigDict(
        frozen=draw(st.booleans()), extra=draw(st.sampled_from(["forbid", "allow"]))
    )
    return create_model("Generated", __config__=config, **fields)


def containers(types: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.tuples(types, lengths()).map(lambda pair: Annotated[list[pair[0]], Field(**pair[1])]),
        st.tuples(types, types).map(lambda pair: tuple[pair[0], pair[1]]),
        types.map(lambda kind: tuple[kind, ...]),
        types.map(lambda kind: kind | None),
        types.map(lambda kind: dict[str, kind]),
        st.tuples(types, st.integers(1, 3)).map(
            lambda pair: Annotated[dict[str, pair[0]], Field(min_length=pair[1])]
        ),
        HASHABLE_TYPES.map(lambda kind: set[kind]),
        models(types),
    )


TYPES = st.recursive(HASHABLE_TYPES, containers, max_leaves=6)


@given(TYPES)
@settings(max_examples=400, deadline=None, suppress_health_check=SLOW_TO_DRAW)
def test_a_fake_is_legal_in_python_and_survives_json(annotation: Any) -> None:
    adapter = TypeAdapter(annotation)
    fake = generate_fake(annotation)
    assert adapter.validate_python(fake) == fake
    assert adapter.validate_json(adapter.dump_json(fake, by_alias=True)) == fake
    assert generate_fake(annotation) == fake


LOOSE_BOUNDS = st.fixed_dictionaries(
    {}, optional={name: st.integers(-5, 5) for name in ("gt", "ge", "lt", "le")}
)
LOOSE_NUMBERS = st.one_of(
    [
        st.tuples(LOOSE_BOUNDS, st.sampled_from([{}, {"multiple_of": 3}, {"multiple_of": 7}]))
        .map(lambda pair: pair[0] | pair[1])
        .map(lambda chosen, kind=kind: Annotated[kind, Field(**chosen)])
        for kind in (int, float, Decimal)
    ]
)
LOOSE_TEXTS = st.fixed_dictionaries(
    {}, optional={"pattern": st.sampled_from(PATTERNS), "min_length": SIZES, "max_length": SIZES}
).map(lambda chosen: Annotated[str, Field(**chosen)])


def legal(annotation: Any, fake: Any) -> bool:
    return bool(TypeAdapter(annotation).validate_python(fake) == fake)


def exhaustive(annotation: Any) -> list[Any]:
    adapter, found = TypeAdapter(annotation), []
    for number in range(-30, 31):
        try:
            found.append(adapter.validate_python(number))
        except ValueError:
            continue
    return found


@given(LOOSE_NUMBERS)
@settings(max_examples=300, deadline=None)
def test_numbers_are_found_exactly_when_there_are_any(annotation: Any) -> None:
    try:
        fake = generate_fake(annotation)
    except MockUnavailable:
        assert exhaustive(annotation) == []
    else:
        assert legal(annotation, fake)


@given(st.recursive(LOOSE_TEXTS | LOOSE_NUMBERS, containers, max_leaves=4))
@settings(max_examples=300, deadline=None, suppress_health_check=SLOW_TO_DRAW)
def test_impossible_types_raise_nothing_but_our_error(annotation: Any) -> None:
    try:
        fake = generate_fake(annotation)
    except MockUnavailable:
        return
    assert legal(annotation, fake)


def _digest() -> str:
    """Fake the same two hundred generated types in every process that calls this."""
    seen: list[str] = []

    @given(TYPES)
    @settings(
        max_examples=200,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=SLOW_TO_DRAW,
    )
    def collect(annotation: Any) -> None:
        text = TypeAdapter(annotation).dump_python(generate_fake(annotation), mode="python")
        seen.append(_stable(text))

    collect()
    return f"{len(seen)} {hashlib.sha256(chr(10).join(seen).encode()).hexdigest()}"


def _stable(fake: Any) -> str:
    if isinstance(fake, set):
        return "{" + ", ".join(sorted(map(repr, fake))) + "}"
    if isinstance(fake, dict):
        return "{" + ", ".join(f"{key!r}: {_stable(part)}" for key, part in fake.items()) + "}"
    if isinstance(fake, list | tuple):
        return "(" + ", ".join(map(_stable, fake)) + ")"
    return repr(fake)


def test_generated_types_give_the_same_in_every_process() -> None:
    here = Path(__file__).parent
    digests = set()
    for seed in ("0", "1"):
        paths = os.pathsep.join([str(here), str(here.parent), os.environ.get("PYTHONPATH", "")])
        process = subprocess.run(
            [sys.executable, "-c", "import test_fakes_properties as t; print(t._digest())"],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(process.stdout)
    assert len(digests) == 1
    assert int(digests.pop().split()[0]) >= 100
