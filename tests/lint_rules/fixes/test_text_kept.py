"""Everything around a fix stays as it was, byte for byte."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lint_rules.fixes import Refusal, Request
from lint_rules.fixes.files import decode_source, encode_source
from lint_rules.fixes.fixing import fix_module, plan
from tests.lint_rules.fixes.marked import fixed, read

BEFORE = """\
"Doc."

import time
from datetime import (
    UTC,  # zone
    datetime,  # clock
)

from ntro.workflow import (
    NtroWorkflow,
)

async def act(x) : pass
class C ( NtroWorkflow ) :
    async def f(self) :   # spaces  \x20
        x = "é" ; y = «time-time|time.time()» ; z = 'a\u2028b'
        return  {  'now':«now-utc|datetime.now( UTC )»,x :y }

    async def g(self):
        await «execute-activity|act(
            self,
        )»
        '''kept
        time.time()'''
"""
AFTER = """\
"Doc."

from datetime import (
    timedelta,
)

from ntro.workflow import (
    NtroWorkflow,
    runbook,
)

async def act(x) : pass
class C ( NtroWorkflow ) :
    async def f(self) :   # spaces  \x20
        x = "é" ; y = runbook.now().timestamp() ; z = 'a\u2028b'
        return  {  'now':runbook.now(),x :y }

    async def g(self):
        await runbook.execute_activity(
            act,
            self,
            start_to_close_timeout=timedelta(minutes=5),
        )
        '''kept
        time.time()'''
"""
SHAPES: dict[str, Callable[[str], str]] = {
    "line feeds": lambda text: text,
    "carriage returns and line feeds": lambda text: text.replace("\n", "\r\n"),
    "carriage returns": lambda text: text.replace("\n", "\r"),
    "tabs": lambda text: text.replace("    ", "\t"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "no last line break": lambda text: text.removesuffix("\n"),
    "a form feed": lambda text: text.replace("\n\n    async def g", "\n\f\n    async def g"),
    "a coding": lambda text: "# coding: utf-8\n" + text,
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_shape_of_the_text_is_kept(shape: Callable[[str], str]) -> None:
    assert fixed(shape(BEFORE)) == shape(AFTER)


def test_a_module_keeps_its_encoding() -> None:
    marked = "# coding: latin-1\nimport time\ndef f(): return 'é', «time-time|time.time()», 'ü'\n"
    source, requests = read(marked)
    before = source.encode("latin-1")
    after = fix_module(decode_source(before), requests).source
    assert encode_source(after, before) == (
        "# coding: latin-1\n\nfrom ntro.workflow import runbook\n"
        "def f(): return 'é', runbook.now().timestamp(), 'ü'\n"
    ).encode("latin-1")


@pytest.mark.parametrize(
    "before",
    [
        b"x = '\xc3\xa9'\r\n",
        b"\xef\xbb\xbfx = '\xc3\xa9'\n",
        b"\xef\xbb\xbf# coding: utf-8\nx = 1\n",
        b"# coding: latin-1\nx = '\xe9'\r",
        b"# coding: cp1252\nx = '\x80'",
        b"",
    ],
)
def test_bytes_go_there_and_back(before: bytes) -> None:
    assert encode_source(decode_source(before), before) == before


UNREADABLE = {
    "no Python": ("def f(:\n", "the module cannot be read: syntax error: invalid syntax"),
    "an unknown coding": (
        "# coding: klingon\nx = 1\n",
        "the module cannot be encoded as it says: unknown encoding: klingon",
    ),
    "text its coding cannot hold": (
        "# coding: ascii\nx = 'é'\n",
        "the module cannot be encoded as it says: 'ascii' codec can't encode",
    ),
}


@pytest.mark.parametrize(("source", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_module_that_cannot_be_read_is_left(source: str, reason: str) -> None:
    request = Request("time-time", (1, 1, 1, 2))
    answer = plan(source, request)
    assert isinstance(answer, Refusal)
    assert answer.reason.startswith(reason)
    whole = fix_module(source, [request])
    assert (whole.source, whole.applied, whole.refused) == (
        source,
        (),
        ((request, answer.reason),),
    )
