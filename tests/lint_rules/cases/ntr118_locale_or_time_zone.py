"""NTR118: values that depend on the worker's time zone or locale."""

from __future__ import annotations

import calendar
import gettext
import locale
import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import available_timezones

import tzlocal
from dateutil import tz
from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)
DUBLIN = timezone(timedelta(hours=1))
MONTHS = ("January", "February")


class Almanac:
    """Names of its own, in one language."""

    month_name = ("", *MONTHS)

    def astimezone(self) -> str:
        return "UTC"

    def strftime(self, pattern: str) -> str:
        return pattern

    def currency(self, amount: int) -> str:
        return f"EUR {amount}"


@activity.defn
async def book(value: object) -> object:
    return [value, time.tzname, datetime.fromtimestamp(0), calendar.month_name[1]]


def local_day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d")  # expect: NTR118/sequence


@workflow.defn
class Zones:
    @workflow.run
    async def run(self, seconds: float) -> list[object]:
        values = [
            datetime.fromtimestamp(seconds),  # expect: NTR118/payload
            datetime.fromtimestamp(seconds, None),  # expect: NTR118/payload
            date.fromtimestamp(seconds),  # expect: NTR118/payload
            workflow.now().astimezone(),  # expect: NTR118/payload
            workflow.now().astimezone(None),  # expect: NTR118/payload
            datetime(2026, 1, 31).timestamp(),  # expect: NTR118/payload
            datetime(2026, 1, 31).astimezone(UTC),  # expect: NTR118/payload
            time.localtime(seconds),  # expect: NTR118/payload
            time.ctime(seconds),  # expect: NTR118/payload
            time.mktime((2026, 1, 31, 0, 0, 0, 0, 0, 0)),  # expect: NTR118/payload
            time.tzname,  # expect: NTR118/payload
            time.timezone,  # expect: NTR118/payload
            tzlocal.get_localzone(),  # expect: NTR118/payload
            tz.tzlocal(),  # expect: NTR118/payload
            sorted(available_timezones()),  # expect: NTR118/payload
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)


@runbook.defn
class Locales(NtroWorkflow):
    @runbook.run
    async def run(self, amount: float) -> list[object]:
        values = [
            runbook.now().strftime("%A %d %B"),  # expect: NTR118/payload
            runbook.now().strftime("%c"),  # expect: NTR118/payload
            runbook.now().date().strftime("%b %Y"),  # expect: NTR118/payload
            time.strftime("%x", time.gmtime(0)),  # expect: NTR118/payload
            datetime.strptime("31 Jan 2026", "%d %b %Y"),  # expect: NTR118/payload
            calendar.month_name[1],  # expect: NTR118/payload
            calendar.day_abbr[0],  # expect: NTR118/payload
            locale.getlocale(),  # expect: NTR118/payload
            locale.currency(amount),  # expect: NTR118/payload
            locale.format_string("%d", amount),  # expect: NTR118/payload
            gettext.gettext("fund"),  # expect: NTR118/payload
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="decides", title="Decides")
    async def decides(self, seconds: float) -> None:
        if local_day(seconds) == "2026-01-31":
            await runbook.execute_activity(book, seconds, start_to_close_timeout=SHORT)
        period = calendar.month_name[1]  # expect: NTR118/sequence
        await runbook.execute_child_workflow("close", seconds, id=f"close-{period}")
        runbook.logger.info("in %s", time.tzname)  # expect: NTR118/noise


@runbook.defn
class Explicit(NtroWorkflow):
    @runbook.run
    async def run(self, seconds: float) -> list[object]:
        values = [
            datetime.fromtimestamp(seconds, tz=UTC),
            datetime.fromtimestamp(seconds, DUBLIN),
            datetime.utcfromtimestamp(seconds),
            runbook.now().astimezone(UTC),
            runbook.now().astimezone(DUBLIN),
            runbook.now().timestamp(),
            datetime(2026, 1, 31, tzinfo=UTC).timestamp(),
            datetime(2026, 1, 31).replace(tzinfo=UTC).timestamp(),
            datetime(2026, 1, 31).isoformat(),
            time.gmtime(seconds),
            calendar.timegm((2026, 1, 31, 0, 0, 0)),
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="numbers", title="Formats of numbers")
    async def numbers(self, seconds: float) -> None:
        values = [
            runbook.now().strftime("%Y-%m-%d %H:%M:%S"),
            time.strftime("%Y-%m-%d", time.gmtime(seconds)),
            datetime.strptime("2026-01-31", "%Y-%m-%d"),
            f"{runbook.now():%Y-%m}",
            runbook.now().ctime(),
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="arithmetic", title="Arithmetic")
    async def arithmetic(self, year: int) -> None:
        values = [
            calendar.monthrange(year, 1),
            calendar.isleap(year),
            calendar.weekday(year, 1, 31),
            locale.LC_ALL,
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, amount: int) -> None:
        almanac = Almanac()
        values = [
            almanac.astimezone(),
            almanac.strftime("%A"),
            almanac.currency(amount),
            almanac.month_name[1],
            MONTHS[0],
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, calendar: Almanac, locale: Almanac) -> None:
        values = [calendar.month_name[1], locale.currency(1)]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


def local_report() -> str:
    return f"{time.tzname} {locale.getlocale()} {datetime.now().astimezone()}"
