"""What the guard sees of workflow code, and what it leaves alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import RunResult, WorkflowHarness
from ntro_testkit.runtime.failures import HAS_TEMPORALIO
from tests.bundles import line_of, run
from tests.test_fixtures import BUNDLES, children, skip_without_temporalio

Bundle = Callable[..., Path]
BACKENDS = ["local", *(["sdk"] if HAS_TEMPORALIO else [])]

IMPORTS = """
import contextlib
import datetime as dates
import functools
import io
import logging
import os
import random
import sys
import time
import uuid
import zoneinfo
from time import time as clock
"""


def seen(result: RunResult) -> list[tuple[str, str]]:
    return [(call.code, call.name) for call in result.trace.hazards]


def watched(bundle: Bundle, body: str, **options: Any) -> list[tuple[str, str]]:
    result = run(bundle(run=body, top=IMPORTS, **options))
    assert result.status == "completed", result.summary()
    return seen(result)


BAD = {
    "a function": ("time.time()", ("NTR101", "time.time")),
    "under another name": ("clock()", ("NTR101", "time.time")),
    "computed": ('getattr(time, "ti" + "me")()', ("NTR101", "time.time")),
    "in a variable": ("tick = time.time\ntick()", ("NTR101", "time.time")),
    "a class method": ("dates.datetime.now()", ("NTR101", "datetime.datetime.now")),
    "of an object": ("runbook.now().now()", ("NTR101", "datetime.datetime.now")),
    "of a hidden instance": ("random.randint(1, 2)", ("NTR103", "random.randint")),
    "in C, of a hidden instance": ("random.random()", ("NTR103", "random.random")),
    "a class": ("random.Random()", ("NTR103", "random.Random")),
    "called by C": ("list(map(uuid.uuid4, []))\nuuid.uuid4()", ("NTR104", "uuid.uuid4")),
    "handed to C": (
        "next(iter(uuid.uuid4, None))",
        ("NTR104", "uuid.uuid4"),
    ),
    "behind an operator": ('"A" in os.environ', ("NTR105", "os.environ")),
    "a stream": ('sys.stdout.write("")', ("NTR116", "sys.stdout")),
    "in a lambda": ("(lambda: time.time())()", ("NTR101", "time.time")),
    "in a comprehension": ("[time.time() for _ in range(1)]", ("NTR101", "time.time")),
    "in a predicate": ("await runbook.wait_condition(lambda: clock())", ("NTR101", "time.time")),
    "a text's hash": ('hash("a")', ("NTR113", "hash")),
    "a logger of its own": ('logging.getLogger("a").info("b")', ("NTR116", "logging.Logger.info")),
    "without a zone": (
        "dates.datetime.fromtimestamp(0)",
        ("NTR118", "datetime.datetime.fromtimestamp"),
    ),
    "a variable that has no zone": (
        "zone = None\ndates.datetime.fromtimestamp(0, zone)",
        ("NTR118", "datetime.datetime.fromtimestamp"),
    ),
}

GOOD = {
    "the run's own clock": "runbook.now()",
    "who is running": "runbook.info()",
    "the facade's logger": 'runbook.logger.info("b")',
    "a seeded generator": "random.Random(7).random() + random.Random(x=7).randint(1, 2)",
    "a number's hash": "hash(7) + hash((1, 2))",
    "a given zone": "dates.datetime.fromtimestamp(0, dates.UTC)",
    "arithmetic on time": "runbook.now() + dates.timedelta(days=1)",
    "a durable timer": "await asyncio.sleep(1)",
    "a buffer": 'io.StringIO().write("a")',
    "a namesake": "class Time:\n    def time(self):\n        return 1\nTime().time()",
    "an exception": 'with contextlib.suppress(ValueError):\n    raise ValueError("a")',
    "what is looked at and not called": "print, time.time",
    "what starred arguments may be": "given = [7]\nrandom.Random(*given)",
    "a callable whose attributes run code": (
        "class Odd:\n"
        "    __hash__ = None\n"
        "    def __getattr__(self, name):\n"
        "        raise RuntimeError(name)\n"
        "    def __call__(self):\n"
        "        return 1\n"
        "Odd()()"
    ),
}


@pytest.mark.parametrize(("body", "expected"), BAD.values(), ids=BAD)
def test_a_hazard_is_seen(bundle: Bundle, body: str, expected: tuple[str, str]) -> None:
    assert expected in watched(bundle, body)


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_what_is_harmless_is_left_alone(bundle: Bundle, body: str) -> None:
    assert watched(bundle, body) == []


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_hazard_has_its_line_its_step_and_how_often_it_was_called(
    bundle: Bundle, backend: str
) -> None:
    made = bundle(
        top=IMPORTS,
        members="""
        @runbook.step(name="look", title="Look")
        async def _look(self) -> None:
            for _ in range(3):
                time.time()  # here
        """,
        run="await self._look()\nreturn (\n    time\n    .time()\n)",
    )
    result = run(made, backend=backend)
    first, second = result.trace.hazards
    assert (first.line.path, first.line.line, first.line.function) == (
        str(made / "templates/workflow.py"),
        line_of(made, "# here"),
        "_look",
    )
    assert (first.step, first.count, first.workflow_id) == ("look", 3, result.workflow_id)
    assert second.count == 1


@pytest.mark.parametrize("backend", BACKENDS)
def test_handlers_queries_helpers_and_models_are_workflow_code(
    bundle: Bundle, backend: str
) -> None:
    made = bundle(
        top=IMPORTS,
        files={"templates/helpers.py": "import time\n\n\ndef later():\n    return time.time()\n"},
        models="""
        import uuid

        class Row(BaseModel):
            id: uuid.UUID = Field(default_factory=uuid.uuid4)
        """,
        members="""
        @runbook.query
        def age(self) -> float:
            return time.monotonic()
        """,
        run="from .helpers import later\nlater()\nRow()",
    )
    with WorkflowHarness(made, backend=backend) as harness:
        harness.run_sync()
        again = harness.run_sync()
    assert {call.name for call in again.trace.hazards} == {
        "time.time",
        "time.monotonic",
        "uuid.uuid4",
    }


ACTIVITY = """
import os
import time

