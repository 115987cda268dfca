"""Activities are where the worker looks for them, once, and are activities."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import Edit, planted, said
from tests.lint_rules.rules.shape.bundles import ACTIVITIES, WORKFLOW, imported, in_run

CODE = "NTR426"
EXTRA = """\
from ntro.workflow import activity


@activity.defn(name="petty_cash.count")
async def count(payload: int) -> int:
    return payload
"""
TEMPORAL = EXTRA.replace("from ntro.workflow", "from temporalio")
CALL = "await runbook.execute_activity({}, 1, start_to_close_timeout=ATTEMPT)"
OUT_OF_SIGHT = (imported("from . import extra"), in_run(CALL.format("extra.count")))
READ = '@activity.defn(name="petty_cash.read_slip")\n'


def activities(text: str) -> Edit:
    return ACTIVITIES, READ, f"{text}\n\n\n{READ}"


@pytest.mark.parametrize("extra", [EXTRA, TEMPORAL], ids=["ntro", "temporalio"])
def test_an_activity_of_another_module_is_reported_once_where_it_is_defined(extra: str) -> None:
    twice = in_run(CALL.format("extra.count"), CALL.format("extra.count"))
    found = planted(CODE, OUT_OF_SIGHT[0], twice, files={"templates/extra.py": extra})
    assert said(found) == ["extra.py:5 NTR426"]
    assert "`count` is in neither `activities.py` nor `workflow.py`" in found[0].message
    assert found[0].alternative == "import it in `templates/activities.py`"


@pytest.mark.parametrize(
    "line",
    [
        "from .extra import count",
        "from .extra import count as how_many",
        "from .extra import *",
        "from . import extra\ncount_all = extra.count",
    ],
)
def test_an_import_in_either_module_registers_it(line: str) -> None:
    files = {"templates/extra.py": EXTRA}
    assert planted(CODE, *OUT_OF_SIGHT, activities(line), files=files) == []
    if "*" not in line:
        assert (
            planted(CODE, *OUT_OF_SIGHT[1:], imported(f"from . import extra\n{line}"), files=files)
            == []
        )


@pytest.mark.parametrize("name", ["petty_cash.post_slips", "petty_cash.readslip"])
def test_a_name_that_is_nearly_one_of_the_bundle_is_reported(name: str) -> None:
    [found] = planted(CODE, in_run(CALL.format(f'"{name}"')))
    assert f"no activity is registered as `{name}`" in found.message
    assert found.severity == "error"


@pytest.mark.parametrize(
    "name", ["petty_cash.post_slip", "ledger.post_slips", "petty_cash.archive"]
)
def test_a_registered_name_and_one_of_another_bundle_are_left_alone(name: str) -> None:
    assert planted(CODE, in_run(CALL.format(f'"{name}"'))) == []


def test_an_activity_that_nothing_calls_may_lie_anywhere() -> None:
    assert planted(CODE, imported("from . import extra"), files={"templates/extra.py": EXTRA}) == []


def test_an_activity_inside_a_class_or_function_is_not_found() -> None:
    nested = EXTRA.replace("\n@", "\nclass Counting:\n    @").replace("async", "    async")
    nested = nested.replace("    return", "        return").replace("(payload", "(self, payload")
    call = in_run(CALL.format("Counting.count"))
    edits = (imported("from .extra import Counting"), call)
    [found] = planted(CODE, *edits, files={"templates/extra.py": nested})
    assert "`count` is defined inside `Counting`" in found.message


def test_two_activities_of_one_name_keep_the_worker_from_starting() -> None:
    [found] = planted(CODE, (ACTIVITIES, '"petty_cash.post_slip"', '"petty_cash.read_slip"'))
    assert said([found]) == ["activities.py:30 NTR426"]
    assert "`read_slip` is registered as `petty_cash.read_slip` too" in found.message


@pytest.mark.parametrize(
    "edits",
    [
        [(ACTIVITIES, '"petty_cash.post_slip"', "NAME")],
        [(ACTIVITIES, '(name="petty_cash.post_slip")', "(**given)")],
        [activities(f"{READ}async def read_slip(p: int) -> int:\n    return p")],
    ],
)
def test_a_name_that_cannot_be_told_and_a_function_that_is_replaced_are_fine(
    edits: list[Edit],
) -> None:
    assert planted(CODE, *edits) == []


@pytest.mark.parametrize(
    "named, word",
    [("decision_of", "`decision_of`"), ("self._post", None), ("lambda n: n", "a lambda")],
)
def test_a_plain_function_is_no_activity(named: str, word: str | None) -> None:
    found = planted(CODE, in_run(CALL.format(named)))
    if word is None:
        # A step is decorated, with what cannot be told here.
        assert found == []
        return
    assert said(found) == ["workflow.py:107 NTR426"]
    assert f"{word} is no activity: it raises TypeError, and the run hangs" in found[0].message


def test_a_plain_function_goes_through_run_step_or_under_another_decorator() -> None:
    assert planted(CODE, in_run("await self.run_step('post', decision_of, {})")) == []
    wrapped = (WORKFLOW, "def decision_of", "@made_elsewhere\ndef decision_of")
    assert planted(CODE, wrapped, in_run(CALL.format("decision_of"))) == []
    assert planted(CODE, in_run(CALL.format("'petty_cash.count'"))) == []
    assert planted(CODE, in_run(CALL.format("unknown.count"))) == []
