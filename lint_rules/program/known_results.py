"""What some calls outside the project return, where the name does not tell."""

from __future__ import annotations

_DATETIME = "datetime.datetime"
_DATE = "datetime.date"

RESULTS: dict[str, str] = {
    **dict.fromkeys(
        [
            "datetime.datetime",
            "datetime.datetime.now",
            "datetime.datetime.utcnow",
            "datetime.datetime.today",
            "datetime.datetime.fromtimestamp",
            "datetime.datetime.fromisoformat",
            "datetime.datetime.combine",
            "datetime.datetime.strptime",
            "datetime.datetime.replace",
            "datetime.datetime.astimezone",
            "ntro.workflow.runbook.now",
            "temporalio.workflow.now",
        ],
        _DATETIME,
    ),
    **dict.fromkeys(
        ["datetime.date", "datetime.date.today", "datetime.datetime.date"],
        _DATE,
    ),
    "datetime.time": "datetime.time",
    "datetime.timedelta": "datetime.timedelta",
    "datetime.timezone": "datetime.timezone",
    **dict.fromkeys(
        [
            "pathlib.Path.cwd",
            "pathlib.Path.home",
            "pathlib.Path.resolve",
            "pathlib.Path.absolute",
            "pathlib.Path.expanduser",
            "pathlib.Path.joinpath",
            "pathlib.Path.with_name",
            "pathlib.Path.with_suffix",
            "pathlib.Path.relative_to",
        ],
        "pathlib.Path",
    ),
    "builtins.open": "io.TextIOWrapper",
    "io.open": "io.TextIOWrapper",
    "pathlib.Path.open": "io.TextIOWrapper",
    "logging.getLogger": "logging.Logger",
    "asyncio.get_event_loop": "asyncio.AbstractEventLoop",
    "asyncio.get_running_loop": "asyncio.AbstractEventLoop",
    "asyncio.new_event_loop": "asyncio.AbstractEventLoop",
    "asyncio.create_task": "asyncio.Task",
    "asyncio.ensure_future": "asyncio.Task",
    "threading.local": "threading.local",
    "temporalio.workflow.random": "temporalio.workflow.Random",
    "numpy.random.default_rng": "numpy.random.Generator",
    **{f"builtins.{kind}": f"builtins.{kind}" for kind in (
        "str", "bytes", "int", "float", "bool", "list", "tuple", "dict", "set", "frozenset",
    )},
    "builtins.sorted": "builtins.list",
    "collections.deque": "collections.deque",
    "collections.defaultdict": "collections.defaultdict",
    "hashlib.sha256": "hashlib.sha256",
}  # fmt: skip
"""Qualified name of a callable to qualified name of the class of what it returns."""
