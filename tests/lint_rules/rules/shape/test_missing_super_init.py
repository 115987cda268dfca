"""NTR401: the constructor of NtroWorkflow has to run, on every way through."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.shape.classes import check, module

CODE = "NTR401"

NEVER = {
    "only state": "def __init__(self):  # !\n    self._uploads = []",
    "super without init": "def __init__(self):  # !\n    super()",
    "another method": "def __init__(self):  # !\n    super().on_row_action({})",
    "only mentioned": "def __init__(self):  # !\n    self.make = super().__init__",
    "in a function nobody calls": (
        "def __init__(self):  # !\n    def make():\n        super().__init__()\n"
    ),
}
SOMETIMES = {
    "if": "def __init__(self):  # !\n    if LIVE:\n        super().__init__()",
    "loop": "def __init__(self):  # !\n    for _ in range(N):\n        super().__init__()",
    "after a return": (
        "def __init__(self):  # !\n    if LIVE:\n        return\n    super().__init__()"
    ),
    "part of a condition": "def __init__(self):  # !\n    LIVE and super().__init__()",
    "in a handler": (
        "def __init__(self):  # !\n    try:\n        self._load()\n"
        "    except ValueError:\n        super().__init__()"
    ),
}
ALWAYS = {
    "first": "def __init__(self):\n    super().__init__()\n    self._uploads = []",
    "last": "def __init__(self):\n    self._uploads = []\n    super().__init__()",
    "both branches": (
        "def __init__(self):\n    if LIVE:\n        super().__init__()\n"
        "    else:\n        super().__init__()"
    ),
    "a branch that returns": (
        "def __init__(self):\n    if LIVE:\n        super().__init__()\n        return\n"
        "    super().__init__()"
    ),
    "with": "def __init__(self):\n    with LOCK:\n        super().__init__()",
    "named": "def __init__(self):\n    NtroWorkflow.__init__(self)",
    "long super": "def __init__(self):\n    super(PettyCashWorkflow, self).__init__()",
    "in a helper": (
        "def __init__(self):\n    self._prepare()\n\ndef _prepare(self):\n    super().__init__()"
    ),
    "no constructor": "LIMIT = 3",
}


@pytest.mark.parametrize("body", NEVER.values(), ids=NEVER.keys())
def test_a_constructor_that_never_calls_the_next_is_an_error(body: str) -> None:
    [finding] = check(CODE, module(body))
    assert finding.severity == "error"
    assert "`PettyCashWorkflow.__init__` never calls `super().__init__()`" in finding.message


@pytest.mark.parametrize("body", SOMETIMES.values(), ids=SOMETIMES.keys())
def test_a_call_that_is_not_always_made_is_a_warning(body: str) -> None:
    [finding] = check(CODE, module(body))
    assert finding.severity == "warning"
    assert "does not always call" in finding.message


@pytest.mark.parametrize("body", ALWAYS.values(), ids=ALWAYS.keys())
def test_a_call_on_every_way_is_fine(body: str) -> None:
    assert check(CODE, module(body)) == []


def test_the_chain_is_followed_through_bases_of_the_project() -> None:
    base = """
        class Base(NtroWorkflow):
            def __init__(self):  # !
                self._uploads = []
    """
    body = "def __init__(self):\n    super().__init__()"
    [finding] = check(CODE, module(body, base, bases="Base"))
    assert "`Base.__init__`" in finding.message
    sound = base.replace("  # !", "\n        super().__init__()")
    assert check(CODE, module(body, sound, bases="Base")) == []


def test_a_base_in_another_module_is_reported_where_it_stands() -> None:
    text = module("X = 1", "from .base import Base", bases="Base")
    base = """
        from ntro.workflow import NtroWorkflow


        class Base(NtroWorkflow):
            def __init__(self):  # !
                self._uploads = []
    """
    check(CODE, text, base=base)


def test_a_mixin_in_front_has_to_pass_the_call_on() -> None:
    mixin = "class Mixin:\n    def __init__(self):  # !\n        self.x = 1"
    check(CODE, module("X = 1", mixin, bases="Mixin, NtroWorkflow"))
    passing = mixin.replace("  # !", "\n        super().__init__()")
    assert check(CODE, module("X = 1", passing, bases="Mixin, NtroWorkflow")) == []


def test_nothing_is_said_of_a_class_whose_bases_are_not_known() -> None:
    body = "def __init__(self):\n    self._uploads = []"
    assert check(CODE, module(body, "from unknown import Base", bases="Base")) == []
    assert check(CODE, module(body, "Base = make()", bases="Base")) == []


def test_both_generations_of_decorators_count() -> None:
    edits = ("templates/workflow.py", "        super().__init__()\n", "")
    assert [f.place.line for f in planted(CODE, edits)] == [28]
    text = module(NEVER["only state"], decorator="@workflow.defn", run="")
    check(CODE, text)
