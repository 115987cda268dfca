"""Names that nothing binds: in code that runs, in annotations that somebody evaluates."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import Edit, planted, said
from tests.lint_rules.rules.facade.planting import (
    ACTIVITIES,
    WORKFLOW,
    above,
    importing,
    in_activity,
    in_run,
    only,
    shown,
)

CODE = "NTR203"
FUTURE = "from __future__ import annotations\n\n"
MODELS = "templates/models.py"


NTRO = "from ntro.workflow import NtroWorkflow"
EVENTS = "from ntro.events import ObservableResult"


def only_for_types(path: str, statement: str, before: str, was: str | None = None) -> list[Edit]:
    """Move an import under `TYPE_CHECKING`; `was` is the line that had the name."""
    block = f"from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    {statement}\n"
    return [(path, f"{statement}\n" if was is None else was, ""), (path, before, block + before)]


def test_a_name_left_behind_by_a_migration_hangs_the_run() -> None:
    edit = in_run('workflow.logger.info("rejected")')
    found = only(CODE, edit)
    assert shown(found, edit) == "workflow"
    assert found.message == "`workflow` is bound nowhere: NameError, and the run hangs"
    assert found.alternative == "`runbook.logger`"
    assert found.severity == "error"
    assert found.fix is not None
    assert found.fix.id == "workflow-to-runbook"


@pytest.mark.parametrize("name", ["activity", "WorkflowError", "UIComponent"])
def test_a_name_that_ntro_has_is_imported(name: str) -> None:
    found = only(CODE, in_run(f"{name}"))
    assert found.alternative == f"`from ntro.workflow import {name}`"
    assert found.fix is not None
    assert (found.fix.id, found.fix.applicability) == ("import-from-ntro", "safe")


@pytest.mark.parametrize(
    ("body", "alternative"),
    [
        ("workflow.patched('x')", "`runbook`"),
        ("ui_step", "`@runbook.step(...)`"),
        ("decision_off(answer)", "`decision_of`"),
        ("task", "an import of `task`"),
    ],
)
def test_else_there_is_advice_and_no_fix(body: str, alternative: str) -> None:
    found = only(CODE, in_run(body))
    assert alternative in (found.alternative or "")
    assert found.fix is None


def test_in_an_activity_the_error_is_retried_and_the_facade_is_another() -> None:
    found = only(CODE, in_activity("workflow.logger.info('x')"))
    assert found.message.endswith("it raises NameError")
    assert found.fix is None


def test_at_the_top_the_module_cannot_be_imported() -> None:
    assert "importing the module" in only(CODE, above("LIMIT = timedeltas(days=1)")).message
    handler = "signal\n    def document_submitted"
    found = only(CODE, (WORKFLOW, f"@runbook.{handler}", f"@workflow.{handler}"))
    assert "importing the module" in found.message
    assert found.fix is not None


def test_modules_that_nothing_reaches_count_and_those_of_others_do_not() -> None:
    files = {"templates/unused.py": "x = undefined\n", "tests/test_x.py": "x = undefined\n"}
    assert said(planted(CODE, files=files)) == ["unused.py:1 NTR203"]


BAD = {
    "a local of another function": "def one():\n    inner = 1\n\n\ndef two():\n    return inner",
    "a class attribute in a method": "class C:\n    a = 1\n\n    def f(self):\n        return a",
    "a class attribute in a comprehension": "class C:\n    a = [1]\n    b = [a for _ in 'x']",
    "the variable of a comprehension": "x = [y for y in 'a'] + [y]",
    "a global never assigned": "def f():\n    global g\n    return g",
    "in an f-string": "def f():\n    return f'{nothing} x'",
    "in a default": "def f(x=nothing): ...",
    "in a base": "class C(Nothing): ...",
    "in an except clause": "def f():\n    try: ...\n    except Nothing: ...",
    "in a match": "def f(x):\n    match x:\n        case Nothing(): ...",
    "deleted, never bound": "def f():\n    del nothing[0]",
    "a lambda": "f = lambda x: x + nothing",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_scopes_are_those_of_python(text: str) -> None:
    assert len(planted(CODE, above(text))) == 1


GOOD = {
    "later in the module": "def f():\n    return LATER\n\n\nLATER = 1",
    "on one way": "if LIMIT_SET:\n    x = 1\nprint(x)\nLIMIT_SET = 1",
    "builtins": "x = [print, ValueError, __name__, __file__, __debug__, ExceptionGroup]",
    "a global bound elsewhere": "def f():\n    global g\n    g = 1\n\n\ndef h():\n    return g",
    "nonlocal": "def f():\n    n = 1\n\n    def g():\n        nonlocal n\n        n = n + 1",
    "the first iterable": "class C:\n    a = [1]\n    b = [x for x in a]",
    "in the class itself": "class C:\n    a = 1\n    b = a",
    "class names": "class C:\n    x = __qualname__, __module__\n\n    def f(s): return __class__",
    "a walrus": "def f(x):\n    if (n := x): return n\n    return [m for _ in x if (m := 1)] and m",
    "for, with, except, import": (
        "def f(x):\n    for a in x:\n        with a as b: ...\n    import os\n"
        "    try: ...\n    except ValueError as e: return a, b, e, os"
    ),
    "a match": "def f(x):\n    match x:\n        case {'a': y, **z} | [y, *z]: return y, z",
    "deleted": "x = 1\ndel x",
    "star arguments": "def f(*args, **options): return args, options",
    "a recursive function": "def f(): return f",
    "a lambda": "f = lambda x, *y, z=1: (x, y, z)",
    "tried": "try:\n    x = unicode\nexcept NameError:\n    x = str",
    "under TYPE_CHECKING": (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
        "    from decimal import Context\n\n    Pair = tuple[Context, Context]"
    ),
    "put into the module": "import sys\n\nsetattr(sys.modules[__name__], 'y', 1)\nprint(y)",
    "exec": "exec('y = 1')\nprint(y)",
    "globals": "globals()['y'] = 1\nprint(y)",
    "a decorator and its function": "def deco(f): return f\n\n\n@deco\ndef g(): ...",
    "unpacked": "(a, *b), c = [1, 2], 3\nprint(a, b, c)",
    "annotated only": "x: int\nprint(x)",
    "a nested comprehension": "x = [[b for b in a] for a in ['x']]",
    "a type alias": "Pair = tuple[int, int]\nx: Pair = (1, 2)",
    "an annotation of a local": "def f():\n    x: Nothing = 1\n    return x",
    "an annotation as text": "def f(x: Nothing) -> Nowhere: ...",
    "an annotation in quotes": "def f(x: 'Nothing') -> 'Nowhere': ...",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_is_bound_or_may_be_is_left_alone(text: str) -> None:
    assert planted(CODE, above(text)) == []


def test_a_star_import_may_bring_anything() -> None:
    assert planted(CODE, importing("from .models import *"), in_run("anything")) == []


# --- annotations --------------------------------------------------------------------------------

HINTED = {
    "an activity": (ACTIVITIES, "payload: ReadSlipInput", "payload: Missing"),
    "what it returns": (ACTIVITIES, "-> PostedSlip:", "-> Missing:"),
    "a signal": (WORKFLOW, "event: DocumentSubmitted", "event: Missing"),
    "run": (WORKFLOW, "run(self, ctx: PettyCashContext)", "run(self, ctx: Missing)"),
}


@pytest.mark.parametrize("edit", HINTED.values(), ids=HINTED)
def test_temporal_evaluates_the_annotations_of_activities_and_handlers(edit: Edit) -> None:
    found = only(CODE, edit)
    assert shown(found, edit) == "Missing"
    assert found.message.endswith("raises NameError, so the bundle cannot be loaded")


def test_an_import_for_type_checkers_is_not_there_for_temporal() -> None:
    edits = only_for_types(WORKFLOW, "from .models import Slip", NTRO, "    Slip,\n")
    edits.append((WORKFLOW, "event: Doc", "event: Slip | Doc"))
    found = only(CODE, *edits)
    assert "imported for type checkers only" in found.message
    assert "outside `if TYPE_CHECKING`" in (found.alternative or "")


ANY_FOR_HELPERS = [
    *only_for_types(WORKFLOW, "from typing import Any", NTRO),
    (
        WORKFLOW,
        "def user_action(self, action: dict[str, Any])",
        "def user_action(self, action: dict)",
    ),
]


def test_an_import_for_type_checkers_is_not_there_for_code_that_runs() -> None:
    found = only(CODE, *ANY_FOR_HELPERS, in_run("print(Any)"))
    assert "imported for type checkers only: NameError, and the run hangs" in found.message


def test_an_import_for_type_checkers_will_do_for_helpers() -> None:
    assert planted(CODE, *ANY_FOR_HELPERS) == []


def test_pydantic_evaluates_the_annotations_of_fields() -> None:
    found = planted(CODE, *only_for_types(MODELS, "from uuid import UUID", EVENTS))
    assert len(found) == 2
    assert all("cannot be loaded" in each.message for each in found)


def test_a_plain_class_keeps_its_annotations_as_text() -> None:
    text = "class Plain:\n    field: Missing\n\n    def f(self: Missing): ..."
    assert planted(CODE, above(text)) == []


def test_without_the_future_import_annotations_are_code() -> None:
    future = (WORKFLOW, FUTURE, "")
    assert len(planted(CODE, future, above("def f(x: Missing) -> None: ..."))) == 1
    assert len(planted(CODE, future, above("class Plain:\n    field: Missing"))) == 1
    assert planted(CODE, future, above("def f():\n    x: Missing = 1\n    return x")) == []
