"""Waiting: a blocking sleep becomes a timer, sets of tasks become lists. They change commands."""

from __future__ import annotations

from lint_rules.facts.expressions import Attribute, Await, Call, Comprehension, Subscript, Walrus
from lint_rules.fixes.needs import ASYNCIO, Need
from lint_rules.fixes.site import RefusedError, Site


def time_sleep(site: Site) -> None:
    """`time.sleep(seconds)`, in an async function."""
    call = site.require_callee("time.sleep")
    site.require_arguments(call, 1)
    if not call.arguments:
        raise RefusedError("it does not say how long")
    site.require_async()
    site.require_not_shown_as_written()
    if _binds_tighter_than_await(site):
        site.wrap("(await ", ")")
    else:
        site.insert(site.span(call)[:2], "await ")
    site.replace(call.function, _asyncio(site, "sleep"))


def _binds_tighter_than_await(site: Site) -> bool:
    match site.parent:
        case Attribute() | Await():
            return True
        case Call(_, inner) | Subscript(_, inner, _):
            return inner is site.expression
        case _:
            return False


def asyncio_wait(site: Site) -> None:
    """`asyncio.wait(tasks)`: temporalio has one of its own, for ntro there is `gather`."""
    call = site.require_callee("asyncio.wait")
    if site.facade == "temporalio":
        site.replace(call.function, f"{site.use_facade()}.wait")
        return
    parent = site.parent
    if not isinstance(parent, Await) or parent.number not in site.module.facts.discarded:
        raise RefusedError("its result is used, and ntro has no `wait` that returns lists")
    site.require_arguments(call, 1)
    if not call.arguments or isinstance(call.arguments[0], Comprehension | Walrus):
        raise RefusedError("what it waits for cannot be unpacked as it is written")
    site.replace(call.function, _asyncio(site, "gather"))
    site.insert(site.inside(call), "*")
    site.add_argument(call, "return_exceptions=True")


def asyncio_as_completed(site: Site) -> None:
    """`asyncio.as_completed(tasks)`: only temporalio has one that keeps the order."""
    call = site.require_callee("asyncio.as_completed")
    if site.facade != "temporalio":
        raise RefusedError("ntro has no `as_completed`")
    if any(each.is_async for each in site.module.view.iterations if each.iterable is call):
        raise RefusedError("`workflow.as_completed` cannot be iterated with `async for`")
    site.replace(call.function, f"{site.use_facade()}.as_completed")


def _asyncio(site: Site, name: str) -> str:
    direct = site.use_existing(Need(ASYNCIO.module, name, ASYNCIO.alias))
    return direct or f"{site.use(ASYNCIO)}.{name}"
