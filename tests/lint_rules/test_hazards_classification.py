"""The ratchet: every public name of the modules in the hazard data is hazard or declared harmless.

The tests look at the interpreter they run on; run them on 3.11, 3.12 and 3.13.
"""

from __future__ import annotations

import inspect
import sys
from functools import cache
from types import ModuleType

import pytest

from lint_rules.hazards import Classification, Hazards, load
from tests.lint_rules.interpreter import (
    NOT_IMPORTABLE,
    Missing,
    exists,
    listed_classes,
    module,
    named_modules,
    public_names,
    resolve,
    version_holds,
)

TABLE = load()
MODULES = sorted(named_modules(TABLE))
CLASSES = sorted(listed_classes(TABLE))

IN_SOME_PATCH_RELEASES = {
    "email.utils.supports_strict_parsing",
    "os.path.ALLOW_MISSING",
    "tarfile.LinkFallbackError",
    "tarfile.TarFile.makelink_with_filter",
}
"""Names that came with security releases, so that 3.N has them or not."""

ELSEWHERE = {"dbm.ndbm.error", "os.path.isreserved"}
"""Names that only some platforms have, though the entry counts everywhere."""

ON_INSTANCES = {"threading.Condition.acquire", "threading.Lock", "threading.RLock"}
"""Attributes set by `__init__`, and factories that are no classes in some versions."""

NEEDS_AN_EXTRA = {"ntro.accounting.*"}
"""Packages that cannot be imported without `ntro[gl]` (D37)."""

TWINS = {"_pydatetime", "_pydecimal", "_pyio"}
"""Python twins of C modules: the same behaviour, other objects."""


def _verdict(name: str) -> Classification | None:
    return TABLE.lookup(name)


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_of_a_module_is_classified(name: str) -> None:
    unclassified = sorted(
        public for public in public_names(module(name)) if _verdict(f"{name}.{public}") is None
    )
    assert not unclassified


@pytest.mark.parametrize("name", CLASSES)
def test_every_public_attribute_of_a_listed_class_is_classified(name: str) -> None:
    public = [attribute for attribute in dir(resolve(name)) if not attribute.startswith("_")]
    found = {attribute: TABLE.lookup_member(name, attribute) for attribute in public}
    assert not [
        attribute for attribute, verdict in found.items() if verdict is None or verdict.name == name
    ]


def test_every_standard_module_is_known_and_classified() -> None:
    names = {name.rpartition(".")[0] for name in TABLE.names()} | set(TABLE.raw["constants"])
    heads = {name.partition(".")[0] for name in names}
    aliased = {source.partition(".")[0] for source in TABLE.raw["aliases"]}
    public = {name for name in sys.stdlib_module_names if not name.startswith("_")}
    assert public - (heads | aliased) == set()
    assert not [name for name in public if not TABLE.is_standard(name)]


def _names_with_bounds() -> list[str]:
    return [
        name
        for name in TABLE.names()
        if not name.endswith(".*")
        and TABLE.is_standard(name)
        and name.partition(".")[0] not in NOT_IMPORTABLE
        and not _only_elsewhere(name)
    ]


def _only_elsewhere(name: str) -> bool:
    found = TABLE.entry(name)
    on_platform = isinstance(found, Hazards) and found.variants[0].platform
    owner = name.rpartition(".")[0]
    return (
        bool(on_platform)
        or name in ELSEWHERE | IN_SOME_PATCH_RELEASES | ON_INSTANCES
        or owner in ON_INSTANCES
    )


def test_every_name_exists_exactly_in_the_versions_it_claims() -> None:
    wrong = []
    for name in _names_with_bounds():
        since, until = (
            (pair[0], pair[1]) if pair else None
            for pair in TABLE.raw["versions"].get(name, (None, None))
        )
        if exists(name) != version_holds(since, until):
            wrong.append(name)
    assert not wrong


