"""Whether a hazard is one with the arguments of a call: `random.Random(7)` is none.

The conditions are the lint's (`lint_rules.hazards.Condition`). It follows types through the
source; here the values are there, where they can be looked at without running code. What cannot be
known is no hazard.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from datetime import datetime
from types import FrameType
from typing import Any

from lint_rules.hazards import Condition, Hazard
from ntro_testkit.guard.call_sites import UNKNOWN, value_of
from ntro_testkit.guard.known_hazards import live

NO_VALUE = object()
"""An argument that is not given, unlike one whose value is `UNKNOWN`."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its source where it has one, and its first argument where the hook tells it."""

    node: ast.Call | None
    frame: FrameType
    receiver: Any = None
    first: Any = UNKNOWN

    def argument(self, condition: Condition) -> Any:
        """Return the value of the argument a condition speaks of, or `UNKNOWN`, or `NO_VALUE`."""
        if self.node is None:
            return UNKNOWN
        for keyword in self.node.keywords:
            if keyword.arg is not None and keyword.arg == condition.keyword:
                return value_of(keyword.value, self.frame)
        position = condition.position
        starred = any(isinstance(each, ast.Starred) for each in self.node.args)
        if starred or any(keyword.arg is None for keyword in self.node.keywords):
            return UNKNOWN
        if position is None or position >= len(self.node.args):
            return NO_VALUE
        value = value_of(self.node.args[position], self.frame)
        return self.first if value is UNKNOWN and position == 0 else value


def chosen(variants: tuple[Hazard, ...], use: str, call: Call) -> Hazard | None:
    """Return the first variant of a hazard that a call is, None when it is none of them."""
    for hazard in variants:
        if hazard.use == use and all(_holds(condition, call) for condition in hazard.when):
            return hazard
    return None


def _holds(condition: Condition, call: Call) -> bool:
    if condition.test == "naive-receiver":
        return isinstance(call.receiver, datetime) and call.receiver.tzinfo is None
    if condition.test in ("tainted", "any-calls"):
        # Where the argument comes from is not seen; the hazard it comes from is seen by itself.
        return False
    value = call.argument(condition)
    if value is UNKNOWN:
        return False
    if condition.test in ("missing", "given"):
        return (value is NO_VALUE or value is None) == (condition.test == "missing")
    if condition.test in ("is", "is-not"):
        return (str(value) in condition.values) == (condition.test == "is")
    if condition.test in ("type-is", "type-is-not"):
        return _has_type(value, _types(condition.values)) == (condition.test == "type-is")
    return isinstance(value, str) and any(part in value for part in condition.values)


def _types(names: tuple[str, ...]) -> tuple[type, ...]:
    return tuple(kind for kind in map(live, names) if isinstance(kind, type))


def _has_type(value: Any, types: tuple[type, ...]) -> bool:
    if isinstance(value, tuple) and value:
        # A tuple is as stable as its elements.
        return all(_has_type(each, types) for each in value)
    return isinstance(value, types)
