"""The sandbox verdicts in the data against the restrictions of the installed temporalio."""

from __future__ import annotations

import asyncio
import datetime
import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from lint_rules.hazards import Harmless, Hazard, load
from tests.lint_rules.interpreter import (
    Missing,
    exists,
    module,
    public_names,
    resolve,
    version_holds,
)

pytest.importorskip("temporalio")

from temporalio.worker._workflow_instance import (
    _WorkflowInstanceImpl,
)
from temporalio.worker.workflow_sandbox import (
    SandboxMatcher,
    SandboxRestrictions,
)
from temporalio.worker.workflow_sandbox._importer import Importer
from temporalio.worker.workflow_sandbox._restrictions import (
    RestrictedWorkflowAccessError,
    RestrictionContext,
)

TABLE = load()
MEMBERS = SandboxRestrictions.default.invalid_module_members
PLAIN = (bool, int, float, complex, str, bytes, bytearray, datetime.date, type(None))
"""Values the sandbox hands out as they are, so that using them is not noticed."""

DEVIATIONS = {
    "asyncio.Runner": "RuntimeError: the workflow's loop is running already",
    "asyncio.create_subprocess_exec": "needs subprocess_exec of the loop",
    "asyncio.create_subprocess_shell": "needs subprocess_shell of the loop",
    "asyncio.open_connection": "needs create_connection of the loop",
    "asyncio.open_unix_connection": "needs create_unix_connection of the loop",
    "asyncio.run": "RuntimeError: the workflow's loop is running already",
    "asyncio.run_coroutine_threadsafe": "needs call_soon_threadsafe of the loop",
    "asyncio.start_server": "needs create_server of the loop",
    "asyncio.start_unix_server": "needs create_unix_server of the loop",
    "asyncio.to_thread": "needs run_in_executor of the loop",
    "asyncio.wrap_future": "needs call_soon_threadsafe of the loop",
}
"""Verdicts that the restriction list alone does not explain."""

NOT_THERE = {
    "pathlib.Path.read_link": "the method is called readlink",
    "zoneinfo.ZoneInfo.reset_tzpath": "it is a function of the module",
}
"""Members that the list restricts and that no Python has: holes by misspelling."""


def _expected(name: str, use: str, *, is_runtime: bool = True) -> str:
    """What the restriction list does about calling, or reading and using, a name."""
    context = RestrictionContext()
    context.is_runtime = is_runtime
    path = name.replace("builtins.", "__builtins__.", 1).split(".")
    matcher = MEMBERS.access_matcher(context, *path)
    if matcher is None and (use == "call" or not isinstance(resolve(name), PLAIN)):
        child = MEMBERS.child_matcher(*path)
        matcher = child and child.access_matcher(context, "__call__")
    if matcher is None:
        return "silent"
    return "warns" if matcher.leaf_warning else "refuses"


def _is_readable(hazard: Hazard) -> bool:
    return hazard.use == "call" or exists(hazard.name)


def _standard_hazards() -> Iterator[Hazard]:
    for found in TABLE.hazards():
        if TABLE.is_standard(found.name):
            yield from found.variants


def test_the_verdict_on_each_standard_hazard_is_the_installed_one() -> None:
    wrong = {}
    for hazard in _standard_hazards():
        if hazard.name in DEVIATIONS or hazard.sandbox == "loop-refuses":
            continue
        name = hazard.name.removesuffix("*") + "some" if "*" in hazard.name else hazard.name
        if not version_holds(hazard.since, hazard.until) or not _is_readable(hazard):
            continue
        expected = (_expected(name, hazard.use), _expected(name, hazard.use, is_runtime=False))
        if expected != (hazard.sandbox, hazard.sandbox_at_import or "silent"):
            wrong[hazard.name] = expected
    assert not wrong


def test_the_verdict_on_each_standard_harmless_function_is_the_installed_one() -> None:
    wrong = {}
    for name in TABLE.raw["harmless"]:
        found = TABLE.entry(name)
        if not TABLE.is_standard(name) or name.endswith(".*") or not isinstance(found, Harmless):
            continue
        if exists(name) and callable(resolve(name)):
            expected = _expected(name, "call")
            if expected != (found.sandbox or "silent"):
                wrong[name] = expected
    assert not wrong


def test_each_deviation_is_still_one() -> None:
    for name in DEVIATIONS:
        [hazard] = TABLE.entry(name).variants  # type: ignore[union-attr]
        assert hazard.sandbox != _expected(name, hazard.use), name


