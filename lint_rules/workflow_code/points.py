"""The values that are followed, and where they end: plain data between the parts of the flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lint_rules.facts.expressions import Expression
from lint_rules.facts.records import Span
from lint_rules.finding import Impact
from lint_rules.program import Module

Kind = Literal["value", "set", "order", "holds"]


@dataclass(frozen=True, slots=True)
class Point:
    """A value at an expression."""

    module: Module
    expression: Expression
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sink:
    """Where a value decides something, or is lost: `impact` None says that its order is killed."""

    impact: Impact | None
    module: Module
    span: Span
    text: str
    kind: Kind = "value"


Next = Point | Sink
