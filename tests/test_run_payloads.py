"""Everything sent makes a typed trip through JSON, as on Temporal."""

from __future__ import annotations

from typing import Any

import pytest

from ntro_testkit import RunResult, Scenario, StandIn
from tests.bundles import line_of, run
from tests.conftest import BundleFactory

MODELS = """
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

class Amount(BaseModel):
    value: int

class Lines(BaseModel):
    lines: list[str] = []

class Colour(Enum):
    RED = "red"

class Rich(BaseModel):
    money: Decimal
    day: date
    at: datetime
    key: UUID
    colour: Colour
"""

ACTIVITIES = """
@activity.defn(name="demo.book")
async def book(amount: Amount) -> Lines: ...
@activity.defn(name="demo.keep")
async def keep(value: Any) -> Any: ...
@activity.defn(name="demo.rich")
async def rich(value: Rich) -> Rich: ...
"""


def assert_misfit(result: RunResult, *words: str) -> None:
    assert result.status == "task-failed", (result.status, result.error)
    for word in words:
        assert word in (result.error or "")


@pytest.mark.parametrize(
    "call, words",
    [
        ("book, {'value': 'many'}", ["demo.book", "dict", "Amount", "many"]),
        ("book, Lines()", ["demo.book", "Lines", "Amount"]),
        ("book, 'text'", ["demo.book", "str", "Amount"]),
        ("keep, object()", ["demo.keep", "object"]),
        ("keep, lambda: 1", ["demo.keep", "function"]),
        ("keep, {'x': object()}", ["demo.keep", "object"]),
    ],
)
def test_an_argument_that_does_not_fit_fails_at_the_call(
    bundle: BundleFactory, call: str, words: list[str]
) -> None:
    call = f"await runbook.execute_activity({call}, start_to_close_timeout=MINUTE)  # here"
    directory = bundle(models=MODELS, activities=ACTIVITIES, run=call)
    result = run(directory)
    assert_misfit(result, *words, f"workflow.py:{line_of(directory, '# here')}")


@pytest.mark.parametrize(
    "mock, words",
    [
        ({"lines": "text"}, ["demo.book", "dict", "Lines"]),
        (17, ["demo.book", "int", "Lines"]),
        ({"lines": [object()]}, ["demo.book", "object", "Lines"]),
    ],
)
def test_a_result_that_does_not_fit_fails_at_the_call(
    bundle: BundleFactory, mock: Any, words: list[str]
) -> None:
    directory = bundle(
        models=MODELS, activities=ACTIVITIES, run="await do(book, Amount(value=1))  # here"
    )
    result = run(directory, mocks={"demo.book": mock})
    assert_misfit(result, *words)


def test_a_result_that_does_not_fit_is_not_swallowed_by_except_exception(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        models=MODELS,
        activities=ACTIVITIES,
        run="try:\n    await do(book, Amount(value=1))\nexcept Exception:\n    return 'swallowed'",
    )
    assert_misfit(run(directory, mocks={"demo.book": 17}), "demo.book")


def test_a_child_input_that_does_not_fit_names_both_types(bundle: BundleFactory) -> None:
    child = bundle("child", models=MODELS, takes="ctx: Amount", run="return None")
    parent = bundle(
        "parent",
        models=MODELS,
        run="await self.run_child_workflow(slug='child', input=Lines(lines=['x']))",
    )
    assert_misfit(run(parent, children=[child]), "child", "Lines", "Amount")


def test_a_child_result_that_does_not_fit_names_both_types(bundle: BundleFactory) -> None:
    child = bundle("child", models=MODELS, returns="Amount", run="return 'text'")
    parent = bundle("parent", run="await self.run_child_workflow(slug='child', input=None)")
    assert_misfit(run(parent, children=[child]), "child", "str", "Amount")


def test_the_result_of_a_run_that_does_not_fit_names_both_types(bundle: BundleFactory) -> None:
    directory = bundle(models=MODELS, returns="Amount", run="return Lines(lines=['x'])")
    assert_misfit(run(directory), "demo", "Lines", "Amount")


def test_the_result_of_a_run_without_json_form_fails(bundle: BundleFactory) -> None:
    assert_misfit(run(bundle(run="return object()")), "demo", "object")


def test_the_input_of_a_run_that_does_not_fit_names_both_types(bundle: BundleFactory) -> None:
    directory = bundle(models=MODELS, takes="ctx: Amount", run="return ctx.value")
    assert_misfit(run(directory, input=["many"]), "demo", "list", "Amount")


def test_the_input_of_a_run_may_be_a_dict_of_its_type(bundle: BundleFactory) -> None:
    directory = bundle(
        models=MODELS, takes="ctx: Amount", run="return [type(ctx).__name__, ctx.value]"
    )
    assert run(directory, input={"value": 3}).result == ["Amount", 3]


