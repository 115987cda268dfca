"""NTR409: a plain exception in workflow code hangs the run, unless it is caught there."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.shape.classes import check, found, module

CODE = "NTR409"

AROUND = """
class Rejected(WorkflowError): ...
class BadSlip(ValueError): ...
class WorseSlip(BadSlip): ...
class Broken(ApplicationError): ...

def fail():
    return BadSlip("x")
"""


def running(body: str, methods: str = "X = 1", around: str = AROUND) -> str:
    run = "@runbook.run\nasync def run(self, ctx: PettyCashContext):\n" + indent(body, "    ")
    return module(methods, around, run=run)


HANGS = {
    "a call": "raise ValueError('x')  # !",
    "a class": "raise RuntimeError  # !",
    "general": "raise Exception('x')  # !",
    "with a cause": "raise ValueError('x') from None  # !",
    "not implemented": "raise NotImplementedError  # !",
    "a class of the project": "raise BadSlip('x')  # !",
    "a subclass of it": "raise WorseSlip('x')  # !",
    "made by a helper": "raise fail()  # !",
    "by a name": "problem = KeyError('x')\nraise problem  # !",
    "of the standard library": "raise decimal.InvalidOperation  # !",
    "json": "raise json.JSONDecodeError('x', '', 0)  # !",
    "wrong handler": "try:\n    raise ValueError('x')  # !\nexcept KeyError:\n    pass",
    "in a handler": (
        "try:\n    pass\nexcept KeyError as err:\n    raise ValueError('x') from err  # !"
    ),
    "in else": (
        "try:\n    pass\nexcept ValueError:\n    pass\nelse:\n    raise ValueError('x')  # !"
    ),
    "in with": "async with asyncio.timeout(3):\n    raise ValueError('x')  # !",
    "suppressed another": "with suppress(KeyError):\n    raise ValueError('x')  # !",
    "caught and raised again": "try:\n    raise ValueError('x')  # !\nexcept Exception:\n    raise",
}
FINE = {
    "workflow error": "raise WorkflowError('x')",
    "subclass": "raise Rejected('x')",
    "temporal's": "raise ApplicationError('x')",
    "subclass of temporal's": "raise Broken('x')",
    "time-out": "raise TimeoutError('x')",
    "asyncio time-out": "raise asyncio.TimeoutError",
    "cancelled": "raise asyncio.CancelledError",
    "unknown": "raise make('x')",
    "what was given": "raise ctx.problem",
    "any caught exception": "try:\n    pass\nexcept Exception as err:\n    raise err",
    "again": "try:\n    await self._a()\nexcept Exception:\n    raise",
    "again of the activity": "try:\n    await self._a()\nexcept ActivityError:\n    raise",
    "caught": "try:\n    raise ValueError('x')\nexcept ValueError:\n    pass",
    "caught by a base": "try:\n    raise WorseSlip('x')\nexcept BadSlip:\n    pass",
    "caught by a builtin base": "try:\n    raise WorseSlip('x')\nexcept ValueError:\n    pass",
    "caught with others": (
        "try:\n    raise ValueError('x')\nexcept (KeyError, ValueError):\n    pass"
    ),
    "caught by an alias": "try:\n    raise OSError('x')\nexcept IOError:\n    pass",
    "caught further out": (
        "try:\n    for x in ctx.a:\n        if x:\n            raise ValueError('x')\n"
        "except Exception as err:\n    raise WorkflowError('x') from err"
    ),
    "pydantic's, as its base": (
        "try:\n    raise ValidationError('x', [])\nexcept ValueError:\n    pass"
    ),
    "caught bare": "try:\n    raise ValueError('x')\nexcept:\n    pass",
    "caught by who knows": "try:\n    raise ValueError('x')\nexcept ctx.errors:\n    pass",
    "a library's, perhaps as its base": (
        "try:\n    raise json.JSONDecodeError('x', '', 0)\nexcept ValueError:\n    pass"
    ),
    "suppressed": "with suppress(ValueError):\n    raise ValueError('x')",
    "dropped": "try:\n    raise ValueError('x')\nfinally:\n    return 1",
    "in a manager of the author's": "with self.turned():\n    raise ValueError('x')",
    "in a function nobody calls": "def never():\n    raise ValueError('x')",
}


@pytest.mark.parametrize("body", HANGS.values(), ids=HANGS.keys())
def test_a_plain_exception_that_nothing_catches_is_an_error(body: str) -> None:
    [finding] = check(CODE, running(body))
    assert finding.severity == "error"
    assert "the run hangs" in finding.message
    assert "WorkflowError" in (finding.alternative or "")


@pytest.mark.parametrize("body", FINE.values(), ids=FINE.keys())
def test_what_fails_the_run_or_is_caught_or_is_not_known_is_fine(body: str) -> None:
    assert check(CODE, running(body)) == []


def test_raising_a_plain_exception_again_is_a_warning() -> None:
    body = "try:\n    decimal.Decimal('x')\nexcept (ValueError, decimal.InvalidOperation):\n"
    [finding] = check(CODE, running(body + "    raise  # !"))
    assert finding.severity == "warning"
    assert "`ValueError` caught here is raised again" in finding.message


def test_callers_are_asked_whether_they_catch_it() -> None:
    method = "def _read(self):\n    raise ValueError('x')"
    caught = (
        "try:\n    self._read()\nexcept ValueError as err:\n    raise WorkflowError('x') from err"
    )
    assert check(CODE, running(caught, method)) == []
    check(CODE, running("self._read()", method + "  # !"))
    check(CODE, running(f"{caught}\nself._read()", method + "  # !"))


def test_an_awaited_helper_lets_it_through_and_a_task_may_not() -> None:
    method = "async def _read(self):\n    raise ValueError('x')"
    check(CODE, running("await self._read()", method + "  # !"))
    check(CODE, running("await asyncio.gather(self._read())", method + "  # !"))
    collected = "await asyncio.gather(self._read(), return_exceptions=True)"
    assert check(CODE, running(collected, method)) == []
    assert check(CODE, running("asyncio.create_task(self._read())", method)) == []


def test_helpers_in_other_modules_are_followed_and_the_way_is_shown() -> None:
    text = running("check_slip(ctx)", around="from .rules import check_slip")
    rules = """
        def check_slip(ctx):
            if ctx is None:
                raise LookupError("no slip")  # !


        def nobody_calls_this():
            raise LookupError("never")
    """
    [finding] = check(CODE, text, rules=rules)
    assert [step.text for step in finding.trace] != []


def test_signals_and_updates_hang_and_queries_and_their_validators_do_not() -> None:
    methods = """
        @runbook.signal
        def data(self, given: dict):
            raise ValueError("signal")  # !

        @workflow.update
        async def change(self, given: dict):
            raise ValueError("update")  # !

        @change.validator
        def check_change(self, given: dict):
            raise ValueError("this rejects the update")

        @runbook.query
        def state(self):
            raise ValueError("this fails the query")

        def on_row_action(self, action):
            raise ValueError("row")  # !
    """
    assert len(check(CODE, running("pass", methods))) == 3


def test_validators_of_models_may_raise_value_errors_and_nothing_else() -> None:
    around = """
        class Note(BaseModel):
            text: str

            @field_validator("text")
            @classmethod
            def not_empty(cls, text: str) -> str:
                if not text:
                    raise ValueError("empty")
                if text == "?":
                    raise KeyError(text)  # !
                return text

            def model_post_init(self, context):
                if self.text == "-":
                    raise ValueError("nothing")
    """
    check(CODE, running("Note(text='x')", around=around))


def test_a_data_class_that_refuses_its_values_hangs_the_run() -> None:
    around = """
        @dataclass
        class Note:
            text: str

            def __post_init__(self):
                if not self.text:
                    raise ValueError("empty")  # !

            def __getattr__(self, name):
                raise AttributeError(name)
    """
    check(CODE, running("Note('x').other", around=around))


def test_a_wrapper_of_the_project_may_turn_the_exception() -> None:
    around = "def turning(function): ..."
    method = "@turning\ndef _read(self):\n    raise ValueError('x')"
    assert check(CODE, running("self._read()", method, around)) == []


def test_a_class_may_choose_what_fails_a_run() -> None:
    run = "@workflow.run\nasync def run(self, ctx):\n    raise ValueError('x')"
    chosen = "@workflow.defn(failure_exception_types=[ValueError])"
    assert check(CODE, module("X = 1", decorator=chosen, run=run)) == []
    check(CODE, module("X = 1", decorator="@workflow.defn", run=run + "  # !"))


def test_activities_may_raise_what_they_like() -> None:
    edit = (
        "templates/activities.py",
        'raise WorkflowError("no such slip", type="SLIP_MISSING", non_retryable=True)',
        'raise ValueError("no such slip")',
    )
    assert planted(CODE, edit) == []


def test_functions_that_call_each_other_come_to_an_end() -> None:
    methods = "def _a(self):\n    self._b()\n\ndef _b(self):\n    self._a()\n"
    assert found(CODE, running("pass", methods + "    raise ValueError('x')")) == []
    assert len(found(CODE, running("self._a()", methods + "    raise ValueError('x')"))) == 1
