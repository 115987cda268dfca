"""NTR101: every way to read the wall clock, and what only looks like it."""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import gzip
import io
import logging
import time
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

import arrow
import pandas
import pendulum
import pytz
from django.utils import timezone as django_timezone
from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(datetime):
    """A datetime of the project's own."""


class Calendar(Protocol):
    def now(self) -> str: ...

    def today(self) -> str: ...

    def time(self) -> float: ...


@activity.defn
async def book(value: object) -> object:
    return [value, time.time(), datetime.now(), date.today(), datetime.utcnow()]


def stamp() -> datetime:
    return datetime.now(tz=UTC)  # expect: NTR101/payload


def stamp_of_activities() -> datetime:
    return datetime.now(tz=UTC)


@activity.defn
async def stamped(value: str) -> str:
    return f"{value} {stamp_of_activities()}"


@workflow.defn
class Datetimes:
    @workflow.run
    async def run(self, zone: timezone) -> list[object]:
        moments = [
            datetime.now(UTC),  # expect: NTR101/payload
            datetime.now(timezone.utc),  # expect: NTR101/payload
            datetime.now(tz=zone),  # expect: NTR101/payload
            datetime.now(),  # expect: NTR101/payload
            datetime.utcnow(),  # expect: NTR101/payload
            datetime.today(),  # expect: NTR101/payload
            date.today(),  # expect: NTR101/payload
            dt.datetime.now(dt.UTC),  # expect: NTR101/payload
            dt.date.today(),  # expect: NTR101/payload
            Moment.now(),  # expect: NTR101/payload
            workflow.now().now(),  # expect: NTR101/payload
            workflow.now().today(),  # expect: NTR101/payload
            workflow.now().date().today(),  # expect: NTR101/payload
            datetime(2026, 1, 1).utcnow(),  # expect: NTR101/payload
            datetime.now().replace(tzinfo=UTC).isoformat(),  # expect: NTR101/payload
            (datetime.now(UTC) - timedelta(days=1)).date(),  # expect: NTR101/payload
            stamp(),
        ]
        return await workflow.execute_activity(book, moments, start_to_close_timeout=SHORT)


@runbook.defn
class Clocks(NtroWorkflow):
    @runbook.run
    async def run(self, account: str) -> list[object]:
        values = [
            time.time(),  # expect: NTR101/payload
            time.time_ns(),  # expect: NTR101/payload
            int(time.time() * 1000),  # expect: NTR101/payload
            time.clock_gettime(time.CLOCK_REALTIME),  # expect: NTR101/payload
            time.gmtime(),  # expect: NTR101/payload
            time.gmtime(None),  # expect: NTR101/payload
            time.localtime(),  # expect: NTR101/payload
            time.ctime(),  # expect: NTR101/payload
            time.asctime(),  # expect: NTR101/payload
            time.strftime("%Y-%m-%d"),  # expect: NTR101/payload
            logging.time.time(),  # expect: NTR101/payload
            email.utils.localtime(),  # expect: NTR101/payload
            email.utils.formatdate(),  # expect: NTR101/payload
            email.utils.make_msgid(),  # expect: NTR101/payload
            logging.makeLogRecord({}).created,  # expect: NTR101/payload
            gzip.compress(b"rows"),  # expect: NTR101/payload
        ]
        archive = zipfile.ZipFile(io.BytesIO(), "w")
        archive.writestr("rows.csv", account)  # expect: NTR101
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="packages", title="Packages")
    async def packages(self, account: str) -> None:
        values = [
            pendulum.now(),  # expect: NTR101/payload
            pendulum.today("Europe/Dublin"),  # expect: NTR101/payload
            arrow.utcnow(),  # expect: NTR101/payload
            arrow.now().shift(days=1),  # expect: NTR101/payload
            pandas.Timestamp.now(),  # expect: NTR101/payload
            pandas.Timestamp.today(),  # expect: NTR101/payload
            django_timezone.now(),  # expect: NTR101/payload
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


@runbook.defn
class Deadlines(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.started = time.time()  # expect: NTR101

    @runbook.run
    async def run(self, due: datetime) -> str:
        if datetime.now(UTC) > due:  # expect: NTR101/sequence
            return "late"
        remaining = (due - datetime.now(UTC)).total_seconds()  # expect: NTR101/sequence
        await asyncio.sleep(remaining)
        while time.time() < due.timestamp():  # expect: NTR101/sequence
            await asyncio.sleep(60)
        runbook.logger.info("waited until %s", datetime.now(UTC))  # expect: NTR101/noise
        period = date.today().strftime("%Y-%m")  # expect: NTR101/sequence
        child = runbook.execute_child_workflow("close-month", due, id=f"close-{period}")
        return await child

    @runbook.signal
    def documents_arrived(self, count: int) -> None:
        self.arrived = time.time()  # expect: NTR101

    @runbook.query
    def age(self) -> float:
        return time.time()  # expect: NTR101


@runbook.defn
class WorkflowTime(NtroWorkflow):
    @runbook.run
    async def run(self, account: str) -> list[object]:
        loop = asyncio.get_running_loop()
        started = runbook.now()
        await asyncio.sleep(1)
        values = [
            runbook.now(),
            runbook.now().timestamp(),
            runbook.now().date(),
            runbook.now() - started,
            loop.time(),
            EPOCH + timedelta(days=1),
            runbook.now().astimezone(UTC).isoformat(),
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="given", title="Given moments")
    async def given(self, seconds: float) -> None:
        moment = time.gmtime(seconds)
        values = [
            time.asctime(moment),
            time.strftime("%Y-%m-%d", moment),
            datetime.fromtimestamp(seconds, tz=UTC),
            datetime.fromisoformat("2026-01-31T00:00:00+00:00"),
            datetime.combine(date(2026, 1, 31), datetime.min.time(), tzinfo=UTC),
            email.utils.formatdate(seconds),
            email.utils.format_datetime(runbook.now()),
            gzip.compress(b"rows", mtime=0),
            date.fromisoformat("2026-01-31"),
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="given-packages", title="Given moments of packages")
    async def given_packages(self, seconds: float) -> None:
        archive = zipfile.ZipFile(io.BytesIO(), "w")
        archive.writestr(zipfile.ZipInfo("rows.csv"), "1,2")
        values = [
            pendulum.datetime(2026, 1, 31),
            arrow.get(seconds),
            pandas.Timestamp("2026-01-31"),
            pytz.utc,
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="own-names", title="Names of the author's own")
    async def own_names(self, calendar: Calendar) -> None:
        values = [calendar.now(), calendar.today(), calendar.time(), self.today()]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed names")
    async def shadowed(self, time: Calendar) -> None:
        datetime = time
        values = [time.time(), datetime.now(), datetime.today()]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="kinds", title="Kinds of moments")
    async def kinds(self, moment: object) -> None:
        kind = "day" if isinstance(moment, date) else "other"
        await runbook.execute_activity(book, kind, start_to_close_timeout=SHORT)

    def today(self) -> str:
        return runbook.now().date().isoformat()


@workflow.defn
class TemporalTime:
    @workflow.run
    async def run(self, account: str) -> list[object]:
        values = [
            workflow.now(),
            workflow.time(),
            workflow.time_ns(),
            workflow.info().start_time,
            workflow.now().replace(microsecond=0),
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)


def report_age(path: str) -> str:
    return f"{path} {time.time()}"


if __name__ == "__main__":
    print(report_age("rows.csv"), datetime.now())
