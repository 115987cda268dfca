"""Clocks: what becomes of each spelling, and the spellings that are left alone."""

from __future__ import annotations

import pytest

from tests.lint_rules.fixes.marked import fixed, refusal

GOOD = {
    "now of the class": (
        "from datetime import datetime, timezone\n"
        "async def f(): «now-utc|datetime.now(timezone.utc)»",
        "from ntro.workflow import runbook\nasync def f(): runbook.now()",
    ),
    "now by keyword": (
        "import datetime\nasync def f(): «now-utc|datetime.datetime.now(tz=datetime.timezone.utc)»",
        "from ntro.workflow import runbook\nasync def f(): runbook.now()",
    ),
    "now with UTC": (
        "from datetime import UTC, datetime as dt\nasync def f(): «now-utc|dt.now(UTC)»",
        "from ntro.workflow import runbook\nasync def f(): runbook.now()",
    ),
    "now with a constant of the module": (
        "import datetime as d\nZONE = d.UTC\nasync def f(): «now-utc|d.datetime.now(ZONE)»",
        "import datetime as d\n\nfrom ntro.workflow import runbook\n"
        "ZONE = d.UTC\nasync def f(): runbook.now()",
    ),
    "utcnow": (
        "from datetime import datetime\ndef f(): return «utcnow|datetime.utcnow()».year",
        "from ntro.workflow import runbook\n"
        "def f(): return runbook.now().replace(tzinfo=None).year",
    ),
    "now": (
        "from datetime import datetime\ndef f(): return «now-local|datetime.now()»",
        "from ntro.workflow import runbook\ndef f(): return runbook.now()",
    ),
    "now with None": (
        "from datetime import datetime\ndef f(): return «now-local|datetime.now(tz=None)»",
        "from ntro.workflow import runbook\ndef f(): return runbook.now()",
    ),
    "today": (
        "from datetime import datetime\ndef f(): return «now-local|datetime.today()»",
        "from ntro.workflow import runbook\ndef f(): return runbook.now()",
    ),
    "today's date": (
        "from datetime import date\ndef f(): return «today-local|date.today()»",
        "from ntro.workflow import runbook\ndef f(): return runbook.now().date()",
    ),
    "time": (
        "import time\ndef f(): return «time-time|time.time()» - 1",
        "from ntro.workflow import runbook\ndef f(): return runbook.now().timestamp() - 1",
    ),
    "time by its name": (
        "from time import time\ndef f(): return «time-time|time()»",
        "from ntro.workflow import runbook\ndef f(): return runbook.now().timestamp()",
    ),
    "time from a star": (
        "from time import *\ndef f(): return «time-time|time()»",
        "from time import *\n\nfrom ntro.workflow import runbook\n"
        "def f(): return runbook.now().timestamp()",
    ),
    "time by another name": (
        "import time\nclock = time.time\ndef f(): return «time-time|clock()»",
        "import time\n\nfrom ntro.workflow import runbook\nclock = time.time\n"
        "def f(): return runbook.now().timestamp()",
    ),
    "time of one of two imports": (
        "try:\n  from time import time\nexcept ImportError:\n  from time import time\n"
        "def f(): return «time-time|time()»",
        "from ntro.workflow import runbook\n\n"
        "try:\n  from time import time\nexcept ImportError:\n  from time import time\n"
        "def f(): return runbook.now().timestamp()",
    ),
    "time in nanoseconds": (
        "import time\ndef f(): return «time-time-ns|time.time_ns()»",
        "from ntro.workflow import runbook\ndef f(): return int(runbook.now().timestamp() * 1e9)",
    ),
    "over lines": (
        "from datetime import datetime, timezone\n"
        "def f(): return («now-utc|datetime\n  .now(\n    timezone.utc,\n  )»)",
        "from ntro.workflow import runbook\ndef f(): return (runbook.now())",
    ),
    "in a lambda": (
        "import time\nf = lambda: «time-time|time.time()»",
        "from ntro.workflow import runbook\nf = lambda: runbook.now().timestamp()",
    ),
    "in an f-string": (
        "import time\ndef f(): return f'é {«time-time|time.time()»:.2f} {1}'",
        "from ntro.workflow import runbook\n"
        "def f(): return f'é {runbook.now().timestamp():.2f} {1}'",
    ),
    "in a format": (
        "import time\ndef f(): return f'{1:{«time-time|time.time()»}}'",
        "from ntro.workflow import runbook\ndef f(): return f'{1:{runbook.now().timestamp()}}'",
    ),
    "beside wide characters": (
        "import time\ndef f(): return '日本語', «time-time|time.time()», 'é'",
        "from ntro.workflow import runbook\n"
        "def f(): return '日本語', runbook.now().timestamp(), 'é'",
    ),
}


