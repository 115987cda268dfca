"""What becomes of the answer to a review gate: which keys are read, what they are compared with.

There is one `Decision` for each review gate. The answer is a dict, and clients disagree on its
form (D4): `DIALECTS` has the words that each key can hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lint_rules.facts.expressions import Expression
from lint_rules.facts.records import Block, Span
from lint_rules.program import Module
from lint_rules.runbook_code.runbook import Gate

Fold = Literal["exact", "lower", "upper"]

DIALECTS: Mapping[str, frozenset[str]] = {
    "type": frozenset({"approved", "rejected", "corrected"}),
    "action": frozenset({"approve", "approved", "reject", "rejected", "corrected"}),
    "kind": frozenset({"approve", "reject"}),
}
"""The keys that tell what was decided, and the words clients put under them."""

DETAILS = frozenset({"reason", "comments", "comment", "corrections", "actedBy"})
"""Keys that come with a decision and do not tell it."""

REJECTIONS = frozenset({"reject", "rejected"})


@dataclass(frozen=True, slots=True)
class Spot:
    """An expression in a module."""

    module: Module
    expression: Expression

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.module.facts.span(self.expression)


@dataclass(frozen=True, slots=True)
class Read(Spot):
    """An entry of the answer is read; `keys` is None when they are not written out."""

    keys: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Test(Spot):
    """What a key holds is compared, or tested for truth; `words` is None where any may match."""

    keys: frozenset[str] | None
    words: frozenset[str] | None
    fold: Fold

    @property
    def may_match(self) -> bool:
        """Whether any documented answer can make a difference."""
        if self.keys is None:
            return True
        folded = [_folded(DIALECTS.get(key, ()), self.fold) for key in self.keys]
        if self.words is None:
            return any(folded)
        return any(not words.isdisjoint(self.words) for words in folded)


@dataclass(frozen=True, slots=True)
class Branch(Spot):
    """A test that depends on the decision, and the block below it."""

    block: Block


@dataclass(slots=True)
class Decision:
    """What is done with the answer to one gate.

    `decides` says that it changes what the run does or sends. `is_lost` says that it goes where it
    cannot be followed, `is_loose` that some of what is made of it cannot. `shapes` are tests of
    whether there is an answer at all; `last` is as far as anything made of it was followed.
    """

    gate: Gate
    reads: list[Read] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    attributes: list[Spot] = field(default_factory=list)
    shapes: list[Spot] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    last: Spot | None = None
    decides: bool = False
    is_lost: bool = False
    is_loose: bool = False

    @property
    def is_broken(self) -> bool:
        """Whether it is read as something it is not, so that all else is beside the point."""
        return bool(self.attributes)

    @property
    def judged(self) -> list[Test]:
        """The tests of more than what comes with a decision."""
        return [t for t in self.tests if t.keys is None or not t.keys <= DETAILS]

    @property
    def decision_keys(self) -> frozenset[str] | None:
        """The keys from which the decision is read; None when some are not written out."""
        found: set[str] = set()
        for read in self.reads:
            if read.keys is None:
                return None
            found |= read.keys & DIALECTS.keys()
        return frozenset(found)


def _folded(words: Iterable[str], fold: Fold) -> frozenset[str]:
    return frozenset(word.upper() if fold == "upper" else word for word in words)
