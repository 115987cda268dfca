"""What the data converter of the worker cannot write as JSON, whatever it holds.

Seen with pydantic's converter of temporalio: it writes models, data classes, sets, enums, dates and
decimals, and raises `Unable to serialize unknown type` for all that is listed here.
"""

from __future__ import annotations

from lint_rules.facts.expressions import Attribute, Expression, Name, Subscript
from lint_rules.program import External, Instance, Module, Program, ProjectClass
from lint_rules.program.annotations import annotated

_NEVER = frozenset(
    {
        "asyncio.Condition",
        "asyncio.Event",
        "asyncio.Future",
        "asyncio.Lock",
        "asyncio.Queue",
        "asyncio.Semaphore",
        "asyncio.Task",
        "builtins.BaseException",
        "builtins.Exception",
        "builtins.RuntimeError",
        "builtins.ValueError",
        "collections.abc.AsyncGenerator",
        "collections.abc.AsyncIterator",
        "collections.abc.Awaitable",
        "collections.abc.Callable",
        "collections.abc.Coroutine",
        "io.BufferedReader",
        "io.BytesIO",
        "io.StringIO",
        "io.TextIOWrapper",
        "logging.Logger",
        "queue.Queue",
        "socket.socket",
        "sqlite3.Connection",
        "sqlite3.Cursor",
        "subprocess.Popen",
        "threading.Event",
        "threading.Lock",
        "threading.RLock",
        "threading.Thread",
        "types.ModuleType",
    }
)
_OUTSIDE = frozenset(
    {
        "aiohttp.ClientSession",
        "asyncpg.Connection",
        "asyncpg.Pool",
        "httpx.AsyncClient",
        "httpx.Client",
        "psycopg.AsyncConnection",
        "psycopg.Connection",
        "requests.Session",
        "sqlalchemy.Engine",
        "sqlalchemy.engine.Engine",
        "sqlalchemy.ext.asyncio.AsyncSession",
        "sqlalchemy.orm.Session",
    }
)
_TYPING = {
    "typing.AsyncGenerator": "a generator",
    "typing.AsyncIterator": "an iterator",
    "typing.BinaryIO": "an open file",
    "typing.Callable": "a function",
    "typing.IO": "an open file",
    "typing.TextIO": "an open file",
}
_PLAIN_BASES = frozenset({"builtins.object"})
_OWN_FORM = ("__get_pydantic_core_schema__", "__get_validators__")


def unsendable(program: Program, module: Module, annotation: Expression) -> str | None:
    """Return what an annotation names that has no form in JSON; None when it may have one."""
    named = annotation.value if isinstance(annotation, Subscript) else annotation
    if isinstance(named, Name | Attribute):
        word = _TYPING.get(program.name(module, named) or "")
        if word is not None:
            return word
    match annotated(program, module, annotation):
        case [Instance(External(name))] if name in _NEVER or name in _OUTSIDE:
            return f"`{name.removeprefix('builtins.')}`"
        case [Instance(ProjectClass() as kind)] if _is_plain(program, kind):
            record = program.modules[kind.module].facts.classes[kind.number]
            return f"`{record.name}`, a plain class,"
        case _:
            return None


def _is_plain(program: Program, kind: ProjectClass) -> bool:
    """Tell whether a class is an ordinary one: no model, data class, enum, or form of its own."""
    for each in program.mro(kind) or (External("", "third party"),):
        if isinstance(each, External):
            if each.name not in _PLAIN_BASES:
                return False
            continue
        module = program.modules[each.module]
        record = module.facts.classes[each.number]
        if record.decorators or record.keywords:
            return False
        named = {binding.name for binding in module.view.bindings_of_scope.get(record.scope, ())}
        if not named.isdisjoint(_OWN_FORM):
            return False
    return True