def test_a_signal_payload_that_does_not_fit_is_dropped_and_said(bundle: BundleFactory) -> None:
    """D53: the converter drops it, and the handler never runs."""
    directory = bundle(
        run="await runbook.wait_condition(lambda: False, timeout=5)",
        models=MODELS,
        members="""
        @runbook.signal
        def poke(self, event: Amount) -> None:
            raise RuntimeError("reached")
        """,
    )
    result = run(directory, Scenario("poked", signals={"start": [("poke", "approved")]}))
    assert result.status == "failed"
    [sent] = result.signals
    assert "Amount" in (sent.problem or "") or "poke" in (sent.problem or "")
    assert "poke" in result.summary()


def test_rich_types_survive_the_trip(bundle: BundleFactory) -> None:
    directory = bundle(
        models=MODELS,
        activities=ACTIVITIES,
        run="""
        sent = Rich(money="1.10", day="2026-02-28", at="2026-02-28T12:00:00Z",
                    key="12345678-1234-5678-1234-567812345678", colour="red")
        received = await do(rich, sent)
        return [received == sent, str(received.money), type(received.colour).__name__]
        """,
    )
    result = run(directory, mocks={"demo.rich": lambda value: value})
    assert result.result == [True, "1.10", "Colour"]


def test_a_mock_gets_the_declared_type_not_the_object_sent(bundle: BundleFactory) -> None:
    directory = bundle(models=MODELS, activities=ACTIVITIES, run="await do(book, {'value': 1})")
    seen: list[Any] = []
    run(directory, mocks={"demo.book": lambda amount: seen.append(amount) or {"lines": []}})
    assert type(seen[0]).__name__ == "Amount"


def test_a_mutation_after_scheduling_does_not_reach_the_activity(bundle: BundleFactory) -> None:
    directory = bundle(
        activities=ACTIVITIES,
        models=MODELS,
        run="""
        rows = [1]
        task = asyncio.create_task(do(keep, rows))
        await asyncio.sleep(0)
        rows.append(2)
        return await task
        """,
    )
    assert run(directory, mocks={"demo.keep": lambda rows: rows}).result == [1]


def test_a_mutation_by_the_activity_does_not_reach_the_workflow(bundle: BundleFactory) -> None:
    directory = bundle(
        activities=ACTIVITIES,
        models=MODELS,
        run="rows = [1]\nawait do(keep, rows)\nreturn rows",
    )
    assert run(directory, mocks={"demo.keep": lambda rows: rows.append(2)}).result == [1]


def test_a_mocks_value_is_not_shared_between_calls(bundle: BundleFactory) -> None:
    directory = bundle(
        activities=ACTIVITIES,
        models=MODELS,
        run="first = await do(keep, 1)\nfirst['x'] = 2\nreturn await do(keep, 1)",
    )
    assert run(directory, mocks={"demo.keep": {"x": 1}}).result == {"x": 1}


def test_a_mutation_of_a_childs_input_does_not_reach_the_parent(bundle: BundleFactory) -> None:
    child = bundle("child", takes="rows: list[int]", run="rows.append(2)\nreturn rows")
    parent = bundle(
        "parent",
        run="rows = [1]\ngot = await self.run_child_workflow(slug='child', input=rows)\n"
        "return [rows, got]",
    )
    assert run(parent, children=[child]).result == [[1], [1, 2]]


def test_a_childs_result_reaches_the_parent_as_json_for_an_untyped_call(
    bundle: BundleFactory,
) -> None:
    """`start_child_workflow` with a class uses its declared result type, as temporalio does."""
    child = bundle("child", models=MODELS, returns="Amount", run="return Amount(value=4)")
    parent = bundle(
        "parent",
        run="got = await self.run_child_workflow(slug='child', input=None)\nreturn got.value",
    )
    assert run(parent, children=[child]).result == 4


def test_a_stand_ins_value_makes_the_trip_too(bundle: BundleFactory) -> None:
    parent = bundle("parent", run="return await self.run_child_workflow(slug='child', input=None)")
    result = run(parent, children=[StandIn("child", happy=object())])
    assert_misfit(result, "child", "object")


def test_the_recorded_arguments_are_those_of_the_call(bundle: BundleFactory) -> None:
    directory = bundle(
        activities=ACTIVITIES,
        models=MODELS,
        run="rows = [1]\nawait do(keep, rows)\nrows.append(2)",
    )
    [call] = run(directory, mocks={"demo.keep": None}).activities
    assert (call.args, call.result) == ([[1]], None)


@pytest.mark.parametrize("value", ["float('nan')", "float('inf')", "b'bytes'", "(1, 2)", "{1}"])
def test_odd_values_do_not_crash_the_run(bundle: BundleFactory, value: str) -> None:
    directory = bundle(activities=ACTIVITIES, models=MODELS, run=f"return await do(keep, {value})")
    result = run(directory, mocks={"demo.keep": lambda value: value})
    assert result.status in {"completed", "task-failed"}


def test_an_explicit_none_is_an_input_whatever_the_declared_type(bundle: BundleFactory) -> None:
    """Temporal's converter hands None to the workflow without looking at the type."""
    directory = bundle(models=MODELS, takes="ctx: Amount", run="return ctx is None")
    assert run(directory, input=None).result is True
