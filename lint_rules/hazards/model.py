"""What the hazard table knows about one name: plain frozen data, without behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Impact = Literal["sequence", "payload", "noise", "value"]
"""What a hazard can do; `value` means: decided by following the value it yields to a sink."""

Verdict = Literal["refuses", "warns", "silent", "loop-refuses", "passed-through"]
"""What Temporal's default sandbox does when workflow code uses the name."""

Use = Literal["call", "read"]
"""What makes the hazard happen: a call (functions, methods, classes) or merely reading the name."""

Applicability = Literal["safe", "unsafe"]

Ceiling = Literal["warning", "info"]
"""The most severe a finding of the hazard may be."""

Test = Literal[
    "missing",
    "given",
    "is",
    "is-not",
    "contains",
    "type-is",
    "type-is-not",
    "tainted",
    "any-calls",
    "naive-receiver",
]
"""How a condition looks at an argument.

missing         not given, or given as the constant None
given           the opposite of missing
is, is-not      its constant, or the qualified name it refers to, is (not) one of `values`
contains        a constant string that contains one of `values`
type-is(-not)   its known type is (not) one of `values`; an unknown type is none of them
tainted         its value comes from another hazard
any-calls       any positional argument is a call of one of `values`
naive-receiver  the object the method is called on is a datetime known to have no time zone
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold for a hazard to count; `position` is None for keyword-only ones.

    Positions count what stands between the brackets: `self` and `cls` are left out.
    """

    test: Test
    position: int | None = None
    keyword: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """The edit that removes the hazard; how to make it is the business of the rule."""

    id: str
    applicability: Applicability


@dataclass(frozen=True, slots=True)
class Hazard:
    """One way in which using `name` breaks or disturbs replay; all of `when` must hold.

    `name` ends in `.*` when everything below it counts. `since` is the first Python version that
    has the name and `until` the first that has not. `ceiling` caps the severity. `sandbox` is None
    where the sandbox's list does not decide (third-party code runs until it reaches a listed name);
    `sandbox_at_import` is None where importing is silent, and `sandbox_on_instance` differs for the
    same method of an object that comes from elsewhere: `moment.now()`, `(path / name).read_text()`.
    """

    name: str
    code: str
    family: str
    use: Use
    impact: Impact
    alternative: str
    sandbox: Verdict | None
    sandbox_at_import: Verdict | None
    sandbox_on_instance: Verdict | None
    when: tuple[Condition, ...] = ()
    fix: Fix | None = None
    ceiling: Ceiling | None = None
    since: tuple[int, int] | None = None
    until: tuple[int, int] | None = None
    platform: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Hazards:
    """A hazardous name: the first variant whose conditions hold is the finding, none is clean."""

    name: str
    variants: tuple[Hazard, ...]


@dataclass(frozen=True, slots=True)
class Harmless:
    """A name declared clean; `sandbox` says when Temporal refuses it all the same."""

    name: str
    family: str
    reason: str
    sandbox: Verdict | None


@dataclass(frozen=True, slots=True)
class Boundary:
    """A name behind which the linter cannot see: a named unknown, not a finding."""

    name: str
    family: str
    reason: str


Classification = Hazards | Harmless | Boundary


@dataclass(frozen=True, slots=True)
class Ordering:
    """Qualified names that create, keep or kill the order of sets.

    `killers_without_key` kill it only when called without `key=`, `exact_killers` only over exact
    numbers (a float sum depends on the order).
    """

    unordered_types: frozenset[str] = field(default_factory=frozenset)
    unordered_results: frozenset[str] = field(default_factory=frozenset)
    killers: frozenset[str] = field(default_factory=frozenset)
    killers_without_key: frozenset[str] = field(default_factory=frozenset)
    exact_killers: frozenset[str] = field(default_factory=frozenset)
    carriers: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Code:
    """A rule code of the determinism family; `structural` says why no name can carry it."""

    code: str
    name: str
    structural: str | None
