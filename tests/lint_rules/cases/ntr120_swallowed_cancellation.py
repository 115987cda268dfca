"""NTR120: handlers around an await that keep a cancellation for themselves."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio import CancelledError
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from ntro.workflow import NtroWorkflow, WorkflowError, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


class Handled(Exception):
    """An exception of the project's own."""


class CancelledOrder(Exception):
    """Has the word in its name, and nothing to do with it."""


@activity.defn
async def book(value: object) -> object:
    try:
        await asyncio.sleep(1)
    except BaseException:
        return "swallowed"
    with suppress(asyncio.CancelledError):
        await asyncio.sleep(1)
    return value


async def quietly(work: Awaitable[object]) -> object:
    try:
        return await work
    except BaseException:  # expect: NTR120
        return None


async def carefully(work: Awaitable[object]) -> object:
    try:
        return await work
    except BaseException:
        runbook.logger.info("failed")
        raise


async def never_called(work: Awaitable[object]) -> object:
    try:
        return await work
    except BaseException:
        return None


@workflow.defn
class Swallows:
    @workflow.run
    async def run(self, name: str) -> str:
        try:
            await self._book(name)
        except:  # expect: NTR120
            name = "failed"
        try:
            await self._book(name)
        except BaseException:  # expect: NTR120
            name = "failed"
        try:
            await self._book(name)
        except BaseException as error:  # expect: NTR120
            workflow.logger.info("failed: %s", error)
        try:
            await self._book(name)
        except asyncio.CancelledError:  # expect: NTR120
            name = "cancelled"
        try:
            await self._book(name)
        except CancelledError:  # expect: NTR120
            return "cancelled"
        try:
            await self._book(name)
        except (ValueError, asyncio.CancelledError):  # expect: NTR120
            name = "failed"
        try:
            async with asyncio.timeout(5):
                await self._book(name)
        except BaseException:  # expect: NTR120
            name = "late"
        return name

    @workflow.signal
    async def suppressed(self, name: str) -> None:
        with contextlib.suppress(BaseException):  # expect: NTR120
            await self._book(name)
        with suppress(asyncio.CancelledError):  # expect: NTR120
            await self._book(name)
        with suppress(ValueError, CancelledError):  # expect: NTR120
            await self._book(name)

    @workflow.signal
    async def helped(self, name: str) -> None:
        await quietly(self._book(name))
        await carefully(self._book(name))

    async def _book(self, name: str) -> object:
        return await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)


@runbook.defn
class LeavesInFinally(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> str:
        try:
            await self._book(name)
        finally:
            return name  # expect: NTR120

    @runbook.step(name="loops", title="Loops")
    async def loops(self, names: list[str]) -> None:
        for name in names:
            try:
                await self._book(name)
            finally:
                break  # expect: NTR120
        for name in names:
            try:
                await self._book(name)
            finally:
                continue  # expect: NTR120

    async def _book(self, name: str) -> object:
        return await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)


@runbook.defn
class LetsThrough(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> str:
        try:
            await self._book(name)
        except Exception:
            name = "failed"
        try:
            await self._book(name)
        except (ValueError, WorkflowError, TimeoutError, asyncio.TimeoutError):
            name = "failed"
        try:
            await self._book(name)
        except (Handled, CancelledOrder):
            name = "handled"
        return name

    @runbook.step(name="reraises", title="Re-raises")
    async def reraises(self, name: str) -> None:
        try:
            await self._book(name)
        except BaseException:
            self.failed = True
            raise
        try:
            await self._book(name)
        except asyncio.CancelledError as error:
            runbook.logger.info("cancelled %s", name)
            raise error
        try:
            await self._book(name)
        except:
            await asyncio.shield(self._book("undo"))
            raise

    @runbook.step(name="tidies", title="Tidies up")
    async def tidies(self, name: str) -> str:
        try:
            await self._book(name)
        finally:
            self.finished = True
        try:
            result = await self._book(name)
        except ValueError:
            return "failed"
        else:
            return str(result)
        finally:
            for part in name.split():
                if part:
                    break

    @runbook.step(name="without-await", title="Without an await")
    async def without_await(self, name: str) -> str:
        try:
            number = int(name)
        except BaseException:
            number = 0
        with suppress(BaseException):
            number = int(name) + 1
        try:
            self.number = number
        finally:
            return name

    @runbook.step(name="inner-await", title="An await of another function")
    async def inner_await(self, name: str) -> None:
        later: list[Callable[[], Awaitable[object]]] = []
        try:

            async def book_later() -> object:
                return await self._book(name)

            later.append(book_later)
        except BaseException:
            later.clear()
        for function in later:
            await function()

    @runbook.step(name="suppresses", title="Suppresses others")
    async def suppresses(self, name: str) -> None:
        with suppress(ValueError, TimeoutError):
            await self._book(name)
        with contextlib.suppress(Exception):
            await self._book(name)

    async def _book(self, name: str) -> object:
        return await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
