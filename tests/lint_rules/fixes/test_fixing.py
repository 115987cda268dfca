"""Several fixes of one module: one import line, one answer for each request."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import lint_rules.hazards
from lint_rules.fixes import MESSAGES, Refusal, Request, TextEdit, apply_edits, message
from lint_rules.fixes.changes.registry import CHANGES, IMPORT_CHANGES
from lint_rules.fixes.fixing import OVERLAP, fix_module, plan, plan_each
from tests.lint_rules.fixes.marked import fix, fixed, read

SEVERAL = """\
import asyncio
import logging
import time
from datetime import datetime, timezone

log = logging.getLogger(__name__)


async def f(ids):
    «print-to-logger|print(f"start {«time-time|time.time()»}")»
    «logging-to-logger|log.info("at %s", «now-utc|datetime.now(timezone.utc)»)»
    for one in «sorted-set|set(ids)»:
        «time-sleep|time.sleep(one)»
    return «time-time|time.time()»
"""
SEVERAL_AFTER = """\
import asyncio
import logging

from ntro.workflow import runbook

log = logging.getLogger(__name__)


async def f(ids):
    runbook.logger.info(f"start {runbook.now().timestamp()}")
    runbook.logger.info("at %s", runbook.now())
    for one in sorted(set(ids)):
        await asyncio.sleep(one)
    return runbook.now().timestamp()
"""


def test_several_fixes_share_their_imports() -> None:
    assert fixed(SEVERAL) == SEVERAL_AFTER


def test_an_import_stays_until_its_last_use_is_fixed() -> None:
    source, requests = read(SEVERAL)
    clocks = [request for request in requests if request.id == "time-time"]
    assert "import time\n" in fix_module(source, clocks).source
    assert "import time\n" in fix_module(source, requests[:-1]).source
    assert "import time\n" not in fix_module(source, requests).source


def test_a_plan_for_each_is_a_plan_for_one() -> None:
    source, requests = read(SEVERAL)
    for request, edits in zip(requests, plan_each(source, requests), strict=True):
        assert not isinstance(edits, Refusal)
        assert edits == plan(source, request)
        assert apply_edits(source, edits) == fix_module(source, [request]).source


def test_all_names_of_one_import_can_be_exchanged_for_another() -> None:
    before = """\
        from datetime import UTC, datetime
        from .activities import act
        async def f():
            await «execute-activity|act(«now-utc|datetime.now(UTC)»)»
    """
    after = fixed(before)
    assert "from datetime import timedelta\n" in after
    assert (
        "await runbook.execute_activity(act, runbook.now(), "
        "start_to_close_timeout=timedelta(minutes=5))"
    ) in after


def test_of_two_fixes_at_one_place_the_first_is_made() -> None:
    source, [request] = read("import time\ndef f(): return «time-time|time.time()»\n")
    other = Request("time-time", request.span, "temporalio")
    answer = fix_module(source, [request, other])
    assert answer.applied == (request,)
    assert answer.refused == ((other, OVERLAP),)
    assert answer.source == (
        "from ntro.workflow import runbook\ndef f(): return runbook.now().timestamp()\n"
    )


def test_edits_that_come_with_a_request_are_made_as_they_are() -> None:
    source, [clock] = read("import time\ndef f(): return «time-time|time.time()»  # noqa: X\n")
    comment = TextEdit((2, 28), (2, 39), "")
    ready = Request("remove-suppression", (2, 30, 2, 39), edits=(comment,))
    answer = fix_module(source, [ready, clock])
    assert answer.applied == (clock, ready)
    assert answer.source.endswith("def f(): return runbook.now().timestamp()\n")
    assert plan(source, ready) == (comment,)


def test_edits_that_come_with_a_request_give_way() -> None:
    source, [clock] = read("import time\ndef f(): return «time-time|time.time()»\n")
    ready = Request("remove-suppression", (1, 1, 2, 1), edits=(TextEdit((1, 1), (2, 9), ""),))
    answer = fix_module(source, [ready, clock])
    assert answer.applied == (clock,)
    assert answer.refused == ((ready, OVERLAP),)


def test_what_is_asked_wrongly_is_refused() -> None:
    source = "import time\nx = time.time()\n"
    answer = fix_module(
        source, [Request("no-such-fix", (2, 5, 2, 16)), Request("time-time", (2, 5, 2, 15))]
    )
    assert answer.source == source
    assert [reason for _, reason in answer.refused] == [
        "there is no fix `no-such-fix`",
        "no expression stands there",
    ]


def test_what_is_nested_too_deeply_is_refused() -> None:
    answer = fix(f"def f(): «print-to-logger|print({'x + ' * 900}x)»\n")
    assert [reason for _, reason in answer.refused] == ["it is nested too deeply"]


def test_nothing_asked_is_nothing_done() -> None:
    assert fix("import time\r\nx = 1") == fix_module("import time\r\nx = 1", [])
    assert fix("import time\r\nx = 1").source == "import time\r\nx = 1"


def test_every_fix_of_the_hazard_table_can_be_made_and_has_a_message() -> None:
    data = Path(lint_rules.hazards.__file__).with_name("data")
    hazards = [
        hazard
        for path in data.glob("*.toml")
        for hazard in tomllib.loads(path.read_text(encoding="utf-8")).get("hazard", ())
    ]
    named = {hazard["fix"]["id"] for hazard in hazards if "fix" in hazard}
    assert named <= CHANGES.keys()
    assert {name for name in CHANGES if message(name, "temporalio") is None} == set()
    assert {name for name in CHANGES if message(name, "ntro") is None} == {"asyncio-as-completed"}
    assert MESSAGES.keys() - CHANGES.keys() - IMPORT_CHANGES.keys() == BRING_THEIR_EDITS


BRING_THEIR_EDITS = {
    "add-defn",
    "add-extra",
    "async-step",
    "await-call",
    "get-key",
    "import-activity",
    "pin-requirement",
    "quote-value",
    "raise-pin",
    "remove-mark",
    "remove-quotes",
    "remove-requirement",
    "remove-suppression",
    "spell-requirement",
}


def test_a_message_names_the_facade() -> None:
    assert message("time-time", "ntro") == (
        "replace `time.time()` with `runbook.now().timestamp()`"
    )
    assert message("time-time", "temporalio") == (
        "replace `time.time()` with `workflow.now().timestamp()`"
    )
    assert message("no-such-fix", "ntro") is None


@pytest.mark.parametrize("module", ["lint_rules.fixes", "lint_rules.fixes.fixing"])
def test_messages_and_requests_cost_no_parser(module: str) -> None:
    heavy = "'libcst', 'pydantic', 'yaml', 'typer'"
    code = f"import sys, {module}; print(sorted({{{heavy}}} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