@activity.defn
async def look() -> float:
    return helper()

def helper() -> float:
    os.environ.get("A")
    return time.time()
"""


@pytest.mark.parametrize("backend", BACKENDS)
def test_activities_and_mocks_are_free(bundle: Bundle, backend: str) -> None:
    made = bundle(activities=ACTIVITY, run="return await do(look)")
    real = run(made, real=["look"], backend=backend)
    assert real.status == "completed", real.summary()
    assert seen(real) == []

    async def waits() -> float:
        return sys.modules[made_module].helper()  # type: ignore[no-any-return]

    with WorkflowHarness(made, backend=backend) as harness:
        made_module = f"{harness.workflow_cls.__module__.rpartition('.')[0]}.activities"
        helper = vars(sys.modules[made_module])["helper"]
    for mock in (waits, lambda: helper()):
        with WorkflowHarness(harness.workflow_cls, mocks={"look": mock}, backend=backend) as other:
            result = other.run_sync()
        assert result.status == "completed", result.summary()
        assert seen(result) == []


def test_the_same_helper_is_watched_when_workflow_code_calls_it(bundle: Bundle) -> None:
    made = bundle(activities=ACTIVITY, run="return activities.helper()")
    assert seen(run(made)) == [("NTR105", "os.environ"), ("NTR101", "time.time")]


def test_what_modules_do_while_a_run_imports_them_is_left_to_the_lint(bundle: Bundle) -> None:
    made = bundle(
        files={
            "templates/late.py": "import os\nimport time\n\nA = os.getenv('A')\nB = time.time()"
        },
        run="from . import late\nimport http.cookies\nreturn late.A",
    )
    assert seen(run(made)) == []


@pytest.mark.parametrize("backend", BACKENDS)
def test_raising_ends_the_run_at_the_call(bundle: Bundle, backend: str, tmp_path: Path) -> None:
    target = tmp_path / "made"
    made = bundle(
        top=IMPORTS, run=f"os.mkdir({str(target)!r})  # here\nawait asyncio.sleep(1)\nreturn 1"
    )
    result = run(made, guard="raise", backend=backend)
    assert result.status == "task-failed"
    assert result.error is not None
    assert result.error.startswith("NTR106 file-system: `os.mkdir()` in workflow code; ")
    assert result.line is not None
    assert result.line.line == line_of(made, "# here")
    assert type(result.exception).__name__ == "HazardError"
    assert not target.exists(), "the call was made all the same"


def test_code_that_swallows_what_is_raised_has_failed_all_the_same(bundle: Bundle) -> None:
    body = "with contextlib.suppress(BaseException):\n    time.time()\nreturn 1"
    result = run(bundle(top=IMPORTS, run=body), guard="raise")
    assert result.status == "task-failed"
    assert seen(result) == [("NTR101", "time.time")]


def test_a_query_that_is_raised_in_ends_the_run_too(bundle: Bundle) -> None:
    members = "@runbook.query\ndef age(self) -> float:\n    return time.time()\n"
    made = bundle(top=IMPORTS, members=members, run="await asyncio.sleep(1)")
    result = run(made, guard="raise")
    assert (result.status, seen(result)) == ("task-failed", [("NTR101", "time.time")])


def test_off_is_off_and_an_unknown_word_is_refused(bundle: Bundle) -> None:
    made = bundle(top=IMPORTS, run="time.time()")
    assert seen(run(made, guard="off")) == []
    with pytest.raises(ValueError, match=r"no guard `loud` \(there are: report, raise, off\)"):
        WorkflowHarness(made, guard="loud")


def test_nothing_is_seen_in_any_scenario_of_the_sample_bundles() -> None:
    from ntro_testkit import HAPPY, REJECT_ALL
    from ntro_testkit.author_scenarios import load_author_scenarios

    for path in BUNDLES:
        skip_without_temporalio(path)
        for backend in BACKENDS:
            with WorkflowHarness(path, child_workflows=children(path), backend=backend) as harness:
                others = load_author_scenarios(path).values() if backend == "local" else ()
                for scenario in (HAPPY, REJECT_ALL, *others):
                    result = harness.run_sync(scenario=scenario)
                    assert result.trace.hazards == [], (path.name, scenario.name)
                    assert not any("guard" in each for each in result.trace.warnings)
