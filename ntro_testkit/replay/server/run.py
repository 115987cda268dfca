"""Runs one scenario on a real server, with the agent, the mocks and the order of in-process runs.

The worker's activities answer nothing by themselves. The run waits until the server has nothing
under way, then does one thing: lets one activity go on, or lets the agent act on what the
workflows show, or ends one stand-in. So a run's commands compare with those of an in-process one.
Timers take their real time, and retries are left out: a scripted failure is final.

temporalio's core may abort while Python ends: run this in a process of its own, or end with
`os._exit` after flushing.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from temporalio.client import Client, WorkflowFailureError, WorkflowHandle, WorkflowQueryFailedError
from temporalio.common import RawValue
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker, WorkflowRunner

from ntro_testkit.children import ScriptedChild
from ntro_testkit.history.history import History
from ntro_testkit.replay.server.ends import (
    OpenTimer,
    failed_task,
    failed_workflow,
    fetch_histories,
    fetch_history,
    open_timers,
    stuck,
)
from ntro_testkit.replay.server.identity import IDENTITY
from ntro_testkit.replay.server.lives import started, working
from ntro_testkit.replay.server.look import Look, Open, look_at
from ntro_testkit.replay.server.replies import ServerReplies, raw_payload
from ntro_testkit.replay.server.trace import fill_trace
from ntro_testkit.replay.server.view import (
    NOTHING_SEEN,
    Clock,
    ServerExecution,
    ServerView,
    ServerWorkflows,
)
from ntro_testkit.replay.server.worker import (
    LOOK,
    ParkingLot,
    StandInWorkflow,
    WorkerHooks,
    resolver,
    workflow_types,
)
from ntro_testkit.runtime.definitions import workflow_definition
from ntro_testkit.runtime.endings import Ending
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.payloads import Payload, PayloadError
from ntro_testkit.runtime.recorder import Recorder
from ntro_testkit.runtime.run_options import RunOptions
from ntro_testkit.runtime.sdk.instance import TellingRunner, workflow_type_of
from ntro_testkit.trace import Blocked, clock

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.002, 0.05


class ServerEngine:
    """One run on a server; has `recorder`, `loop.time()` and `workflows` as the in-process engine.

    Args:
        client: connected with `DATA_CONVERTER` and the identity `IDENTITY`.
        options: as for the in-process engine; `start_time` and `snapshots` have no effect.
        runner: makes the workflow instances, for those who want to change what they do.
    """

    def __init__(
        self, client: Client, options: RunOptions, runner: WorkflowRunner | None = None
    ) -> None:
        self.options = options
        self.loop = Clock()
        self.recorder = Recorder(options.code_roots, self.loop.time)
        self.workflows = ServerWorkflows(self.recorder, self.loop)
        self._client = client
        self._runner = runner or TellingRunner()
        self._lot = ParkingLot()
        self._replies = ServerReplies(
            self._lot,
            options.replies,
            {
                slug: child
                for slug, child in options.children.items()
                if isinstance(child, ScriptedChild)
            },
            self.recorder.trace,
        )
        self._view = ServerView(self.workflows, self.recorder, self.loop)
        self._classes: dict[str, type] = {}
        self._histories: Sequence[History] = ()
        self._waited_at: list[tuple[str, int]] | None = None

    async def run(self, workflow_class: type, args: Sequence[Payload], workflow_id: str) -> Ending:
        """Run a workflow to its end, or for as long as the options allow.

        Raises `MockError` when nothing can answer an activity, temporalio's `RPCError` when the
        server does not answer.
        """
        children = [each for each in self.options.children.values() if isinstance(each, type)]
        self._classes = workflow_types([workflow_class, *children])
        queue = f"ntro-testkit-{uuid.uuid4()}"
        worker = Worker(
            self._client,
            task_queue=queue,
            identity=IDENTITY,
            workflows=[*self._classes.values(), StandInWorkflow],
            activities=[self._lot.park],
            workflow_runner=self._runner,
            interceptors=[WorkerHooks(resolver(self.options.children))],
        )
        definition = workflow_definition(workflow_class)
        start = started(
            self._client,
            str(workflow_type_of(workflow_class)),
            [RawValue(raw_payload(each.data)) for each in args],
            workflow_id=workflow_id,
            task_queue=queue,
        )
        async with working(worker), start as handle:
            root_run = str(handle.first_execution_run_id)
            self.workflows.all.append(
                ServerExecution(workflow_id, root_run, definition, definition.slug, None)
            )
            ending = await self._drive(handle, workflow_class)
            await self._last_look()
            self._histories = await fetch_histories(
                self._client, workflow_id, root_run, self._classes
            )
        slugs = {name: workflow_definition(each).slug for name, each in self._classes.items()}
        fill_trace(self.recorder.trace, self._histories, slugs)
        return ending

    def histories(self) -> list[History]:
        """Return the histories of the run's workflows, the first one's first."""
        return list(self._histories)

    # -- one thing after the other -------------------------------------------------------------

    async def _drive(self, handle: WorkflowHandle[Any, Any], workflow_class: type) -> Ending:
        pause = _FIRST_PAUSE_S
        while True:
            look = await look_at(self._client, handle.id)
            self._take_in(look)
            if not look.open:
                return await self._closed(handle.id, workflow_class)
            failing = next((each for each in look.open if each.task_attempt > 1), None)
            if failing is not None:
                return await self._task_failed(failing)
            for key in look.cancelled_activities:
                self._replies.drop(key)
            if look.is_quiet(self._replies.is_waiting):
                await self._see(look)
                try:
                    acted = await self._act()
                except PayloadError as error:
                    return Ending("task-failed", error=str(error), exception=error)
                if acted:
                    pause = _FIRST_PAUSE_S
                    continue
                ending = await self._stuck(look)
                if ending is not None:
                    return ending
            if self.loop.time() > self.options.timeout_s:
                return stuck(
                    self._blocked(), f"timed out after {self.options.timeout_s:g} real seconds"
                )
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE_S)

    async def _act(self) -> bool:
        """Do the next thing there is to do, in the order of in-process runs."""
        steps = {each.workflow_id: each.step for each in self.workflows.open()}
        if self._replies.answer_next(steps, self.loop.time()):
            return True
        if self.options.agent.act(cast(Engine, self._view)):
            await self._send_signals()
            return True
        return self._replies.end_next_stand_in()

    async def _send_signals(self) -> None:
        while self.workflows.outbox:
            sent = self.workflows.outbox.pop(0)
            handle = self._client.get_workflow_handle(sent.workflow_id)
            try:
                await handle.signal(sent.name, sent.payload)
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
                # A timer may end it between the look and the signal.
                sent.problem = f"no workflow with the id {sent.workflow_id} is running"

    # -- what there is to see ------------------------------------------------------------------

    def _take_in(self, look: Look) -> None:
        """Note which executions there are, and which are no more."""
        known = {each.run_id: each for each in self.workflows.all}
        still_open = {each.run_id for each in look.open}
        for execution in self.workflows.all:
            if execution.run_id not in still_open and not execution.closed:
                execution.closed = True
                self.recorder.close_gate(cast(Execution, execution))
        for found in look.open:
            if found.run_id not in known:
                execution = self._execution(found, known)
                known[found.run_id] = execution
                self.workflows.all.append(execution)

    def _execution(self, found: Open, known: dict[str, ServerExecution]) -> ServerExecution:
        workflow_class = self._classes.get(found.workflow_type)
        definition = workflow_definition(workflow_class) if workflow_class else None
        return ServerExecution(
            workflow_id=found.workflow_id,
            run_id=found.run_id,
            definition=definition,
            slug=definition.slug if definition else found.workflow_type,
            parent=known.get(found.parent_run_id or ""),
        )

    async def _see(self, look: Look) -> None:
        """Ask what the workflows show, those to which something has happened since."""
        lengths = {each.run_id: each.history_length for each in look.open}
        for execution in self.workflows.open():
            if execution.seen_at != lengths[execution.run_id]:
                execution.seen_at = lengths[execution.run_id]
                await self._ask(execution)
                self.recorder.observe(cast(Execution, execution))

    async def _last_look(self) -> None:
        """Ask the workflows that ended once more: nobody saw their last steps."""
        for execution in self.workflows.all:
            if execution.closed and execution.definition is not None:
                await self._ask(execution)
                # One that was terminated still shows its gate.
                execution.instance._pending_action = None
                self.recorder.observe(cast(Execution, execution))

    async def _ask(self, execution: ServerExecution) -> None:
        handle = self._client.get_workflow_handle(execution.workflow_id, run_id=execution.run_id)
        try:
            execution.see(await handle.query(LOOK))
        except WorkflowQueryFailedError as error:
            execution.see(NOTHING_SEEN)
            self.recorder.trace.warnings.append(
                f"`{execution.slug}` does not show where it stands: {error}"
            )

    # -- the end -------------------------------------------------------------------------------

    async def _closed(self, workflow_id: str, workflow_class: type) -> Ending:
        declared = workflow_definition(workflow_class).run.result
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(
            workflow_id, result_type=declared
        )
        try:
            return Ending("completed", result=await handle.result())
        except WorkflowFailureError as error:
            return failed_workflow(error, self.options.code_roots)

    async def _task_failed(self, failing: Open) -> Ending:
        history = await fetch_history(self._client, failing.workflow_id, failing.run_id)
        execution = next(each for each in self.workflows.all if each.run_id == failing.run_id)
        return failed_task(history, execution.slug, self.options.code_roots)

    async def _stuck(self, look: Look) -> Ending | None:
        """Return the ending of a run in which only timers are left that come too late, or none."""
        state = [(each.run_id, each.history_length) for each in look.open]
        if state == self._waited_at:
            return None
        self._waited_at = state
        timers: list[OpenTimer] = []
        for each in look.open:
            history = await fetch_history(self._client, each.workflow_id, each.run_id)
            timers += open_timers(history)
        if not timers:
            return stuck(self._blocked())
        first = min(timers, key=lambda each: each.due)
        left = self.options.timeout_s - self.loop.time()
        if first.due > datetime.now(UTC) + timedelta(seconds=left):
            return stuck(
                (),
                f"only a timer of {clock(first.seconds)} is left, and a real server takes its "
                f"time: run this scenario in-process, or give it a longer timeout",
            )
        return None

    def _blocked(self) -> tuple[Blocked, ...]:
        """Return what the open workflows wait for, children before their parents."""
        return tuple(map(self._blocked_at, reversed(self.workflows.open())))

    def _blocked_at(self, execution: ServerExecution) -> Blocked:
        gate = self.recorder.open_gate(cast(Execution, execution))
        waits_for, since, reason = "something nobody will do", self.loop.time(), None
        if gate is not None:
            waits_for, since = f"the gate `{gate.kind}`", gate.opened_s
            reason = self.options.agent.reason(gate)
        for (run_id, _), (name, why) in self._replies.never.items():
            if run_id == execution.run_id:
                waits_for, reason = f"the activity `{name}`", why
        return Blocked(
            execution.workflow_id, execution.slug, execution.step, waits_for, since, None, reason
        )
