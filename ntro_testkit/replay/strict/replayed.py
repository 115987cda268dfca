"""What a replay leaves behind, for those who go on from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from temporalio.bridge.proto.workflow_activation import WorkflowActivation

from ntro_testkit.replay.strict.commands import Issued
from ntro_testkit.replay.verdict import ReplayVerdict


@dataclass(frozen=True, slots=True)
class Replayed:
    """A history on its way through today's code: the verdict, and where the code stands now.

    `activations` bring a fresh instance to the same place. `unsent` are the commands it has made
    and no server knows of; `timers` has its number of a timer -> the recorded one, where they
    differ.
    """

    verdict: ReplayVerdict
    activations: tuple[WorkflowActivation, ...]
    unsent: tuple[Issued, ...]
    timers: Mapping[int, int]
