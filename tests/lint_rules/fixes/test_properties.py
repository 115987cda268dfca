"""Properties of fixes over generated modules: they parse, mean the same, and touch nothing else."""

from __future__ import annotations

import ast
import builtins
import datetime
import types
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.files.source_text import SourceText
from lint_rules.fixes import Facade, Refusal, Request, apply_edits
from lint_rules.fixes.fixing import OVERLAP, fix_module, plan_each

NOW = datetime.datetime(2026, 1, 31, 12, 0, 0, 250_000, tzinfo=datetime.UTC)

IMPORTS = [
    "import time",
    "import time as clock",
    "from time import time as stamp, sleep",
    "import datetime as dt",
    "from datetime import UTC, datetime, timezone",
    "from datetime import (\n    datetime,  # moments\n    timedelta,\n)",
    "from ntro.workflow import activity",
    "from ntro.workflow import (\n    NtroWorkflow,\n    activity,\n)",
    "import ntro.workflow as nw",
    "from ntro.workflow import runbook",
    "from ntro import workflow",
    "from temporalio import activity",
    "from temporalio import workflow as wf",
    "import asyncio; import uuid",
    "import uuid; import time; import json",
    "import os.path",
    "if 1:\n    import logging",
    "with suppress(ImportError):\n    import json\n    import time",
    "try:\n    from time import time\nexcept ImportError:\n    time = None",
]
HEADS = [
    "",
    '"""Doc."""\n\n',
    "# licence\n\n",
    "#!/usr/bin/env python\n# about this\n",
    "from __future__ import annotations\n\n",
    '"""Doc.\n\nMore.\n"""\nfrom __future__ import annotations\n',
    "kept = 1\n",
]
EXPRESSIONS = st.recursive(
    st.sampled_from(
        [
            "time.time()",
            "clock.time()",
            "stamp()",
            "time.time(  )",
            "dt.datetime.now(dt.timezone.utc)",
            "datetime.now(UTC)",
            "datetime.now(tz=timezone.utc)",
            "datetime.now(\n timezone.utc\n)",
            "datetime.utcnow()",
            "dt.datetime.now()",
            "'é\u2028'",
            "(runbook is None)",
            "7",
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}, {pair[1]})"),
        inner.map(lambda one: f"[x for x in [{one}] if {one}]"),
        inner.map(lambda one: f"(lambda time=1: {one})()"),
        inner.map(lambda one: f"str({one})"),
        inner.map(lambda one: f"{{'é': {one}, **{{}}}}"),
    ),
    max_leaves=4,
)
STATEMENTS = [
    "return {e}",
    "x = {e}; return x  # kept",
    "import time\n    return {e}",
    "from datetime import UTC, datetime\n    return {e}, UTC",
    "runbook = {e}\n    return runbook",
    "return f'{{time.time()}}'",
    "for x in [{e}]:\n        return x",
    "def inner(runbook=2):\n        return {e}\n    return inner()",
]
SHAPES: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text,
    lambda text: text.replace("    ", "\t"),
    lambda text: text.removesuffix("\n"),
]


@st.composite
def modules(draw: st.DrawFn) -> str:
    usual = draw(st.sampled_from([IMPORTS[:5], IMPORTS[4:5], []]))
    more = draw(st.lists(st.sampled_from(IMPORTS[5:]), max_size=4))
    imports = draw(st.permutations([*usual, *more]))
    functions = draw(
        st.lists(st.tuples(st.sampled_from(STATEMENTS), EXPRESSIONS), min_size=1, max_size=4)
    )
    head = draw(st.sampled_from(HEADS)) + "".join(f"{line}\n" for line in imports)
    blanks = "\n" * draw(st.integers(0, 2))
    body = f"{blanks}# kept below\n".join(
        f"def f{number}(self=None):\n    {statement.format(e=expression)}\n"
        for number, (statement, expression) in enumerate(functions)
    )
    return draw(st.sampled_from(SHAPES))(head + blanks + body)


def requests_of(source: str, facade: Facade) -> list[Request]:
    """Find what a linter would: calls by their spelling, without asking what they mean."""
    text = source.removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").split("\n")

    def column(line: int, offset: int) -> int:
        return len(lines[line - 1].encode()[:offset].decode()) + 1

    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (name := _fix_of(node)):
            end_line, end = node.end_lineno or 0, node.end_col_offset or 0
            start = column(node.lineno, node.col_offset)
            span = (node.lineno, start, end_line, column(end_line, end))
            found.append(Request(name, span, facade))
    return found