@pytest.mark.parametrize(("before", "after"), GOOD.values(), ids=GOOD)
def test_clocks_become_the_time_of_the_workflow(before: str, after: str) -> None:
    assert fixed(before) == after


@pytest.mark.parametrize(("before", "after"), GOOD.values(), ids=GOOD)
def test_the_same_with_the_names_of_temporalio(before: str, after: str) -> None:
    expected = after.replace("from ntro.workflow import runbook", "from temporalio import workflow")
    assert fixed(before, "temporalio") == expected.replace("runbook.now", "workflow.now")


BAD = {
    "another zone": (
        "from datetime import datetime\ndef f(zone): «now-utc|datetime.now(zone)»",
        "its time zone is not plainly UTC",
    ),
    "a zone where there should be none": (
        "from datetime import datetime\ndef f(zone): «now-local|datetime.now(zone)»",
        "it is given a time zone",
    ),
    "a subclass": (
        "from datetime import UTC, datetime\nclass Stamp(datetime): pass\n"
        "def f(): «now-utc|Stamp.now(UTC)»",
        "the module does not itself say that this is `datetime.datetime.now`",
    ),
    "an object": (
        "from datetime import UTC\ndef f(moment): «now-utc|moment.now(UTC)»",
        "the module does not itself say that this is `datetime.datetime.now`",
    ),
    "a parameter": (
        "import time\ndef f(clock=time.time): «time-time|clock()»",
        "the module does not itself say that this is `time.time`",
    ),
    "an attribute": (
        "import time\nclass C:\n  def f(self): «time-time|self.clock()»",
        "the module does not itself say that this is `time.time`",
    ),
    "a name with two values": (
        "import time\nclock = time.time\nif x: clock = fake\ndef f(): «time-time|clock()»",
        "the module does not itself say that this is `time.time`",
    ),
    "one of two imports is another": (
        "try:\n  from fast import time\nexcept ImportError:\n  from time import time\n"
        "def f(): «time-time|time()»",
        "the module does not itself say that this is `time.time`",
    ),
    "a name changed from afar": (
        "from time import time\ndef g():\n  global time\n  time = fake\n"
        "def f(): «time-time|time()»",
        "the module does not itself say that this is `time.time`",
    ),
    "a re-export": (
        "from .clock import time\ndef f(): «time-time|time()»",
        "the module does not itself say that this is `time.time`",
    ),
    "one of two stars": (
        "from time import *\nfrom os import *\ndef f(): «time-time|time()»",
        "the module does not itself say that this is `time.time`",
    ),
    "arguments": (
        "import time\ndef f(): «time-time|time.time(1)»",
        "it has more arguments than the fix can carry over",
    ),
    "starred arguments": (
        "from datetime import datetime\ndef f(a): «now-utc|datetime.now(*a)»",
        "it passes arguments with `*`",
    ),
    "double-starred arguments": (
        "from datetime import datetime\ndef f(a): «now-utc|datetime.now(**a)»",
        "it passes arguments with `**`",
    ),
    "a comment inside": (
        "import time\ndef f(): «time-time|time.time(  # the wall clock\n  )»",
        "a comment inside would be lost",
    ),
    "at import": (
        "import time\nSTART = «time-time|time.time()»",
        "it is evaluated when the module is imported",
    ),
    "in a default": (
        "import time\ndef f(now=«time-time|time.time()»): pass",
        "it is evaluated when the module is imported",
    ),
    "in the body of a class": (
        "import time\nclass C:\n  start = [«time-time|time.time()»]",
        "it is evaluated when the module is imported",
    ),
    "another int": (
        "import time\nfrom numpy import int\ndef f(): «time-time-ns|time.time_ns()»",
        "`int` is no longer the builtin here",
    ),
    "shown as written": (
        "import time\ndef f(): return f'{«time-time|time.time()» = }'",
        "its text is part of an f-string with `=`",
    ),
    "no call": (
        "import time\ndef f(): return «time-time|time.time»",
        "what stands there is no call",
    ),
}


@pytest.mark.parametrize(("before", "reason"), BAD.values(), ids=BAD)
def test_clocks_that_are_not_plainly_one_are_left(before: str, reason: str) -> None:
    assert refusal(before) == reason
