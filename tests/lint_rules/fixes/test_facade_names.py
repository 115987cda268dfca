"""How the facade is written: as the module imports it, else by a name that is free."""

from __future__ import annotations

import pytest

from lint_rules.fixes import Facade
from tests.lint_rules.fixes.marked import fixed

BODY = "\nasync def f(x):\n    return «now-utc|datetime.datetime.now(datetime.UTC)», datetime\n"

EXISTING: dict[str, tuple[Facade, str, str]] = {
    "runbook": ("ntro", "from ntro.workflow import runbook", "runbook"),
    "runbook as": ("ntro", "from ntro.workflow import runbook as rb", "rb"),
    "the module": ("ntro", "import ntro.workflow", "ntro.workflow.runbook"),
    "the module as": ("ntro", "import ntro.workflow as nw", "nw.runbook"),
    "the module from its package": ("ntro", "from ntro import workflow", "workflow.runbook"),
    "in a with": (
        "ntro",
        "with workflow.unsafe.imports_passed_through():\n    from ntro.workflow import runbook",
        "runbook",
    ),
    "twice": (
        "ntro",
        "from ntro.workflow import runbook\nfrom ntro.workflow import runbook",
        "runbook",
    ),
    "workflow": ("temporalio", "from temporalio import workflow", "workflow"),
    "workflow as": ("temporalio", "from temporalio import workflow as wf", "wf"),
    "temporalio.workflow": ("temporalio", "import temporalio.workflow", "temporalio.workflow"),
    "temporalio.workflow as": ("temporalio", "import temporalio.workflow as wf", "wf"),
    "beside another part": (
        "temporalio",
        "import temporalio.activity\nimport temporalio.workflow",
        "temporalio.workflow",
    ),
}


@pytest.mark.parametrize(("facade", "imports", "name"), EXISTING.values(), ids=EXISTING)
def test_an_import_that_is_there_is_used(facade: Facade, imports: str, name: str) -> None:
    head = f"import datetime\n{imports}\n"
    after = f"{head}\nasync def f(x):\n    return {name}.now(), datetime\n"
    assert fixed(head + BODY, facade) == after


MISSING: dict[str, tuple[Facade, str, str]] = {
    "the package alone": ("temporalio", "import temporalio", "from temporalio import workflow"),
    "another part of it": (
        "temporalio",
        "import temporalio.activity",
        "from temporalio import workflow",
    ),
    "only for types": (
        "temporalio",
        "if TYPE_CHECKING:\n    import temporalio.workflow",
        "from temporalio import workflow",
    ),
    "the package of ntro": ("ntro", "import ntro", "from ntro.workflow import runbook"),
    "names of the workflow itself": (
        "temporalio",
        "from temporalio.workflow import info",
        "from temporalio import workflow",
    ),
}


@pytest.mark.parametrize(("facade", "imports", "added"), MISSING.values(), ids=MISSING)
def test_an_import_that_does_not_give_the_facade_is_not_enough(
    facade: Facade, imports: str, added: str
) -> None:
    after = fixed(f"import datetime\n{imports}\n{BODY}", facade)
    assert added in after.splitlines()
    assert f"return {added.split()[-1]}.now(), datetime" in after


TAKEN = {
    "by a parameter": ("async def f(runbook):\n    return {hazard}", ""),
    "by a local": ("async def f():\n    runbook = 1\n    return {hazard}", ""),
    "by a loop around": ("async def f():\n    return [{hazard} for runbook in x]", ""),
    "by the function around": (
        "def g(runbook):\n    async def f():\n        return {hazard}",
        "",
    ),
    "by another import": ("async def f():\n    return {hazard}", "from mine import runbook\n"),
    "by an assignment": ("async def f():\n    return {hazard}", "runbook = 1\n"),
    "by a possible import": (
        "async def f():\n    return {hazard}",
        "if x:\n    from ntro.workflow import runbook\n",
    ),
    "by an import for types": (
        "async def f():\n    return {hazard}",
        "if TYPE_CHECKING:\n    from ntro.workflow import runbook\n",
    ),
    "by a star": (
        "async def f():\n    return {hazard}, runbook",
        "from mine import *\n",
    ),
    "from afar": (
        "async def f():\n    return {hazard}\ndef g():\n    global runbook\n    runbook = 1",
        "",
    ),
}


@pytest.mark.parametrize(("body", "head"), TAKEN.values(), ids=TAKEN)
def test_where_the_name_is_taken_the_facade_gets_another(body: str, head: str) -> None:
    marked = f"import time\n{head}{body.format(hazard='«time-time|time.time()»')}\n"
    after = fixed(marked)
    assert "from ntro.workflow import runbook as ntro_runbook\n" in after
    assert body.format(hazard="ntro_runbook.now().timestamp()") in after


def test_a_name_of_a_class_hides_nothing_from_its_methods() -> None:
    before = (
        "import time\n\n\nclass C:\n    runbook = 1\n\n"
        "    def f(self):\n        return «time-time|time.time()»\n"
    )
    assert "return runbook.now().timestamp()" in fixed(before)


def test_one_module_can_need_both_names() -> None:
    before = """\
        import time


        def f(runbook):
            return «time-time|time.time()»


        def g():
            return «time-time|time.time()»
    """
    after = """\
from ntro.workflow import runbook
from ntro.workflow import runbook as ntro_runbook


def f(runbook):
    return ntro_runbook.now().timestamp()


def g():
    return runbook.now().timestamp()
"""
    assert fixed(before).rstrip(" ") == after


def test_an_alias_that_is_taken_too_gets_longer() -> None:
    before = "import time\nntro_runbook = 1\ndef f(runbook): return «time-time|time.time()»\n"
    after = fixed(before)
    assert "from ntro.workflow import runbook as ntro_runbook_\n" in after
    assert "return ntro_runbook_.now().timestamp()" in after


def test_a_fixed_module_uses_its_alias_again() -> None:
    before = (
        "import time\nfrom ntro.workflow import runbook as ntro_runbook\n"
        "def f(runbook): return «time-time|time.time()»\n"
    )
    after = (
        "from ntro.workflow import runbook as ntro_runbook\n"
        "def f(runbook): return ntro_runbook.now().timestamp()\n"
    )
    assert fixed(before) == after


def test_an_import_in_the_function_counts_from_there_on() -> None:
    before = (
        "import time\n\n\ndef f():\n    from ntro.workflow import runbook as rb\n"
        "    return «time-time|time.time()»\n"
    )
    after = (
        "def f():\n    from ntro.workflow import runbook as rb\n    return rb.now().timestamp()\n"
    )
    assert fixed(before) == after
    late = (
        "import time\n\n\ndef f():\n    x = «time-time|time.time()»\n"
        "    from ntro.workflow import runbook\n    return x\n"
    )
    assert "x = ntro_runbook.now().timestamp()" in fixed(late)
