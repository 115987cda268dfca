"""NTR417: Temporal takes one handler for each signal, query and update, and decorated overrides."""

from __future__ import annotations

from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR417"

BASE = """
class Base(NtroWorkflow):
    @runbook.signal
    def data(self, given: dict): ...

    @workflow.update
    def change(self, given: dict): ...
"""


def test_a_second_handler_is_reported_where_it_stands() -> None:
    body = """
        @runbook.signal
        def data(self, given: dict): ...

        @workflow.signal(name="data")
        async def other(self, given: dict): ...  # !

        @runbook.query(name="state")
        def state_of(self): ...

        @runbook.query
        def state(self): ...  # !
    """
    signal, query = check(CODE, module(body))
    assert signal.severity == "error"
    assert "the signal `data` already has a handler, `PettyCashWorkflow.data`" in signal.message
    assert "`state`" in query.message


def test_a_handler_of_a_base_under_the_same_name_is_reported() -> None:
    body = '@runbook.signal(name="data")\ndef other(self, given: dict): ...  # !'
    check(CODE, module(body, BASE, bases="Base"))


def test_an_undecorated_override_is_reported() -> None:
    body = "def data(self, given: dict): ...  # !\n\ndef change(self, given: dict): ...  # !"
    signal, update = check(CODE, module(body, BASE, bases="Base"))
    assert "overrides the signal `Base.data`" in signal.message
    assert "@runbook.signal" in (signal.alternative or "")
    assert "@workflow.update" in (update.alternative or "")


def test_a_mixin_in_front_can_hide_a_handler() -> None:
    around = BASE + "\nclass Mixin:\n    def data(self, given: dict): ...  # !\n"
    check(CODE, module("X = 1", around, bases="Mixin, Base"))


def test_decorated_overrides_other_kinds_and_other_names_are_fine() -> None:
    body = """
        @runbook.signal
        def data(self, given: dict): ...

        @recorded
        def change(self, given: dict): ...

        @runbook.query(name="data")
        def data_of(self): ...

        @runbook.signal(name=NAMES[0])
        def one(self, given: dict): ...

        @runbook.signal(name=NAMES[0])
        def two(self, given: dict): ...

        @workflow.signal(dynamic=True)
        def any_signal(self, name, args): ...

        @runbook.signal(**GIVEN)
        def three(self, given: dict): ...
    """
    assert check(CODE, module(body, BASE, bases="Base")) == []


def test_an_override_is_fine_when_another_method_has_the_name() -> None:
    body = """
        def data(self, given: dict): ...

        @runbook.signal(name="data")
        def received(self, given: dict): ...
    """
    assert check(CODE, module(body, BASE, bases="Base")) == []


def test_of_two_methods_with_one_name_the_class_only_has_the_last() -> None:
    body = """
        @runbook.signal
        def data(self, given: dict): ...

        @runbook.signal
        def data(self, given: dict, more=None): ...
    """
    assert check(CODE, module(body)) == []