@pytest.mark.parametrize("package", ["ntro.workflow", "temporalio.workflow"])
def test_every_name_of_the_platform_exists(package: str) -> None:
    pytest.importorskip(package)
    missing = []
    for name in TABLE.names():
        owner, _, member = name.removesuffix(".*").rpartition(".")
        if name.startswith(package.partition(".")[0] + ".") and exists(owner):
            fields = getattr(resolve(owner), "__dataclass_fields__", {})
            if not exists(f"{owner}.{member}") and member not in fields:
                missing.append(name)
    assert not [name for name in missing if name not in NEEDS_AN_EXTRA]


@pytest.mark.parametrize("name", MODULES)
def test_no_wildcard_swallows_an_exception_or_a_constant(name: str) -> None:
    swallowed = []
    for public in public_names(module(name)):
        verdict = _verdict(f"{name}.{public}")
        if not isinstance(verdict, Hazards) or verdict.variants[0].use != "call":
            continue
        member = getattr(module(name), public)
        is_exception = inspect.isclass(member) and issubclass(member, BaseException)
        if is_exception or not callable(member):
            swallowed.append(public)
    assert not sorted(swallowed)


@pytest.mark.parametrize("name", [name for name in MODULES if name in TABLE.raw["constants"]])
def test_what_is_harmless_for_its_capital_letters_is_a_constant(name: str) -> None:
    by_spelling = [
        public
        for public in public_names(module(name))
        if TABLE.entry(f"{name}.{public}") is None and public.isupper()
    ]
    assert not [public for public in by_spelling if callable(getattr(module(name), public))]


def test_types_inherit_as_the_data_say() -> None:
    for name, bases in TABLE.raw["bases"].items():
        for base in bases:
            if TABLE.is_standard(name) and exists(name):
                assert issubclass(resolve(name), resolve(base)), name


def test_what_gives_a_type_exists() -> None:
    assert not [
        name
        for name, given in TABLE.raw["results"].items()
        if TABLE.is_standard(name)
        and not exists(name)
        and name not in TABLE.raw["versions"]
        and name.rpartition(".")[2] not in ("from_uri", "with_segments")
    ]


def test_an_alias_leads_to_the_same_object() -> None:
    wrong = []
    for source, target in TABLE.raw["aliases"].items():
        if source in TWINS or not exists(source) or not exists(target):
            continue
        left, right = resolve(source), resolve(target)
        if isinstance(right, ModuleType):
            wrong += [
                f"{source}.{name}"
                for name in public_names(right)
                if _verdict(f"{target}.{name}") is None
            ]
        elif left is not right and not isinstance(left, right if inspect.isclass(right) else ()):
            wrong.append(source)
    assert not wrong


@pytest.mark.parametrize("name", MODULES)
def test_a_module_reached_through_another_is_seen(name: str) -> None:
    missed = []
    for attribute, member in vars(module(name)).items():
        is_top_level = isinstance(member, ModuleType) and member.__name__ in MODULES
        if not is_top_level or "." in member.__name__:
            continue
        if exists(f"{name}.{attribute}") and TABLE.canonical(
            f"{name}.{attribute}.x"
        ) != TABLE.canonical(f"{member.__name__}.x"):
            missed.append(attribute)
    assert not missed


@pytest.mark.parametrize("name", MODULES)
def test_a_hazard_kept_under_a_private_name_is_seen(name: str) -> None:
    hazards = _callable_hazards()
    missed = []
    for attribute, member in vars(module(name)).items():
        is_function = callable(member) and not isinstance(member, ModuleType)
        if not attribute.startswith("_") or not is_function:
            continue
        hidden = hazards.get(id(member))
        if hidden and not isinstance(_verdict(f"{name}.{attribute}"), Hazards):
            missed.append(f"{attribute} is {hidden}")
    assert not missed


@cache
def _callable_hazards() -> dict[int, str]:
    found = {}
    for name in TABLE.raw["hazards"]:
        if TABLE.is_standard(name) and not name.endswith(".*") and name.count(".") == 1:
            try:
                member = resolve(name)
            except Missing:
                continue
            if callable(member):
                found[id(member)] = name
    return found
