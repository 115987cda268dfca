"""A class that takes the place of another of its name is reported where it stands."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.shape.bundles import MODELS, WORKFLOW

CODE = "NTR431"
PAYEE = "    payee: str\n"
RESULT = "class PettyCashResult(BaseModel):\n"
META = '    class ObserverMeta:\n        source = "petty-cash"\n\n'


def test_a_second_class_in_a_class_is_an_error_that_names_the_first_line() -> None:
    [found] = planted(CODE, (MODELS, PAYEE, META + PAYEE))
    assert said([found]) == ["models.py:40 NTR431"]
    assert "`Slip` has a class `ObserverMeta` in line 37 already" in found.message
    assert found.severity == "error"


def test_a_second_class_at_the_top_of_a_module_and_each_further_one() -> None:
    more = "class Slip(BaseModel):\n    a: int\n\n\n"
    found = planted(CODE, (MODELS, RESULT, more + more + RESULT))
    assert ["this module has a class `Slip`" in f.message for f in found] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "if TYPE_CHECKING:\n    class Slip(BaseModel): ...\n\n\n",
        "try:\n    class Slip(BaseModel): ...\nexcept Exception:\n    class Slip: ...\n\n\n",
        "class Slip(Slip):\n    a: int\n\n\n",
        "class Slip(Generic[Slip]):\n    a: int\n\n\n",
        "@registered\nclass Slip:\n    a: int\n\n\n",
        "Slip = other\n\n\nclass Slip:\n    a: int\n\n\n",
        "del Slip\n\n\nclass Slip:\n    a: int\n\n\n",
        "def make():\n    class A: ...\n    class A: ...\n\n\n",
        "class Other:\n    class ObserverMeta: ...\n\n\n",
    ],
)
def test_a_class_that_is_chosen_extended_or_elsewhere_is_fine(text: str) -> None:
    assert planted(CODE, (MODELS, RESULT, text + RESULT)) == []


def test_two_modules_may_have_a_class_of_one_name() -> None:
    own = (WORKFLOW, "def decision_of", "class ObserverMeta:\n    a = 1\n\n\ndef decision_of")
    assert planted(CODE, own) == []
