"""Where the value of a hazard goes, and so what it can do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import hazard_module
from ntro.workflow import NtroWorkflow, runbook
from temporalio import activity, workflow

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return value


@activity.defn
async def cancel(value: object) -> object:
    return value


def _of_payload() -> object:
    value = hazard_module.hazard_function()  # expect: HAZARD/payload
    return {"value": value}


def _of_branch() -> bool:
    value = hazard_module.hazard_function()  # expect: HAZARD/sequence
    return value == 3


def _of_both() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD/sequence


def _of_log() -> object:
    return hazard_module.hazard_function()  # expect: HAZARD/noise


@workflow.defn
class Decides:
    @workflow.run
    async def run(self, account: str) -> object:
        if hazard_module.hazard_function() == 3:  # expect: HAZARD/sequence
            await workflow.execute_activity(book, account, start_to_close_timeout=SHORT)
        while hazard_module.hazard_function() == 3:  # expect: HAZARD/sequence
            await workflow.execute_activity(book, account, start_to_close_timeout=SHORT)
        for _ in range(int(hazard_module.hazard_function())):  # expect: HAZARD/sequence
            await workflow.execute_activity(book, account, start_to_close_timeout=SHORT)
        match hazard_module.hazard_function():  # expect: HAZARD/sequence
            case 3:
                await workflow.execute_activity(book, account, start_to_close_timeout=SHORT)
            case _:
                await workflow.execute_activity(cancel, account, start_to_close_timeout=SHORT)
        return account

    @workflow.signal
    async def later(self, account: str) -> None:
        late = hazard_module.hazard_function()  # expect: HAZARD/sequence
        is_late = late == 3 or account == "late"
        if not is_late:
            return
        await workflow.execute_activity(book, account, start_to_close_timeout=SHORT)

    @workflow.update
    async def decided(self, account: str) -> None:
        if _of_branch():
            await workflow.execute_activity(book, account, start_to_close_timeout=SHORT)
        if _of_both():
            await workflow.execute_activity(book, _of_both(), start_to_close_timeout=SHORT)


@workflow.defn
class Waits:
    @workflow.run
    async def run(self, account: str) -> None:
        await asyncio.sleep(hazard_module.hazard_function())  # expect: HAZARD/sequence
        delay = hazard_module.hazard_function() + 1  # expect: HAZARD/sequence
        await workflow.sleep(delay)
        await workflow.wait_condition(
            lambda: hazard_module.hazard_function() == 3  # expect: HAZARD/sequence
        )
        await workflow.wait_condition(self._is_due)
        await asyncio.wait_for(
            self._wait(),
            timeout=hazard_module.hazard_function(),  # expect: HAZARD/sequence
        )

    def _is_due(self) -> bool:
        return hazard_module.hazard_function() == 3  # expect: HAZARD/sequence

    async def _wait(self) -> None:
        await workflow.sleep(1)


@workflow.defn
class Chooses:
    @workflow.run
    async def run(self, account: str) -> None:
        chosen: Callable[..., object] = book
        if hazard_module.hazard_function():  # expect: HAZARD/sequence
            chosen = cancel
        await workflow.execute_activity(chosen, account, start_to_close_timeout=SHORT)
        name = f"book-{hazard_module.hazard_function()}"  # expect: HAZARD/sequence
        await workflow.execute_activity(name, account, start_to_close_timeout=SHORT)
        child_id = f"{account}:{hazard_module.hazard_function()}"  # expect: HAZARD/sequence
        await workflow.execute_child_workflow(Waits.run, account, id=child_id)


@runbook.defn
class Sends(NtroWorkflow):
    @runbook.run
    async def run(self, account: str) -> object:
        value = hazard_module.hazard_function()  # expect: HAZARD/payload
        await runbook.execute_activity(book, value, start_to_close_timeout=SHORT)
        await runbook.execute_activity(book, _of_payload(), start_to_close_timeout=SHORT)
        text = str(hazard_module.hazard_function())  # expect: HAZARD/payload
        await self.run_step("book", book, text)
        row = {
            "account": account,
            "value": hazard_module.hazard_function(),  # expect: HAZARD/payload
        }
        await self.run_child_workflow(slug="other-runbook", input=row, step_id="other")
        return hazard_module.hazard_function()  # expect: HAZARD/payload


@runbook.defn
class Logs(NtroWorkflow):
    @runbook.run
    async def run(self, account: str) -> str:
        runbook.logger.info("at %s", hazard_module.hazard_function())  # expect: HAZARD/noise
        runbook.logger.warning(f"at {hazard_module.hazard_function()}")  # expect: HAZARD/noise
        value = hazard_module.hazard_function()  # expect: HAZARD/noise
        runbook.logger.debug("at %s", value)
        runbook.logger.debug("at %s", _of_log())
        both = hazard_module.hazard_function()  # expect: HAZARD/payload
        runbook.logger.debug("at %s", both)
        return f"{account} {both}"

    @runbook.query
    def account_of(self) -> str:
        return "fixed"
