"""Moments that depend on the worker's time zone are given UTC."""

from __future__ import annotations

from lint_rules.facts.expressions import Attribute, Call, Constant
from lint_rules.fixes.needs import TIMEZONE, UTC
from lint_rules.fixes.site import RefusedError, Site

_PLACES = {"fromtimestamp": 1, "astimezone": 0}
"""Where each method takes its time zone."""


def add_utc(site: Site) -> None:
    """`datetime.fromtimestamp(seconds)` and `moment.astimezone()`."""
    call = site.call
    method = _method(site, call)
    place = _PLACES[method]
    site.require_arguments(call, place + 1, "tz")
    if len(call.arguments) < place:
        raise RefusedError("it does not say which moment")
    site.require_not_shown_as_written()
    utc = site.use_existing(UTC) or f"{site.use(TIMEZONE)}.utc"
    given = call.arguments[place] if len(call.arguments) > place else call.keyword("tz")
    if given is None:
        site.add_argument(call, f"tz={utc}")
    elif isinstance(given, Constant) and given.kind == "none":
        site.replace(given, utc)
    else:
        raise RefusedError("it is given a time zone")


def _method(site: Site, call: Call) -> str:
    match call.function:
        case Attribute(_, _, name) if name in _PLACES:
            return name
    for name in _PLACES:
        if site.means(call.function, f"datetime.datetime.{name}"):
            return name
    raise RefusedError("it is not plainly a method of a datetime")
