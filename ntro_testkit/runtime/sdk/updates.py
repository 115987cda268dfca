"""Updates: requests that a workflow validates, carries out and answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from ntro_testkit.runtime.payloads import decode, payload_of
from ntro_testkit.runtime.recorder import Place
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.sdk.execution import SdkExecution
from ntro_testkit.runtime.sdk.messages import data_of, exception, message_of


@dataclass(slots=True)
class UpdateSent:
    """One update and what became of it; `result` is read without a type."""

    workflow_id: str
    name: str
    status: Literal["sent", "accepted", "completed", "rejected"] = "sent"
    result: Any = None
    error: BaseException | None = None


class Updates:
    """Sends updates and takes their answers."""

    def __init__(
        self,
        state: RunState,
        find: Callable[[str], SdkExecution | None],
        deliver: Callable[[SdkExecution, WorkflowActivationJob], None],
    ) -> None:
        self._state = state
        self._find = find
        self._deliver = deliver
        self._sent: dict[str, UpdateSent] = {}

    def send(self, workflow_id: str, name: str, args: Sequence[Any]) -> UpdateSent:
        """Send an update as the event of this quiescence; the answer is filled in when it comes.

        Raises LookupError when no workflow with this id runs.
        """
        execution = self._find(workflow_id)
        if execution is None:
            raise LookupError(f"no workflow with the id {workflow_id} is running")
        sent = UpdateSent(workflow_id, name)
        number = f"update-{len(self._sent) + 1}"
        self._sent[number] = sent
        job = WorkflowActivationJob()
        job.do_update.id = job.do_update.protocol_instance_id = number
        job.do_update.name = name
        job.do_update.run_validator = True
        job.do_update.input.extend(message_of(payload_of(argument)) for argument in args)
        self._deliver(execution, job)
        return sent

    def respond(self, execution: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that accepts, rejects or completes an update."""
        sent = self._sent[command.protocol_instance_id]
        answer = command.WhichOneof("response")
        self._state.recorder.command(
            execution, "update_response", sent.name, place=place, answer=answer
        )
        if answer == "completed":
            sent.status, sent.result = "completed", decode(data_of(command.completed), Any)
        elif answer == "rejected":
            sent.status, sent.error = "rejected", exception(command.rejected)
        else:
            sent.status = "accepted"
