"""What answers an activity: mocks, the real function, or a fake by type."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from ntro_testkit import MockError, Scenario, WorkflowHarness, load_runbook
from tests.bundles import run, run_surviving
from tests.conftest import BundleFactory

ONE = "@activity.defn(name='demo.one')\nasync def one(a: int = 0) -> Any: ...\n"
CALL = "return await do(one, 20)"


async def later(a: int) -> int:
    await asyncio.sleep(3600)
    return a + 1


MOCKS = {
    "a value": (7, 7),
    "None": (None, None),
    "a dict": ({"x": 1}, {"x": 1}),
    "a callable of the arguments": (lambda a: a + 1, 21),
    "an asynchronous callable": (later, 21),
    "a list of results": ([7, 8], 7),
    "a list value by callable": (lambda a: [a], [20]),
}


@pytest.mark.parametrize("mock, expected", MOCKS.values(), ids=MOCKS)
def test_an_activity_answers_with(bundle: BundleFactory, mock: Any, expected: Any) -> None:
    result = run(bundle(activities=ONE, run=CALL), mocks={"demo.one": mock})
    assert (result.status, result.result) == ("completed", expected)
    assert [call.source for call in result.activities] == ["mock"]


@pytest.mark.parametrize("mock", [ValueError("no"), ValueError, [ValueError("no")]])
def test_an_exception_fails_the_activity(bundle: BundleFactory, mock: Any) -> None:
    result = run(bundle(activities=ONE, run=CALL), mocks={"demo.one": mock})
    assert result.status == "failed"
    assert "ValueError" in (result.activities[0].error or "")


def test_a_list_gives_one_result_per_call_exceptions_included(bundle: BundleFactory) -> None:
    directory = bundle(
        activities=ONE,
        run="""
        got = []
        for n in range(4):
            try:
                got.append(await do(one, n))
            except ActivityError as error:
                got.append(error.cause.message)
        return got
        """,
    )
    answers = [1, ValueError("second"), lambda a: a * 10, None]
    assert run(directory, mocks={"demo.one": answers}).result == [1, "second", 20, None]


def test_a_list_that_is_used_up_says_so(bundle: BundleFactory) -> None:
    directory = bundle(activities=ONE, run="return [await do(one), await do(one)]")
    with pytest.raises(MockError, match=r"demo\.one") as caught:
        run(directory, mocks={"demo.one": [1]})
    assert "\n" not in str(caught.value)


def test_lists_start_again_in_every_run(bundle: BundleFactory) -> None:
    directory = bundle(activities=ONE, run="return [await do(one), await do(one)]")
    with WorkflowHarness(directory, mocks={"demo.one": [1, 2]}) as harness:
        assert harness.run_sync().result == [1, 2]
        assert harness.run_sync().result == [1, 2]


def test_a_failing_run_does_not_use_up_the_next_runs_results(bundle: BundleFactory) -> None:
    directory = bundle(activities=ONE, run="return await do(one)")
    with WorkflowHarness(directory, mocks={"demo.one": [ValueError("no"), 2]}) as harness:
        assert [harness.run_sync().status for _ in range(3)] == ["failed"] * 3


def test_a_mock_is_given_by_function(bundle: BundleFactory) -> None:
    cls, [one] = load_runbook(bundle(activities=ONE, run=CALL))
    assert run(cls, mocks={one: 5}).result == 5


def test_a_mock_given_by_the_function_of_another_load_counts_by_its_name(
    bundle: BundleFactory,
) -> None:
    directory = bundle(activities=ONE, run=CALL)
    [one] = load_runbook(directory)[1]
    assert run(directory, mocks={one: 5}).result == 5


@pytest.mark.parametrize("where", ["mocks", "real", "scenario"])
def test_an_unknown_activity_names_the_nearest(bundle: BundleFactory, where: str) -> None:
    directory = bundle(activities=ONE, run=CALL)
    failures = {"demo.onne": ValueError()} if where == "scenario" else {}
    options: dict[str, Any] = {} if where == "scenario" else {where: {"demo.onne": 1}}
    with pytest.raises(MockError, match=r"demo\.onne.*did you mean.*demo\.one") as caught:
        run(directory, Scenario("x", activity_failures=failures), **options)
    assert "\n" not in str(caught.value)


NO_TYPE = {
    "no annotation": "@activity.defn(name='demo.one')\nasync def one(a: int, b='x'): ...\n",
    "no parameters": "@activity.defn(name='demo.one')\nasync def one(): ...\n",
    "variadic": "@activity.defn(name='demo.one')\nasync def one(*rows): ...\n",
}


@pytest.mark.parametrize("source", NO_TYPE.values(), ids=NO_TYPE)
def test_an_activity_nothing_answers_gives_a_stub_to_paste(
    bundle: BundleFactory, source: str
) -> None:
    call = "await do(one)" if "()" in source else "await do(one, 1)"
    with pytest.raises(MockError, match=re.escape("demo.one")) as caught:
        run(bundle(activities=source, run=call))
    text = str(caught.value)
    assert "\n" not in text
    stub = text[text.rindex("mocks=") :]
    mocks = eval(f"dict({stub})", {})["mocks"]  # what an author pastes must be Python
    assert callable(mocks["demo.one"])
    assert run(bundle("again", activities=source, run=call), mocks=mocks).status in (
        "completed",
        "task-failed",
    )


def test_an_activity_whose_type_cannot_be_faked_names_it(bundle: BundleFactory) -> None:
    source = (
        "from collections.abc import Callable\n@activity.defn(name='demo.one')\n"
        "async def one() -> Callable[[], int]: ...\n"
    )
    with pytest.raises(MockError, match=re.escape("demo.one")):
        run(bundle(activities=source, run="await do(one)"))


def test_an_activity_that_returns_nothing_needs_no_mock(bundle: BundleFactory) -> None:
    source = "@activity.defn\nasync def one() -> None: ...\n"
    assert run(bundle(activities=source, run="return await do(one)")).status == "completed"


def test_a_fake_is_the_same_every_time(bundle: BundleFactory) -> None:
    source = r"""
    class Line(BaseModel):
        text: str
        period: str = Field(pattern=r"^\d{4}-\d{2}$")
    """
    directory = bundle(
        models=source,
        activities="@activity.defn\nasync def one() -> Line: ...\n",
        run="return await do(one)",
    )
    first, second = run(directory).result, run(directory).result
    assert first == second
    assert re.fullmatch(r"\d{4}-\d{2}", first["period"])


def test_a_synchronous_activity_is_faked_mocked_and_run(bundle: BundleFactory) -> None:
    directory = bundle(
        activities="""
        @activity.defn(name="demo.sum")
        def total(a: int, b: int) -> int:
            return a + b
        """,
        run="return await do(total, 2, 3)",
    )
    assert isinstance(run(directory).result, int)
    assert run(directory, mocks={"demo.sum": 9}).result == 9
    assert run(directory, real={"demo.sum"}).result == 5


def test_a_mock_that_raises_mid_way_fails_the_activity(bundle: BundleFactory) -> None:
    def broken(a: int) -> int:
        return a // 0

    result = run(bundle(activities=ONE, run=CALL), mocks={"demo.one": broken})
    assert result.status == "failed"
    assert "ZeroDivisionError" in (result.error or "")


@pytest.mark.parametrize("mock", [UnicodeDecodeError, [UnicodeDecodeError]])
def test_an_exception_class_that_needs_arguments_is_a_mock_error(
    bundle: BundleFactory, mock: Any
) -> None:
    with pytest.raises(MockError, match=r"demo\.one") as caught:
        run(bundle(activities=ONE, run=CALL), mocks={"demo.one": mock})
    assert "\n" not in str(caught.value)


def test_a_scenarios_failure_that_is_no_exception_is_a_mock_error(bundle: BundleFactory) -> None:
    failures: Any = {"demo.one": "down"}
    with pytest.raises(MockError, match=r"demo\.one"):
        run(bundle(activities=ONE, run=CALL), Scenario("x", activity_failures=failures))


def test_a_mock_that_never_answers_is_stuck_and_named(bundle: BundleFactory) -> None:
    result = run(
        bundle(activities=ONE, run=CALL), mocks={"demo.one": lambda _: asyncio.Event().wait()}
    )
    assert result.status == "stuck"
    assert "demo.one" in (result.error or "")


def test_a_mock_that_exits_fails_the_activity_and_not_the_process(bundle: BundleFactory) -> None:
    def leave(_: int) -> None:
        raise SystemExit(0)

    result = run_surviving(bundle(activities=ONE, run=CALL), mocks={"demo.one": leave})
    assert not result.passed
    assert "SystemExit" in (result.error or "")


def test_a_mock_with_the_wrong_number_of_parameters_fails_the_activity_by_name(
    bundle: BundleFactory,
) -> None:
    result = run(bundle(activities=ONE, run=CALL), mocks={"demo.one": lambda: 1})
    assert result.status != "completed"
    assert "demo.one" in (result.error or "")
