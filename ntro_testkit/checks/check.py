"""What a check is: codes it may report, and a function that asks an experiment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Check:
    """One check over the runs of a bundle.

    Asked only where the happy run ends well, unless it looks at runs of `any_end`.
    """

    codes: tuple[str, ...]
    run: Callable[[Experiment], Iterable[Verdict]]
    any_end: bool = False