def test_the_loop_refuses_what_the_data_say_it_refuses() -> None:
    refused = {
        name
        for name, member in inspect.getmembers(asyncio.AbstractEventLoop, callable)
        if not name.startswith("_") and getattr(_WorkflowInstanceImpl, name) is member
    }
    stated = {
        hazard.name.rpartition(".")[2]
        for hazard in _standard_hazards()
        if hazard.sandbox == "loop-refuses" and hazard.name.startswith("asyncio.AbstractEventLoop.")
    }
    assert stated == refused


def test_methods_of_objects_from_elsewhere_are_not_noticed() -> None:
    noted = {h.name for h in _standard_hazards() if h.sandbox_on_instance == "silent"}
    assert noted == {
        name
        for name in _restricted(MEMBERS, ())
        if name.startswith(("datetime.", "pathlib.Path.")) and name not in NOT_THERE
    }


REFUSED = {
    "open('/nothing')",
    "datetime.datetime.now()",
    "datetime.date.today()",
    "glob.glob('/nothing')",
    "os.environ.get('NOTHING')",
    "os.getpid()",
    "os.name",
    "os.path.join('a', 'b')",
    "pathlib.Path('/nothing').exists()",
    "platform.python_version()",
    "random.random()",
    "secrets.token_hex()",
    "socket.gethostname()",
    "threading.Lock()",
    "time.localtime(0)",
    "time.time()",
    "urllib.request.Request('http://nothing')",
    "uuid.uuid4()",
}

RUNS = {
    "'NOTHING' in os.environ",
    "(pathlib.Path('/') / 'nothing').exists()",
    "datetime.datetime(2020, 1, 1).now()",
    "hash('text')",
    "logging.time.time()",
    "os.sep",
    "pathlib.Path('/nothing/here').parent.exists()",
    "pathlib.PosixPath('/nothing').exists()",
    "posixpath.exists('/nothing')",
    "queue.Queue()",
    "random.Random().random()",
    "random.SystemRandom().random()",
    "random._urandom(1)",
    "secrets._sysrand.random()",
    "sys.argv",
    "time.gmtime()",
    "uuid.getnode()",
    "vars(time)['time']()",
}


@pytest.mark.parametrize("expression", sorted(REFUSED))
def test_the_sandbox_really_refuses(expression: str) -> None:
    with pytest.raises(RestrictedWorkflowAccessError):
        _in_the_sandbox(expression)


@pytest.mark.parametrize("expression", sorted(RUNS))
def test_the_sandbox_really_lets_run(expression: str) -> None:
    _in_the_sandbox(expression)


def _in_the_sandbox(expression: str) -> None:
    context = RestrictionContext()
    importer = Importer(SandboxRestrictions.default, context)
    names: dict[str, Any] = {}
    modules = "datetime glob logging os pathlib platform posixpath queue random secrets socket sys"
    modules += " threading time urllib.request uuid"
    with importer.applied():
        exec(f"import {', '.join(modules.split())}", names)
        context.is_runtime = True
        exec(expression, names)


def test_everything_the_sandbox_restricts_is_classified() -> None:
    unclassified = [
        name
        for name in _restricted(MEMBERS, ())
        if name not in NOT_THERE and TABLE.lookup(name) is None
    ]
    assert not sorted(unclassified)


def test_what_the_sandbox_misspells_is_still_missing() -> None:
    restricted = set(_restricted(MEMBERS, ()))
    assert {name for name in NOT_THERE if name in restricted and not exists(name)} == set(NOT_THERE)


def _restricted(matcher: SandboxMatcher, path: tuple[str, ...]) -> Iterator[str]:
    """Every name the list restricts, a wildcard spelled out as the names of the module."""
    owner = ".".join(path).replace("__builtins__", "builtins")
    members: set[Any] = set(matcher.use) | set(matcher.access) | set(matcher.exclude)
    if "*" in members or (matcher.match_self and exists(owner)):
        members.discard("*")
        members |= _public_or_nothing(owner)
    for member in members:
        yield f"{owner}.{member}"
    for name, child in matcher.children.items():
        if name != "__call__":
            yield from _restricted(child, (*path, name))


def _public_or_nothing(owner: str) -> set[str]:
    try:
        return public_names(module(owner))
    except Missing:
        return set()
