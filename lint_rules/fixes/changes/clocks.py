"""Clocks become the workflow's own time."""

from __future__ import annotations

from lint_rules.facts.expressions import Call, Constant
from lint_rules.fixes.site import RefusedError, Site

_NOW = "datetime.datetime.now"
_UTC = ("datetime.timezone.utc", "datetime.UTC")


def now_utc(site: Site) -> None:
    """`datetime.now(timezone.utc)`: the same kind of value as `runbook.now()`."""
    call = site.require_callee(_NOW)
    site.require_arguments(call, 1, "tz")
    given = (*call.arguments, *(keyword.value for keyword in call.keywords))
    if len(given) != 1 or not site.means(given[0], *_UTC):
        raise RefusedError("its time zone is not plainly UTC")
    _replace(site, "{facade}.now()")


def now_local(site: Site) -> None:
    """`datetime.now()` and `datetime.today()`: naive and local, the fix is aware and in UTC."""
    call = site.require_callee(_NOW, "datetime.datetime.today")
    site.require_arguments(call, 1, "tz")
    given = (*call.arguments, *(keyword.value for keyword in call.keywords))
    if any(not (isinstance(each, Constant) and each.kind == "none") for each in given):
        raise RefusedError("it is given a time zone")
    _replace(site, "{facade}.now()")


def today_local(site: Site) -> None:
    """`date.today()`: the fix is the date in UTC."""
    _bare(site, "datetime.date.today")
    _replace(site, "{facade}.now().date()")


def utcnow(site: Site) -> None:
    """`datetime.utcnow()`: the fix is as naive."""
    _bare(site, "datetime.datetime.utcnow")
    _replace(site, "{facade}.now().replace(tzinfo=None)")


def time_time(site: Site) -> None:
    """`time.time()`."""
    _bare(site, "time.time")
    _replace(site, "{facade}.now().timestamp()")


def time_time_ns(site: Site) -> None:
    """`time.time_ns()`: the fix has the precision of a float."""
    _bare(site, "time.time_ns")
    site.require_builtin("int")
    _replace(site, "int({facade}.now().timestamp() * 1e9)")


def _bare(site: Site, callee: str) -> Call:
    call = site.require_callee(callee)
    site.require_arguments(call, 0)
    return call


def _replace(site: Site, text: str) -> None:
    site.require_not_shown_as_written()
    site.replace(site.expression, text.format(facade=site.use_facade()))
