"""Timers that do not take a day: a runner whose workflows ask a real server for short ones.

Only timers that are meant to fire are shortened: those of gates which the scenario leaves alone,
and those of workflows that stand at no gate. All else is temporalio's own engine. Timers that two
workflows start together fire on a server in any order; so each is made longer than the one before.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from temporalio.worker import WorkflowInstanceDetails

from ntro_testkit.runtime.sdk.instance import TellingRunner

_APART = timedelta(milliseconds=700)


class HurriedRunner(TellingRunner):
    """Makes instances that shorten timers; `left_alone` are the scenario's `timeouts`.

    `to` is how long the first one lasts.
    """

    def __init__(self, left_alone: Collection[str], to: timedelta) -> None:
        super().__init__()
        self._left_alone = set(left_alone)
        self._next = to

    def create_instance(self, det: WorkflowInstanceDetails) -> Any:
        instance = super().create_instance(det)
        activate = instance.activate

        def hurried(activation: Any) -> Any:
            completion = activate(activation)
            if self._may_fire(instance._object):
                for command in completion.successful.commands:
                    if command.HasField("start_timer"):
                        command.start_timer.start_to_fire_timeout.FromTimedelta(self._next)
                        self._next += _APART
            return completion

        instance.activate = hurried
        return instance

    def _may_fire(self, workflow: Any) -> bool:
        pending = getattr(workflow, "_pending_action", None)
        if pending is None:
            return True
        signal = (pending.get("args") or {}).get("signal_name")
        return bool({workflow._current_step_id, signal} & self._left_alone)