def _fix_of(call: ast.Call) -> str | None:
    name = ast.unparse(call.func).rpartition(".")[2]
    if name == "now":
        return "now-utc" if call.args or call.keywords else "now-local"
    return {"time": "time-time", "stamp": "time-time", "utcnow": "utcnow"}.get(name)


facades = st.sampled_from(["ntro", "temporalio"])


@given(modules(), facades)
@settings(deadline=None)
def test_a_fixed_module_parses_and_is_done_after_some_rounds(source: str, facade: Facade) -> None:
    for _ in range(4):
        requests = requests_of(source, facade)
        answer = fix_module(source, requests)
        ast.parse(answer.source.removeprefix("\ufeff"))
        answered = [*answer.applied, *(request for request, _ in answer.refused)]
        assert sorted(answered, key=repr) == sorted(requests, key=repr)
        if not answer.applied:
            break
        source = answer.source
    assert answer.source == source
    assert not [reason for _, reason in answer.refused if reason == OVERLAP]


@given(modules(), facades)
@settings(deadline=None)
def test_only_the_place_and_imports_are_touched(source: str, facade: Facade) -> None:
    text = SourceText(source.removeprefix("\ufeff"))
    requests = requests_of(source, facade)
    for request, edits in zip(requests, plan_each(source, requests), strict=True):
        for edit in () if isinstance(edits, Refusal) else edits:
            if not (request.span[:2] <= edit.start and edit.end <= request.span[2:]):
                assert _is_imports(text.between(edit.start, edit.end))
                assert _is_imports(edit.text)


def _is_imports(text: str) -> bool:
    statements = ast.parse(text.strip().strip(";").strip()).body
    return all(isinstance(each, ast.Import | ast.ImportFrom) for each in statements)


@given(modules(), facades)
@settings(deadline=None)
def test_a_plan_is_what_fixing_one_does(source: str, facade: Facade) -> None:
    requests = requests_of(source, facade)
    for request, edits in zip(requests, plan_each(source, requests), strict=True):
        answer = fix_module(source, [request])
        if isinstance(edits, Refusal):
            assert answer.refused == ((request, edits.reason),)
        else:
            assert answer.source == apply_edits(source, edits)


class _Moment(datetime.datetime):
    """Moments of a clock that stands still."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        return NOW if tz else NOW.replace(tzinfo=None)

    @classmethod
    def utcnow(cls) -> Any:
        return NOW.replace(tzinfo=None)


def _module(name: str, **content: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    vars(module).update(content)
    return module


def _world() -> dict[str, types.ModuleType]:
    facade = {"now": lambda: NOW}
    workflow = _module(
        "ntro.workflow",
        runbook=types.SimpleNamespace(**facade),
        activity=None,
        NtroWorkflow=object,
    )
    temporal = _module("temporalio.workflow", **facade)
    return {
        "time": _module("time", time=NOW.timestamp, sleep=None),
        "datetime": _module("datetime", **{**vars(datetime), "datetime": _Moment}),
        "ntro": _module("ntro", workflow=workflow),
        "ntro.workflow": workflow,
        "temporalio": _module("temporalio", workflow=temporal, activity=None),
    }


def results(source: str) -> list[Any]:
    """Run a module in a world where time stands still, and call its functions."""
    world = _world()

    def load(name: str, *rest: Any) -> Any:
        wants_names = len(rest) > 2 and rest[2]
        if name not in world:
            return builtins.__import__(name, *rest)
        return world[name if wants_names else name.partition(".")[0]]

    namespace: dict[str, Any] = {
        "__builtins__": {**vars(builtins), "__import__": load},
        "suppress": _Suppress,
    }
    exec(compile(source.removeprefix("\ufeff"), "module", "exec"), namespace)
    return [_result(namespace[name]) for name in sorted(namespace) if name.startswith("f")]


def _result(function: Callable[[], Any]) -> Any:
    try:
        return function()
    except (NameError, AttributeError, TypeError) as error:
        return type(error)


class _Suppress:
    def __init__(self, *_: object) -> None: ...

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


SAFE = ("now-utc", "utcnow", "time-time")


@given(modules(), facades)
@settings(deadline=None)
def test_safe_fixes_give_the_same_values(source: str, facade: Facade) -> None:
    requests = [request for request in requests_of(source, facade) if request.id in SAFE]
    before = results(source)
    after = results(fix_module(source, requests).source)
    for old, new in zip(before, after, strict=True):
        assert old is NameError or str(old) == str(new)
